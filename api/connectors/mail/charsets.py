"""Bytes of mail as text, whatever their charset is called: Japanese mail says ISO-2022-JP and means more than that."""

from __future__ import annotations

import re

_ESCAPES = re.compile(rb"\x1b(\$\([DOQP]|\$@|\$B|\$A|\([BJIH])")
_DOUBLE, _KANA = frozenset({b"$@", b"$B"}), b"(I"
# What mail says -> the codec of what it means: Windows' own signs (①, ㈱, 髙) are everywhere.
_MEANT = {
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "ms_kanji": "cp932",
    "cp932": "cp932", "euc-jp": "euc_jp", "x-euc-jp": "euc_jp", "eucjp": "euc_jp", "utf8": "utf-8", "us-ascii": "utf-8",
    "ascii": "utf-8", "ansi_x3.4-1968": "utf-8",
}  # fmt: skip
_STATEFUL = ("iso-2022-jp", "iso2022jp", "iso-2022-jp-ms", "cp50220", "cp50221", "x-windows-iso2022jp", "csiso2022jp")
_TRIED = ("utf-8", "cp932", "euc_jp")


def decoded(raw: bytes, charset: str | None) -> str:
    """Return the text of bytes; what is no text in the charset that is told, nor in any other, becomes U+FFFD."""
    told = (charset or "").strip().lower()
    if told.startswith(_STATEFUL) or (b"\x1b$" in raw and told in ("", "us-ascii", "utf-8")):
        return _jis(raw)
    for codec in (_MEANT.get(told, told), *_TRIED):
        try:
            return raw.decode(codec) if codec else raw.decode()
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return raw.decode("utf-8", "replace")


def _jis(raw: bytes) -> str:
    """Return the text of ISO-2022-JP as mail programs write it, with half-width kana and the signs of Windows."""
    pieces: list[str] = []
    state, start = b"(B", 0
    for match in _ESCAPES.finditer(raw):
        pieces.append(_segment(raw[start : match.start()], state))
        state, start = match[1], match.end()
    pieces.append(_segment(raw[start:], state))
    return "".join(pieces)


def _segment(raw: bytes, state: bytes) -> str:
    if state == _KANA:
        return bytes(byte | 0x80 for byte in raw if byte > 0x20).decode("cp932", "replace")
    if state in _DOUBLE:
        # Line ends belong to no character, and an odd byte at the end to a character that was cut.
        return "".join(_shifted(line) + end.decode() for line, end in re.findall(rb"([^\r\n]*)([\r\n]+|$)", raw) if line or end)
    return raw.decode("cp932", "replace")


def _shifted(raw: bytes) -> str:
    """Return a run of JIS X 0208 by way of Shift_JIS, whose codec knows row 13 and the rest of Windows."""
    shifted = bytearray()
    for high, low in zip(raw[::2], raw[1::2], strict=False):
        if not (0x21 <= high <= 0x7E and 0x21 <= low <= 0x7E):
            continue
        first = (high - 0x21) // 2 + 0x81
        shifted.append(first if first <= 0x9F else first + 0x40)
        if high % 2:
            shifted.append(low + (0x1F if low < 0x60 else 0x20))
        else:
            shifted.append(low + 0x7E)
    return shifted.decode("cp932", "replace")
