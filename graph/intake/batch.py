"""One attempt at a batch of events: lock and load, apply and decide in memory, leave what changed to be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.erasure.sparing import spared
from graph.erasure.tombstones import Tombstones
from graph.events.facts import Event
from graph.events.outcomes import REJECTED, REPEATED, Rejection
from graph.intake.event_types import EVENT_TYPES, row_of
from graph.intake.receipts import Receipt, Receipts, Stored
from graph.keys import receipt_key
from graph.resolution.conclusion import conclude
from graph.resolution.people import People
from graph.writes.unit import Unit


class Batch:
    """The events of one unit, and what became of each: a refusal, or an outcome under the key of its receipt."""

    def __init__(self, unit: Unit, events: Sequence[Event]) -> None:
        self.unit = unit
        self.people = unit.of(People)
        self.receipts = unit.of(Receipts)
        self.events = [(receipt_key(event.source, event.id), event) for event in events]
        self.refused: dict[int, Receipt] = {}
        self.outcomes: dict[str, tuple[Event, str]] = {}

    async def run(self, dry_run: bool) -> list[Receipt]:
        """Return the receipts in the order of the events; in a dry run a customer that would be new has no id yet."""
        for _, event in self.events:
            self.people.want(claims=event.facts.claimed(), records=event.facts.records())
            EVENT_TYPES[event.type].want(event.facts, self.unit)
            self.unit.want("Tombstone", event.traces.values())
        self.unit.want("Receipt", (key for key, _ in self.events))
        await self.unit.lock()
        sent, erased = [event for _, event in self.events], frozenset(self.unit.of(Tombstones).known)
        if erased:
            self.events = [(key, spared(event, erased)) for key, event in self.events]
        for place, (key, event) in enumerate(self.events):
            self._take(place, key, event)
        await conclude(self.unit)
        self.receipts.kept = {key: self._answer(event, outcome) for key, (event, outcome) in self.outcomes.items()}
        answers = self._answers(self._without_new() if dry_run else self.receipts.kept)
        self._forget_unused(sent, answers)
        return answers

    def _forget_unused(self, sent: Sequence[Event], answers: Sequence[Receipt]) -> None:
        """Let go of identifiers that only refused and repeated events have named, and those of who was erased."""
        taken = zip(sent, self.events, answers, strict=True)
        idle = [
            was for was, (_, event), receipt in taken if receipt.outcome in (REJECTED, REPEATED) or event.facts is not was.facts
        ]
        if idle:
            used = {claim.key for event, _ in self.outcomes.values() for claim in event.facts.claimed()}
            self.people.forget_unused(claim for event in idle for claim in event.facts.claimed() if claim.key not in used)

    def _take(self, place: int, key: str, event: Event) -> None:
        """Apply one event in memory, unless it came before, in this batch or another."""
        if key in self.receipts.known or key in self.outcomes:
            return
        outcome = row_of(event).apply(event.facts, event, self.unit)
        if isinstance(outcome, Rejection):
            self.refused[place] = Receipt(event.source, event.id, REJECTED, error=outcome)
        else:
            self.outcomes[key] = (event, outcome)

    def _answer(self, event: Event, outcome: str) -> Stored:
        """Say what a first-time event did, which customer it landed on and why."""
        answer = row_of(event).answer(event.facts, self.unit)
        return Stored(event.digest, outcome, answer.customer, answer.rule, event.warnings())

    def _answers(self, kept: dict[str, Stored]) -> list[Receipt]:
        answers: list[Receipt] = []
        first: set[str] = set()
        for place, (key, event) in enumerate(self.events):
            if place in self.refused:
                answers.append(self.refused[place])
            elif key in self.outcomes and key not in first:
                first.add(key)
                answers.append(kept[key].first(event))
            else:
                answers.append((kept.get(key) or self.receipts.known[key]).repeat(event))
        return answers

    def _without_new(self) -> dict[str, Stored]:
        """Return what is kept without the ids of customers that only this unit has made."""
        known = {record.was_customer for record in self.people.records.values()}
        new = {row["to"] for row in self.people.verdict.decisions if row["from"] is None} - known
        return {
            key: replace(kept, customer_id=None) if kept.customer_id in new else kept for key, kept in self.receipts.kept.items()
        }
