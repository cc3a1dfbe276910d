"""Text that a client can only give back: base64url without padding, in exactly one spelling."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from binascii import Error, b2a_base64

_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def pack(text: str) -> str:
    return b2a_base64(text.encode(), newline=False).translate(_URL_SAFE, b"=").decode("ascii")


def unpack(token: str) -> str | None:
    """Return the text; None for anything that `pack` does not make. Padding may be there or not."""
    bare = token.rstrip("=")
    try:
        text = urlsafe_b64decode(bare.encode("ascii") + b"=" * (-len(bare) % 4)).decode("utf-8")
    except (Error, ValueError):
        return None
    return text if pack(text) == bare else None
