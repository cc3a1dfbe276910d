"""What people of the streams are called, and what two of them have in common by it, written from the rules alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

SOUNDS = {
    "Shiken": "siken", "Taro": "taro", "Hanako": "hanako", "シケン": "siken", "タロウ": "taro", "ハナコ": "hanako",
}  # fmt: skip
"""How the names of the streams sound that are not in kanji."""
SAYS_NOTHING = {"未設定"}

DIFFERENT_SURNAMES, SAME_SURNAME, DIFFERENT, SAME = 1, 2, 3, 4


def line(name: dict[str, Any] | None) -> str | None:
    """Return the one line by which a name is compared."""
    told = {part: text for part, text in (name or {}).items() if text and text not in SAYS_NOTHING}
    if not told:
        return None
    words = told["full"].split() if "full" in told else []
    script = "N" if not set("".join(told.values()).split()) or not all(map(_is_read, _parts(told))) else ""
    script = script or ("L" if "".join(_parts(told)).isascii() else "K")
    if script == "L":
        words = [SOUNDS[word] for word in words]
        told = {part: SOUNDS[text] for part, text in told.items() if part != "full"}
    if "family" in told or "given" in told:
        return f"{script}:{told.get('family', '')}|{told.get('given', '')}"
    if len(words) == 1:
        return f"L:|{words[0]}" if script == "L" else f"{script}:{words[0]}"
    return f"L:{' '.join(words)}" if script == "L" else f"{script}:{'|'.join(words)}"


def _parts(told: dict[str, str]) -> list[str]:
    return [word for text in told.values() for word in text.split()]


def _is_read(word: str) -> bool:
    return word in SOUNDS


def counted(lines: Iterable[str]) -> set[str]:
    """Return the given names that a value is counted by; names without parts are counted among themselves."""
    found: set[str] = set()
    for each in lines:
        script, _, text = each.partition(":")
        family_and_given = text.split("|")
        if len(family_and_given) == 1:
            found.add(f"{script}*:{' '.join(sorted(text.split()))}")
        elif family_and_given[1]:
            found.add(f"{script}:{family_and_given[1]}")
    return found


def whole(lines: Iterable[str]) -> set[str]:
    """Return the names of which both parts are known, as they are written or as they sound, the parts in one order."""
    found: set[str] = set()
    for each in lines:
        if each[0] == "N":
            text = each[2:]
            parted = "|" in text and all(text.split("|"))
            found |= {f"N:{text.replace('|', '')}"} if parted or ("|" not in text and len(text) >= 4) else set()
        else:
            parts = _heard(each).replace("|", " ").split()
            found |= {f"L:{' '.join(sorted(parts))}"} if len(parts) == 2 else set()
    return found


def given_alone(lines: Iterable[str]) -> set[str]:
    given = [(each[0], each[2:] if each[0] == "N" else _heard(each)) for each in lines if "|" in each]
    return {f"{'N' if script == 'N' else 'L'}:{text.split('|')[1]}" for script, text in given if text.split("|")[1]}


def together(ones: Iterable[str], others: Iterable[str]) -> int:
    """Return what the names say in the scripts that both have; 0 where there is none."""
    return max((_two(*pair) for one in ones for other in others if (pair := _in_one_script(one, other))), default=0)


def one_surname(ones: Iterable[str], others: Iterable[str]) -> bool:
    pairs = [pair for one in ones for other in others if (pair := _in_one_script(one, other))]
    return any(_begins(one, other) or _begins(other, one) for one, other in pairs)


def _in_one_script(one: str, other: str) -> tuple[str, str] | None:
    if one[0] == other[0]:
        return one[2:], other[2:]
    return (_heard(one), _heard(other)) if {one[0], other[0]} == {"K", "L"} else None


def _heard(each: str) -> str:
    text = each[2:]
    return text if each[0] == "L" else "|".join(SOUNDS.get(part, part) for part in text.split("|"))


def _two(one: str, other: str) -> int:
    if "|" not in one and "|" not in other:
        return _neither_parted(one, other)
    if "|" not in one:
        one, other = other, one
    family, given = one.split("|")
    if "|" in other:
        return _both_parted(family, given, *other.split("|"))
    if " " in other:
        if given:
            return SAME if {family, given} - {""} <= set(other.split()) else DIFFERENT
        return SAME_SURNAME if family in other.split() else DIFFERENT_SURNAMES
    if not given:
        return SAME_SURNAME if other.startswith(family) else DIFFERENT_SURNAMES
    if other in (given, family + given) or (family and other == given + family):
        return SAME
    if family and other.startswith(family):
        return SAME_SURNAME if other == family else DIFFERENT
    if other.endswith(given) and len(given) > 1:
        return SAME
    return DIFFERENT if family else 0


def _both_parted(family: str, given: str, surname: str, name: str) -> int:
    if given and name:
        if given == name or (family and family == name and surname == given):
            return SAME
        alone = (not family and given == surname) or (not surname and name == family)
        return SAME_SURNAME if alone else DIFFERENT
    if family and surname:
        return SAME_SURNAME if family in {surname, name} or surname == given else DIFFERENT_SURNAMES
    return 0


def _neither_parted(one: str, other: str) -> int:
    if sorted(one.split()) == sorted(other.split()):
        return SAME
    if " " in one and " " in other:
        return DIFFERENT
    if one.startswith(other) or other.startswith(one):
        return SAME_SURNAME
    return SAME if one.endswith(other) or other.endswith(one) else DIFFERENT


def _begins(one: str, other: str) -> bool:
    """Tell whether the surname of the one is that of the other, by its beginning where that has no parts."""
    if " " in one or " " in other:
        return bool(set(one.replace("|", " ").split()) & set(other.replace("|", " ").split()))
    family, bar, _ = one.partition("|")
    return bool(bar and family) and (other.startswith(family + "|") or (other.startswith(family) and "|" not in other))
