"""Japanese addresses: municipality and town, block (一丁目１番１号 = 1-1-1), building and room apart.

Nothing is looked up: what cannot be told from the text alone stays unresolved, and is no evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.identity.normalising.municipalities import read_municipality
from graph.identity.normalising.numerals import NUMERALS, kanji_number
from graph.search.folding import fold_text

LONGEST = 200
LARGEST_HOUSE_NUMBER = 99
"""A third number beyond it may as well be a room: 1-2-301 is either."""

_POSTCODE = re.compile(r"^〒?\s*\d{3}-?\d{4}\s*(?=\D)")
_DASHES = re.compile(r"(?<=\d)\s*[-‐‑‒–—―−ーノ]\s*(?=\d)")
_KANJI_DASHES = re.compile(rf"(?<=[{NUMERALS}])[-‐‑‒–—―−ーノ](?=[{NUMERALS}])")
_COUNTED = re.compile(
    rf"[{NUMERALS}]+(?=丁目|番地|番(?=[\d{NUMERALS}]+号|[-ノ]|$)|号|条|-[\d{NUMERALS}]|$)|(?<=-)[{NUMERALS}]+|(?<=丁目)[{NUMERALS}]+(?=番)"
)
_SMALL_KE = re.compile(r"(?<=[一-鿿])[ヶヵガ](?=[一-鿿])")
_SECTION = re.compile(r"^大字|(?<=[^文数])字(?=[^\d])")
_BLOCK = re.compile(
    r"(?P<first>\d+)(?:(?P<chome>丁目)|(?P<banchi>番地?)|-|$|(?=\D))"
    r"(?:ノ?(?P<second>\d+)(?P<ban>番地?)?(?:ノ|-)?(?:(?P<third>\d+)(?P<go>号(?!室))?)?)?(?P<late_go>号(?!室))?"
)
_MORE = re.compile(r"^-(?P<more>\d+(?:-\d+)*)(?:号室|号)?")
_ROOM = re.compile(r"(?P<room>\d{1,5}|[a-z]-?\d{1,4})(?:号室|号)?$|(?P<floor>\d{1,3})(?:f|階)$")


@dataclass(frozen=True, slots=True)
class Address:
    """`place` is municipality, town and block; `building` and `room` as told, folded, each None where there is none."""

    place: str
    building: str | None = None
    room: str | None = None

    @property
    def home(self) -> str | None:
        """What a household is told by: the place and the room in it; None for a building without a room."""
        if self.building and not self.room:
            return None
        return f"{self.place}#{self.room}" if self.room else self.place


def read_address(text: str) -> Address | None:
    """Return the address in a text in any notation; None where town or block is missing or would be a guess."""
    municipality, rest = read_municipality(_plain(text))
    if municipality is None:
        return None
    rest = _SECTION.sub("", rest)
    town, block = _town_and_block(rest)
    if block is None:
        return None
    numbers = _numbers(block)
    tail = rest[block.end() :]
    more = _MORE.match(tail) if len(numbers) == 3 else None
    if numbers == () or (more is None and _could_end_in_a_room(block, numbers)):
        return None
    building, room = _building_and_room(tail[more.end() :] if more else tail, more["more"] if more else None)
    return Address(f"{municipality.name}{town} {'-'.join(numbers)}", building, room)


def _plain(text: str) -> str:
    """Return the text folded: one width, common kanji, katakana, counting numerals in digits, hyphens of one sort."""
    plain = _POSTCODE.sub("", fold_text(text[:LONGEST])).replace(" ", "").removeprefix("日本")
    plain = _KANJI_DASHES.sub("-", plain)
    plain = _COUNTED.sub(lambda found: str(kanji_number(found[0])), plain)
    return _SMALL_KE.sub("ケ", _DASHES.sub("-", plain))


def _town_and_block(rest: str) -> tuple[str, re.Match[str] | None]:
    """Part the town from the block: 北1条西 is a town in spite of its number."""
    start = next((match.end() for match in [re.match(r"\D*?\d+条[東西南北]?(?:通)?", rest)] if match), 0)
    block = _BLOCK.search(rest, start)
    return (rest[: block.start()] if block else rest), block


def _numbers(block: re.Match[str]) -> tuple[str, ...]:
    """Return the numbers of a block without leading zeros; none for a chome alone, which is no block."""
    if block["chome"] and block["second"] is None:
        return ()
    return tuple(str(int(number)) for number in (block["first"], block["second"], block["third"]) if number)


def _could_end_in_a_room(block: re.Match[str], numbers: tuple[str, ...]) -> bool:
    told = block["go"] or block["late_go"]
    return not told and len(numbers) == 3 and int(numbers[2]) > LARGEST_HOUSE_NUMBER


def _building_and_room(tail: str, room: str | None) -> tuple[str | None, str | None]:
    tail = tail.strip("-・,、()番地号")
    if room is not None:
        return tail or None, room
    found = _ROOM.search(tail)
    if found is None:
        return tail or None, None
    room = f"{found['floor']}f" if found["floor"] else found["room"].replace("-", "")
    return tail[: found.start()].strip("-・,、(") or None, room
