"""The source records of a graph as rows to learn from, read in pages: no reading waits for another, and none is held up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, LiteralString

from graph.matching.fields import Declared
from graph.store import Store
from graph.waiting import to_its_end

AT_ONCE = 1_000
_SEVERAL = 3
"""Phones, mails and member numbers of a record that are compared."""
_LISTS = {"phone": "PHONE", "email": "EMAIL", "number": "MEMBER_NUMBER"}

# (:SourceRecord)-[:RESOLVES_TO]->(:Customer), (:SourceRecord)-[:NOT_SAME_AS]-(:SourceRecord); identifiers are listed by keys
RECORDS: LiteralString = """
MATCH (r:SourceRecord) WHERE r.key > $p.after
WITH r ORDER BY r.key LIMIT $p.limit
RETURN r.key,
  HEAD(COLLECT { MATCH (r)-[:RESOLVES_TO]->(c:Customer) RETURN c.id }),
  r { .name_family, .name_given, .name_full, .kana_family, .kana_given, .birth_date, .gender, .address_full },
  COLLECT { MATCH (i:Identifier) WHERE i.key IN r.identifiers AND i.state IN ['ACTIVE', 'SHARED']
            WITH i ORDER BY i.key RETURN [i.kind, i.value] },
  COLLECT { MATCH (r)-[:NOT_SAME_AS]-(o:SourceRecord) RETURN o.key }
"""

DECLARED = Declared(
    {
        "given_name": ("name_given",),
        "surname": ("name_family",),
        "full_name": ("name_full",),
        "given_kana": ("kana_given",),
        "surname_kana": ("kana_family",),
        "birth_date": ("birth_date",),
        "gender": ("gender",),
        "home": ("address_full",),
        **{kind: tuple(f"{kind} {place}" for place in range(_SEVERAL)) for kind in _LISTS},
    }
)
"""What of a record is compared: the columns of the rows that `recorded` yields."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A source record as a row, the customer that it belongs to, and the records that a person said it is not."""

    key: str
    customer: str | None
    row: dict[str, Any]
    apart: frozenset[str] = frozenset()


async def recorded(store: Store) -> AsyncIterator[Recorded]:
    """Yield all source records in the order of their keys; what identifies nobody is left out."""
    after = ""
    while rows := await to_its_end(store.read(RECORDS, {"after": after, "limit": AT_ONCE})):
        after = rows[-1][0]
        for key, customer, properties, identifiers, apart in rows:
            yield Recorded(key, customer, {**properties, **_values(identifiers)}, frozenset(apart))


def _values(identifiers: list[list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for column, kind in _LISTS.items():
        values = [value for told, value in identifiers if told == kind][:_SEVERAL]
        found |= {f"{column} {place}": value for place, value in enumerate(values)}
    return found
