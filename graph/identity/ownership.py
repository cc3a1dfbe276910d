"""Since when and until when a mobile number or mail is somebody's, also where no source says so: numbers are reissued.

A function of all holders of one identifier, whatever the order in which they were reported. The holders that agree
in a name are taken for one owner; when an owner who conflicts with another is first reported after the other
was last reported, and nothing but the identifier speaks for one person, it has changed hands between them. Two who both
go on being reported share it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.identity.guards import NOT_SAME, conflict, one_person, something_agrees
from graph.identity.members import Holding, Member
from graph.identity.strength import Strength

_FOREVER = "~"
"""Sorts after every time."""


@dataclass(frozen=True, slots=True)
class _Spell:
    """From the first to the last time that somebody is known to have held it."""

    first: str
    last: str


def dated(holders: Iterable[tuple[Member, Holding]]) -> Mapping[str, Holding]:
    """Return record -> its holding with the bounds that follow from what the others report of the same identifier."""
    claims = {member.key: (member, holding) for member, holding in holders}
    linking = {key: pair for key, pair in claims.items() if pair[1].strength is Strength.NEARLY and _spell(pair[1])}
    if len(linking) < 2:
        return {key: holding for key, (_, holding) in claims.items()}
    spells = {key: _owners_spell(member, holding, linking.values()) for key, (member, holding) in claims.items()}
    bounds = [(member, time) for member, holding in linking.values() for time in (holding.valid_from, holding.valid_to) if time]
    identifier = next(iter(linking.values()))[1].identifier
    changes = _handovers(linking, spells, identifier)
    return {
        key: _within(holding, spells[key], changes | {time for other, time in bounds if conflict(member, other) is None})
        for key, (member, holding) in claims.items()
    }


def _spell(holding: Holding) -> _Spell | None:
    """Return when a record is known to hold it: as its source says, else as reported; None if its bounds exclude each other."""
    if holding.valid_to and holding.valid_from >= holding.valid_to:
        return None
    first = holding.valid_from or min(filter(None, (holding.first_seen, holding.valid_to)), default="")
    return _Spell(first, holding.valid_to or max(first, holding.last_seen))


def _owners_spell(member: Member, holding: Holding, linking: Iterable[tuple[Member, Holding]]) -> _Spell | None:
    """Return when this record's owner holds it: over all the holders that agree with it."""
    own = _spell(holding)
    if own is None:
        return None
    agreeing = [_spell(other) for one, other in linking if one.key != member.key and one_person(member, one)]
    spells = [own, *filter(None, agreeing)]
    return _Spell(min(spell.first for spell in spells), max(spell.last for spell in spells))


def _handovers(linking: Mapping[str, tuple[Member, Holding]], spells: Mapping[str, _Spell | None], identifier: str) -> set[str]:
    """Return the times at which an owner was first reported after one that conflicts was last reported."""
    times: set[str] = set()
    known = [(member, spell) for key, (member, _) in linking.items() if (spell := spells[key])]
    known.sort(key=lambda pair: pair[1].first)
    for index, (later, after) in enumerate(known):
        former = (member for member, before in known[:index] if before.last < after.first)
        if after.first not in times and any(_hands_over(member, later, identifier) for member in former):
            times.add(after.first)
    return times


def _hands_over(former: Member, later: Member, identifier: str) -> bool:
    """Tell whether two are surely not one person: what may be a slip in a name is for a person to see."""
    reason = conflict(former, later)
    return reason == NOT_SAME or (reason is not None and not something_agrees(former, later, but=identifier))


def _within(holding: Holding, spell: _Spell | None, changes: Iterable[str]) -> Holding:
    """Keep a holding to the time between the last change before its owner was reported and the next one after it."""
    if spell is None:
        return holding
    # One that was bounds of only after it had ended began some time before: nobody knows when.
    before = holding.valid_to or _FOREVER
    start = max((time for time in changes if time <= spell.first and time < before), default="")
    end = min((time for time in changes if time > spell.last), default="")
    ends = min(filter(None, (holding.valid_to, end)), default="")
    return replace(holding, valid_from=max(holding.valid_from, start), valid_to=ends)
