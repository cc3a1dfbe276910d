"""Mail addresses: the keys that are compared, with room for what old Japanese carriers allowed."""

from __future__ import annotations

import re
from urllib.parse import unquote

from email_validator import EmailNotValidError, validate_email

from graph.identity.normalising.nothing import nothing_in
from graph.search.signs import visible

_CARRIERS = ("docomo.ne.jp", "ezweb.ne.jp", "softbank.ne.jp", "i.softbank.jp", "vodafone.ne.jp", "disney.ne.jp", "au.com")
_CARRIER_LOCAL = re.compile(r'"?[a-z0-9._+\-/?=~^{}|!#$%&\'*`]{1,64}"?')
_SCHEME = re.compile(r"^mailto\s*:\s*", re.IGNORECASE)
_IN_ANGLES = re.compile(r"<\s*(?:mailto:)?([^<>\s]+@[^<>\s]+?)\s*>", re.IGNORECASE)
_COMMENT = re.compile(r"[(\[【「][^@()\[\]【】「」]*[)\]】」]")
_SEPARATOR = re.compile(r"[\s,;、，；|()\[\]【】「」]+|/(?=[^@/]+@)")
_AROUND = "<>\"'.,:;/*。、・"
_WORDS = ("e-mail", "email", "mail", "smtp", "address", "reply-to", "from", "to", "cc", "pc", "mobile", "home", "work", "office")
_LABEL = re.compile(rf"^(?:{'|'.join(_WORDS)}|[^\x00-\x7f]+)\s*[:=]\s*", re.IGNORECASE)
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_ASCII = re.compile(r"[a-z0-9]", re.IGNORECASE)


def read_mail(text: str) -> str | None:
    """Return the match key of the one address that a text names beyond doubt; None when there is none, or several."""
    found = read_mails(text)
    return found[0] if len(found) == 1 else None


def read_mails(text: str) -> tuple[str, ...]:
    """Return the match keys (case folded) of the addresses in a text; none unless every part of it is accounted for."""
    plain = visible(text).casefold()
    if (key := _key(plain)) is not None:
        return (key,)
    if _SCHEME.match(plain):
        plain = unquote(_SCHEME.sub("", plain).partition("?")[0])
    if in_angles := _IN_ANGLES.findall(plain):
        return _keys(in_angles)
    labelled = [_LABEL.sub("", part.strip(_AROUND)) for part in _SEPARATOR.split(_COMMENT.sub(" ", plain))]
    parts = [bare.strip(_AROUND) for part in labelled for bare in _without_words(part)]
    # A Latin word beside an address may be a part of it, parted by a mistyped blank.
    if any(part.isascii() and not _is_word(part) for part in parts if part and "@" not in part):
        return ()
    return _keys([part for part in parts if "@" in part])


def _without_words(part: str) -> list[str]:
    """Return a part as it is, or what is left of it without the Japanese words and signs that touch it: `※a@b.jpです`."""
    return [part] if "@" not in part or part.isascii() or _key(part) else _FOREIGN.split(part)


def _is_word(part: str) -> bool:
    return part in _WORDS or nothing_in("EMAIL", part) is not None


def _keys(addresses: list[str]) -> tuple[str, ...]:
    keys = [_key(address) for address in addresses]
    return () if None in keys else tuple(dict.fromkeys(filter(None, keys)))


def _key(address: str) -> str | None:
    if _of_carrier(address):
        return address.replace('"', "")
    try:
        # Form only: whether mail arrives there is not asked, and reserved names such as .test are good for tests.
        found = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    # What mixes scripts is an address and a word that touches it.
    mixed = any(_ASCII.search(name) and not name.isascii() for name in (found.local_part, found.domain.rpartition(".")[2]))
    return None if mixed or "." not in found.domain else found.normalized.casefold()


def _of_carrier(address: str) -> bool:
    # `..a.@docomo.ne.jp` is against RFC 5322 and still somebody's address.
    local, _, domain = address.rpartition("@")
    known = any(domain == carrier or domain.endswith("." + carrier) for carrier in _CARRIERS)
    return known and _CARRIER_LOCAL.fullmatch(local) is not None
