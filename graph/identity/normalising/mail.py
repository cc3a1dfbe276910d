"""Mail addresses: the key that is compared, with room for what old Japanese carriers allowed."""

from __future__ import annotations

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

_CARRIERS = ("docomo.ne.jp", "ezweb.ne.jp", "softbank.ne.jp", "i.softbank.jp", "vodafone.ne.jp", "disney.ne.jp", "au.com")
_CARRIER_LOCAL = re.compile(r'"?[a-z0-9._+\-/?=~^{}|!#$%&\'*`]{1,64}"?')


def read_mail(text: str) -> str | None:
    """Return the match key of an address (case folded, no white space around it); None when it is no address."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if _of_carrier(plain):
        return plain.replace('"', "")
    try:
        # Form only: whether mail arrives there is not asked, and reserved names such as .test are good for tests.
        found = validate_email(plain, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return found.normalized.casefold() if "." in found.domain else None


def _of_carrier(address: str) -> bool:
    # `..a.@docomo.ne.jp` is against RFC 5322 and still somebody's address.
    local, _, domain = address.rpartition("@")
    known = any(domain == carrier or domain.endswith("." + carrier) for carrier in _CARRIERS)
    return known and _CARRIER_LOCAL.fullmatch(local) is not None
