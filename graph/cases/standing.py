"""What a customer is to the company when a case is opened: the rank and the contract that their records tell."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, LiteralString

import orjson

from graph.store import Transaction

# (:Customer)<-[:RESOLVES_TO]-(:SourceRecord {attributes}): a source tells them among the attributes of a person
ATTRIBUTES: LiteralString = """
UNWIND $p.customers AS id
MATCH (:Customer {id: id})<-[:RESOLVES_TO]-(r:SourceRecord)
WHERE r.attributes CONTAINS '"rank"' OR r.attributes CONTAINS '"contract"'
RETURN r.attributes ORDER BY r.first_seen DESC, r.key
"""


@dataclass(frozen=True, slots=True)
class Standing:
    rank: str | None = None
    contract: str | None = None


async def read_standing(transaction: Transaction, customers: Collection[str]) -> Standing:
    """Return the standing of these customers, each by the newest record that tells it."""
    if not customers:
        return Standing()
    rows = await transaction.run(ATTRIBUTES, {"customers": sorted(customers)})
    told = [orjson.loads(attributes) for [attributes] in rows]
    return Standing(_newest(told, "rank"), _newest(told, "contract"))


def _newest(told: list[dict[str, Any]], name: str) -> str | None:
    return next((str(each[name]) for each in told if each.get(name)), None)
