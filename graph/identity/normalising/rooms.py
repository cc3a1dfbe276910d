"""What follows the block in a Japanese address: a building, a room in it, and in whose household somebody lives.

A room is told by its number together with the part of the building that it is in: A棟305 = A-305, 1号棟305 = 1-305.
"""

from __future__ import annotations

import re

from graph.identity.normalising.numerals import NUMERALS, kanji_number

_CARE_OF = re.compile(r"(?:^|\s|(?<=[\d室階f]))(?:[^\d\s]+\s)?[^\d\s]+方$")
_AROUND = " -・,."
_ORDINAL = re.compile(rf"第(?:(\d+)|([{NUMERALS}]+))")
_ROMAN = re.compile(r"(?<![a-z])(i{2,3}|iv)[-\s]*(?=\d)")
_ROMAN_NUMBERS = {"ii": "2", "iii": "3", "iv": "4"}

_WING = (
    r"(?:(?<![a-z\d])(?P<wing>[a-z]{1,2}|\d{1,3}|[東西南北中本新別甲乙丙])(?:号?棟|号?館)[-\s]*"
    r"|(?<!\d)(?P<numbers>\d{1,3}(?:-\d{1,3})*)-)?"
)
_UNIT = _WING + r"(?:\d{1,3}[階f][-\s]*)?(?:(?<![a-z])(?P<letter>[a-z])[-\s]?|-)?(?<!\d)(?P<room>\d{1,5})(?P<behind>[a-eg-z]?)"
_FIRST = re.compile(rf"(?P<dash>-)?{_UNIT}(?P<sign>号?室|号)?(?![\d\-a-z階]|号?棟|号?館|号?室)")
_LAST = re.compile(rf"{_UNIT}(?:号?室|号)?$")
_FLOOR = re.compile(_WING + r"(?<!\d)(?P<below>地下|(?<![a-z])b)?(?<!\d)(?P<floor>\d{1,3})[階f]$")
_SIGNED = re.compile(r"\d(?:号?室|号|[階f])$")
_NAMED = re.compile(r"(?<![a-z])(?P<named>[a-zイロハニホヘト東西南北中甲乙丙])号室$")


def read_room(tail: str) -> tuple[str | None, str | None]:
    """Return (building, room) of what follows the block, folded, with a space where there was one; None where there is none."""
    tail = _CARE_OF.sub("", tail).strip()
    tail = _ROMAN.sub(lambda found: f"{_ROMAN_NUMBERS[found[1]]}-", tail)
    first = _FIRST.match(tail)
    if first and (first["dash"] or (first["sign"] or "").endswith("室")):
        rest = tail[first.end() :]
        building, more = read_room(rest) if _SIGNED.search(rest) else (_building(rest), None)
        return building, "-".join(filter(None, (_room(first, rest), more)))
    tail = tail.strip(_AROUND)
    for form, read in ((_FLOOR, _floor), (_LAST, _room), (_NAMED, _named)):
        if found := form.search(tail):
            return _building(tail[: found.start()]), read(found, tail[: found.start()])
    return _building(tail), None


def _building(text: str) -> str | None:
    return text.strip(_AROUND) or None


def _room(found: re.Match[str], building: str) -> str:
    letter, number = found["letter"] or "", int(found["room"])
    return _within(found, building, f"{letter}{number}{found['behind']}")


def _floor(found: re.Match[str], building: str) -> str:
    return _within(found, building, f"{'b' if found['below'] else ''}{int(found['floor'])}f")


def _named(found: re.Match[str], _: str) -> str:
    return found["named"]


def _within(found: re.Match[str], building: str, unit: str) -> str:
    """Return a unit with the part of the building that it is in: 第2例荘201 and 例荘2-201 are another room than 例荘201."""
    wing = found["wing"] or found["numbers"] or ""
    if wing.isascii() and wing.isalpha() and unit[0].isdigit():
        unit, wing = f"{wing}{unit}", ""
    ordinal = _ORDINAL.search(building)
    told = (ordinal[1] or str(kanji_number(ordinal[2]))) if ordinal else ""
    return "-".join(filter(None, (told, wing, unit)))
