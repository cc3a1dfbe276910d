"""Japanese addresses: municipality and town, block (一丁目１番１号 = 1-1-1), building and room apart.

Nothing is looked up: what cannot be told from the text alone stays unresolved, and is no evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.identity.normalising.municipalities import read_municipality
from graph.identity.normalising.numerals import NUMERALS, kanji_number
from graph.identity.normalising.rooms import read_room
from graph.identity.normalising.towns import one_spelling, plain_town, without_streets
from graph.search.folding import fold_text

LONGEST = 200
LARGEST_HOUSE_NUMBER = 99
"""A third number beyond it may as well be a room: 1-2-301 is either."""

_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_BREAKS = re.compile(r"[、,()「」:/#]")
_POSTCODE = re.compile(r"^(?:日本\s*)?(?:(?:郵便番号|〒)?\s*\d{3}[-ー]?\d{4}\s*(?=\D))?(?:日本\s*)?|\s*〒\s*\d{3}[-ー]?\d{4}$")
_DASHES = re.compile(r"(?<=[\da-z])\s*[-ーノ]\s*(?=[\da-z])|(?<=\d)\s+(?=\d)")
_KANJI_DASHES = re.compile(rf"(?<=[{NUMERALS}])[-ーノ](?=[{NUMERALS}])")
_COUNTED = re.compile(
    rf"[{NUMERALS}]+(?=丁(?:目|[\d{NUMERALS}])|地割|番地|番[丁町]|番(?=[\d{NUMERALS}]+号|[-ノ]|$)|号|条|線|階|棟|-[\d{NUMERALS}]|$)"
    rf"|(?<=-)[{NUMERALS}]+|(?<=丁目)[{NUMERALS}]+(?=番)"
)
_NO_BLOCK = re.compile(r"無番地|番外地")
_TOWN_WITH_NUMBER = re.compile(r"\D*?\d+(?:条[東西南北]?通?|線[東西南北]?|番[丁町])")
_NUMBER = r"\d+(?!\d|号?室|号?棟|号?館|階|f(?![a-z]))"
_BLOCK = re.compile(
    rf"第?(?P<first>{_NUMBER})(?:(?P<chome>丁目|丁(?=\d)|地割)|(?P<banchi>番地?)|-|$|(?=\D))"
    rf"(?:[ノ-]?(?P<second>{_NUMBER})(?:番地?)?[ノ-]?(?:(?P<third>{_NUMBER})(?P<go>号)?)?)?(?P<late_go>号)?"
)
_LOT = re.compile(r"[-ノ]?(?P<lot>[甲乙丙丁戊己庚辛壬癸イロハニホヘト])号?(?=[\s\-\d]|$)")


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
    plain = _plain(text)
    municipality, rest = read_municipality(plain.replace(" ", ""))
    if municipality is None or _NO_BLOCK.search(rest):
        return None
    rest = without_streets(municipality.name, rest)
    start = _TOWN_WITH_NUMBER.match(rest)
    block = _BLOCK.search(rest, start.end() if start else 0)
    numbers = _numbers(block) if block else ()
    if block is None or not numbers:
        return None
    tail = _last(plain, len(rest) - block.end())
    if lot := _LOT.match(tail):
        numbers, tail = (*numbers[:-1], numbers[-1] + lot["lot"]), tail[lot.end() :]
    building, room = read_room(tail)
    if room is None and _could_end_in_a_room(block, numbers):
        if not block["banchi"]:
            return None
        numbers, room = numbers[:2], numbers[2]  # a lot has two numbers: 1234番地5-201
    return Address(f"{municipality.name}{plain_town(rest[: block.start()])} {'-'.join(numbers)}", building, room)


def _plain(text: str) -> str:
    """Return the text folded: one width, common kanji, katakana, counting numerals in digits, hyphens of one sort."""
    plain = " ".join(_BREAKS.sub(" ", fold_text(text[:LONGEST]).translate(_HYPHENS)).split())
    plain = _KANJI_DASHES.sub("-", _POSTCODE.sub("", plain))
    plain = _COUNTED.sub(lambda found: str(kanji_number(found[0])), plain)
    return one_spelling(_DASHES.sub("-", plain))


def _last(spaced: str, count: int) -> str:
    """Return the end of a text that has so many signs beside its spaces."""
    places = [place for place, sign in enumerate(spaced) if sign != " "]
    return spaced[places[-count] :] if count else ""


def _numbers(block: re.Match[str]) -> tuple[str, ...]:
    """Return the numbers of a block without leading zeros; none for a chome alone, which is no block."""
    if block["chome"] and block["second"] is None:
        return ()
    return tuple(str(int(number)) for number in (block["first"], block["second"], block["third"]) if number)


def _could_end_in_a_room(block: re.Match[str], numbers: tuple[str, ...]) -> bool:
    told = block["go"] or block["late_go"]
    return not told and len(numbers) == 3 and numbers[2].isdecimal() and int(numbers[2]) > LARGEST_HOUSE_NUMBER
