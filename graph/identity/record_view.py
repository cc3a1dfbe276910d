"""One source record as survivorship sees it, and what it tells of each golden field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.identity.counts import Counts
from graph.identity.defaults import tells_something
from graph.identity.survivorship import Asserted
from graph.identity.trust import Trust, trust_in
from graph.search.folding import fold_name

# golden field <- record property, and the attribute whose stamp says how new it is
FIELDS: Mapping[str, tuple[str, str]] = {
    "name": ("name_full", "name"),
    "kana": ("kana_full", "kana"),
    "birth_date": ("birth_date", "birthDate"),
    "gender": ("gender", "gender"),
    "language": ("language", "language"),
    "address": ("address_full", "address"),
}
REACHES: Mapping[str, str] = {"phone": "PHONE", "email": "EMAIL"}
"""Golden field -> kind of identifier."""
_FOLDED = frozenset({"name", "kana", "address"})


@dataclass(frozen=True, slots=True)
class Reach:
    """A phone or mail of a record, when it was last reported, and whether the record's system has verified it."""

    kind: str
    value: str
    mobile: bool
    last_seen: str
    verified: bool


@dataclass(frozen=True, slots=True)
class RecordView:
    """Properties, stamps (attribute -> stamp), endpoints and counts of a record, and the system that keeps it.

    `verified` says that this system has verified any identifier of the person.
    """

    key: str
    properties: Mapping[str, Any]
    stamps: Mapping[str, str]
    reach: tuple[Reach, ...]
    counts: Counts
    source: str
    verified: bool

    def asserted(self, field: str, trust: Trust) -> Iterable[Asserted]:
        """Yield what the record tells of a field of `FIELDS`: one value, or none."""
        name, attribute = FIELDS[field]
        value = self.properties.get(name)
        if value is not None and tells_something(field, value):
            same = fold_name(value).replace(" ", "") if field in _FOLDED else value
            time = self.stamps.get(attribute, "").split("\t", 1)[0]
            yield Asserted(value, same, self.key, time, self._rank(trust), self.verified)

    def reached(self, field: str, trust: Trust) -> Iterable[Asserted]:
        """Yield each phone or mail that the record holds, for a field of `REACHES`."""
        for each in self.reach:
            if each.kind == REACHES[field]:
                mobile = each.mobile
                yield Asserted(each.value, each.value, self.key, each.last_seen, self._rank(trust), each.verified, mobile)

    def _rank(self, trust: Trust) -> int:
        return trust_in(self.source, trust) if trust else 0
