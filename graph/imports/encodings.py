"""The encoding of a text file: as the mapping states it, held against what the file looks like."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from graph.errors import InvalidInput

UNREAD = "\udcff"
"""Stands in a text for what is not written in the encoding by which it was read."""
SAMPLE_BYTES = 1 << 16
RAREST_ZERO = 40
"""Bytes among which a table in UTF-16 has at least one zero: each comma and line end is one. A stray zero says nothing."""
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Who says Shift_JIS means what Windows writes: with ①, ㈱ and 髙, which the standard lacks.
MEANT = {"utf-8": "utf-8-sig", "shift_jis": "cp932"}
WINDOWS_NAMES = {"sjis-win", "windows-31j", "x-sjis", "ms932", "cp943"}
FIRST_WIDE = "\u0800"
"""From here on a character takes three bytes in UTF-8; text in another encoding has no such triples throughout."""
# Python's cp932 gives these for bytes that Windows leaves without a character.
NOWHERE = frozenset({UNREAD, *map(chr, range(0x80, 0xA1)), "\uf8f0", "\uf8f1", "\uf8f2", "\uf8f3"})

codecs.register_error("unread", lambda problem: (UNREAD, problem.end if isinstance(problem, UnicodeDecodeError) else 0))


def encoding_called(said: str) -> str:
    """Return Python's name of an encoding; ValueError where there is none of that name."""
    try:
        name = "cp932" if said.lower() in WINDOWS_NAMES else codecs.lookup(said).name
        b"0".decode(name, "replace")
    except LookupError:
        raise ValueError(f"there is no encoding {said!r}; a name is like utf-8 or cp932") from None
    return MEANT.get(name, name)


def shown(name: str) -> str:
    return name.removesuffix("-sig")


def opened(path: Path, stated: Sequence[str]) -> TextIO:
    """Open a text file in the stated encoding that it has; InvalidInput where it looks like another one."""
    return path.open(encoding=encoding_of(path, stated), errors="unread", newline="")


def encoding_of(path: Path, stated: Sequence[str]) -> str:
    """Return which of the stated encodings the file has; InvalidInput names the one that it looks like instead."""
    sample = _sample(path)
    if not sample:
        return stated[0]
    own = _unmistakable(sample)
    if own is None:
        return _likely(sample, stated) or _refused(path, stated, _likely(sample, ("utf-8-sig", "euc_jp", "cp932")), sample)
    same = [name for name in stated if name == own or name.startswith(own) or own.startswith(name)]
    if not same:
        return _refused(path, stated, own, sample)
    return own if own.startswith("utf-16") else same[0]


def _refused(path: Path, stated: Sequence[str], own: str | None, sample: bytes) -> str:
    """A single bad byte says nothing about the file: its row is told later."""
    bad = sum(sign in NOWHERE for sign in _decoded(sample, stated[0]))
    if own is None or (bad and bad * 10 < sample.count(b"\n")):
        return stated[0]
    said = " or ".join(shown(name) for name in stated)
    raise InvalidInput(
        f"{path.name} is not written in {said}, as the mapping says; it looks like {shown(own)}: "
        f"state `encoding: {shown(own)}` in the mapping."
    )


def _sample(path: Path) -> bytes:
    """Return the beginning of the file, or the first part of it that is not plain ASCII."""
    with path.open("rb") as file:
        first = part = file.read(SAMPLE_BYTES)
        while part and part.isascii() and not (b"\0" in part or b"\x1b$" in part):
            part = file.read(SAMPLE_BYTES)
    return part or first


def _unmistakable(sample: bytes) -> str | None:
    """Return the encoding that a mark, zero bytes, an escape or well-formed triples of UTF-8 give away."""
    for mark, name in MARKS:
        if sample.startswith(mark):
            return name
    if sample.count(0) * RAREST_ZERO >= len(sample):
        return "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
    if b"\x1b$" in sample:
        return "iso2022_jp"
    text = _decoded(sample, "utf-8-sig")
    return "utf-8-sig" if UNREAD not in text and any(sign >= FIRST_WIDE for sign in text) else None


def _likely(sample: bytes, names: Sequence[str]) -> str | None:
    """Return the first that reads all of the sample; UTF-8 before all others, and where it reads most of what is not ASCII."""
    for name in sorted(names, key=lambda name: name != "utf-8-sig"):
        if name.startswith("utf-16"):
            # Had it zero bytes or a mark, that would have given it away.
            continue
        text = _decoded(sample, name)
        bad = sum(sign in NOWHERE for sign in text)
        if not bad or (name == "utf-8-sig" and bad < sum(sign > "\x7f" for sign in text) - bad):
            return name
    return None


def _decoded(sample: bytes, name: str) -> str:
    """The sample may end within a character: that is no fault of the file."""
    return codecs.getincrementaldecoder("utf-16-le" if name == "utf-16" else name)("unread").decode(sample)
