"""Ids of the graph that could be computed from what they stand for leave sealed by a key of the installation.

The id of an identifier is a hash of its value without a key, and telephone numbers are few enough to try them all: whoever
sees a number masked would read it from its id. A block cipher maps the 16 bytes of an id to 16 others, the same each time.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

ID_BYTES, KEY_BYTES = 16, 32


class Seal:
    """`key` has KEY_BYTES. What is no id of the graph passes unchanged, since it names nothing."""

    def __init__(self, key: bytes) -> None:
        # One block each, and none of them means anything beside another: a mode that chains has nothing to chain.
        self._cipher = Cipher(AES(key), ECB())  # noqa: S305

    def close(self, raw: str) -> str:
        return _through(self._cipher.encryptor(), raw)

    def open(self, sealed: str) -> str:
        return _through(self._cipher.decryptor(), sealed)


def _through(context: CipherContext, text: str) -> str:
    try:
        block = bytes.fromhex(text)
    except ValueError:
        return text
    return context.update(block).hex() if len(block) == ID_BYTES and block.hex() == text else text


class _Current:
    """The seal of this process: that of a server is set when it begins."""

    seal = Seal(bytes(KEY_BYTES))


def use_key(key: bytes) -> None:
    """Seal with another key from now on; every server of one graph needs the same."""
    _Current.seal = Seal(key)


def seal() -> Seal:
    return _Current.seal
