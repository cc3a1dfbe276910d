"""Receipts: what an event did the first time it came, so that a repeat is answered and not applied again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, LiteralString

import orjson

from graph.events.facts import Event
from graph.events.newest import utc_text
from graph.events.outcomes import REJECTED, REPEATED, Rejection, Remark
from graph.store import Store
from graph.words import say
from graph.writes.forgetting import forget
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Unit

OTHER_BODY = "IDEMPOTENCY_CONFLICT"

# (:Receipt), not locked: its key is unique, so of two first times one fails and starts again
FIND_RECEIPTS: LiteralString = """
UNWIND $p.Receipt AS key
MATCH (r:Receipt {key: key})
RETURN 'Receipt' AS label, [r.key, r.digest, r.body] AS row
"""
# CREATE, not MERGE: two writers with one (source, id) must not both believe that they were the first
WRITE_RECEIPTS: LiteralString = """
UNWIND $p.receipts AS row
CREATE (:Receipt {key: row.key, digest: row.digest, received_at: $p.now, body: row.body})
"""
DELETE_RECEIPTS: LiteralString = """
MATCH (r:Receipt) USING INDEX r:Receipt(received_at)
WHERE r.received_at < $p.before
WITH r LIMIT 10000
DELETE r
RETURN count(*)
"""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to one event; `customer_id` is None for stores, products, and a anonymous contact known."""

    source: str
    id: str
    outcome: str
    customer_id: str | None = None
    rule: str | None = None
    error: Rejection | None = None
    warnings: tuple[Remark, ...] = ()

    def sentence(self, language: str) -> str | None:
        """Return why the event landed there, in one of `LANGUAGES`."""
        return say(f"rule.{self.rule}", language) if self.rule else None


@dataclass(frozen=True, slots=True)
class Stored:
    """A receipt as kept: the keyed digest of the event's body, and what was answered."""

    digest: str
    outcome: str
    customer_id: str | None
    rule: str | None
    warnings: tuple[Remark, ...] = ()

    def first(self, event: Event) -> Receipt:
        """Answer the event that came for the first time."""
        return Receipt(event.source, event.id, self.outcome, self.customer_id, self.rule, warnings=self.warnings)

    def repeat(self, event: Event) -> Receipt:
        """Answer the event that came again, or one that came with the same id and another body."""
        if self.digest == event.digest:
            return Receipt(event.source, event.id, REPEATED, self.customer_id, self.rule, warnings=self.warnings)
        message = "An event with this source and id was received before, with another body. Give a new event a new id."
        return Receipt(event.source, event.id, REJECTED, error=Rejection(OTHER_BODY, message, "/id"))


class Receipts(Nodes):
    """Receipts of a unit by key: those `known` from before, and the `kept` ones of events that came for the first time."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"Receipt": FIND_RECEIPTS}
    WRITES = (WRITE_RECEIPTS,)

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.known: dict[str, Stored] = {}
        self.kept: dict[str, Stored] = {}

    def take_in(self, label: Label, row: list[Any]) -> None:  # noqa: ARG002 - there is one label
        key, digest, body = row
        outcome, customer_id, rule, *warnings = orjson.loads(body)
        self.known[key] = Stored(digest, outcome, customer_id, rule, tuple(Remark(*each) for each in warnings))

    def rows(self) -> Mapping[str, list[dict[str, Any]]]:
        return {
            "receipts": [
                {"key": key, "digest": kept.digest, "body": orjson.dumps(_body(kept)).decode()} for key, kept in self.kept.items()
            ]
        }


def _body(kept: Stored) -> list[Any]:
    return [kept.outcome, kept.customer_id, kept.rule, *([each.code, each.pointer] for each in kept.warnings)]


async def forget_receipts(store: Store, before: datetime) -> int:
    """Delete receipts that arrived before that time and return how many; a later repeat is applied and changes nothing."""
    return await forget(store, DELETE_RECEIPTS, utc_text(before))
