"""The town of a Japanese address: which notations of its name are one, and what stands around it and is none of it."""

from __future__ import annotations

import re

_SMALL_KE = re.compile(r"(?<=[々一-鿿ァ-ヺー])[ヶヵガ](?=[一-鿿])")
_NO = re.compile(r"(?<=[々一-鿿ァ-ヺー])之(?=[一-鿿])")
_SMALL_TSU = re.compile(r"(?<=[一-鿿])ッ(?=[一-鿿])")
_SECTION = re.compile(r"大字|小字|(?<![文数])字(?=.)")
_TWICE = re.compile(r"^(.{2,})\1")
_TO_BE_FOLLOWED = "-ーノ・"
"""What ties a lot to its number: 甲の12, イ-12."""

# In Kyoto a street, a crossing and the way from it lead to the town: 見本通例町上る二丁目試験町.
_STREETS = re.compile(r".*(?:[上下]ル|[東西]入)(?:\d+丁目)?(?=\D)")
_WAY = re.compile(r"(?<=[上下])ガ(?=ル)|(?<=[東西])ヘ(?=入)|(?<=[東西ヘ]入)ル")


def one_spelling(text: str) -> str:
    """Return a folded address with 霞が関 as 霞ケ関, 虎之門 as 虎ノ門, 四ッ谷 as 四ツ谷, 上がる as 上ル, 東へ入ル as 東入."""
    return _WAY.sub("", _SMALL_TSU.sub("ツ", _NO.sub("ノ", _SMALL_KE.sub("ケ", text))))


def without_streets(municipality: str, rest: str) -> str:
    """Return what follows the streets in a folded address of Kyoto; all of it where no town follows, or elsewhere.

    A town bears its name and number with the streets or without. A few names are borne twice within a ward.
    """
    found = _STREETS.match(rest) if municipality.startswith("京都市") else None
    return rest[found.end() :] if found else rest


def plain_town(text: str) -> str:
    """Return the name of a folded town without 大字 and 字, without what ties it to a number, and once."""
    return _TWICE.sub(r"\1", _SECTION.sub("", text).rstrip(_TO_BE_FOLLOWED))
