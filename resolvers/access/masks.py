"""How a text is masked: enough is left to recognise what one knows already, too little to learn what one does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from resolvers.access.tags import Tag

HIDDEN = "****"
LEFT = 4
_PREFECTURE = re.compile(r"東京都|北海道|(?:京都|大阪)府|[一-龠]{2,3}県")
_MOBILE_DIGITS = 11


def masked_name(name: str) -> str:
    """Return the first character of each word: `試験 花子` is `試* 花*`."""
    return " ".join(f"{word[0]}*" for word in name.split()) or HIDDEN


def masked_contact(value: str) -> str:
    """Return `090-****-5678` for a number of Japan, `h***@example.jp` for an e-mail address, else the last four characters."""
    local, at, domain = value.rpartition("@")
    if at:
        return f"{local[:1]}***@{domain}"
    if len(value) <= 2 * LEFT or not value.isascii():  # what is kept as text may name somebody
        return HIDDEN
    if not value.startswith("+81"):
        return HIDDEN + value[-LEFT:]
    digits = "0" + value[3:]
    return f"{digits[: 3 if len(digits) == _MOBILE_DIGITS else 2]}-{HIDDEN}-{digits[-LEFT:]}"


def masked_address(address: str) -> str:
    """Return the prefecture, if the address begins with one of Japan."""
    prefecture = _PREFECTURE.match(address)
    return (prefecture[0] if prefecture else "") + HIDDEN


MASKS: Mapping[Tag, Callable[[str], str]] = {
    Tag.NAME: masked_name,
    Tag.CONTACT: masked_contact,
    Tag.ADDRESS: masked_address,
}


def masked(tag: Tag, text: str) -> str:
    """Return a text of one tag as somebody sees it to whom it is shown masked."""
    mask = MASKS.get(tag)
    return mask(text) if mask else HIDDEN
