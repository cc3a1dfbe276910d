"""One decision of a person in one transaction: locked, applied, everything that follows computed and written, answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import LiteralString

from graph.decisions.authorship import Authorship
from graph.decisions.marks import Marks
from graph.decisions.outcome import Move, Outcome, Result
from graph.decisions.table import Table
from graph.errors import Conflict
from graph.identity.golden import golden_record
from graph.identity.strength import RULES_VERSION
from graph.keys import record_id
from graph.resolution.conclusion import NOUNS, conclude
from graph.store import Store
from graph.touchpoints.nodes import Touchpoints
from graph.writes.unit import Unit, execute

Apply = Callable[[Table], Awaitable[None]]

# (:Decision:PersonDecision), found again by its key: a repeat waits here for the first
BEGIN: LiteralString = """
MERGE (d:PersonDecision {idempotency_key: $p.key})
ON CREATE SET d:Decision, d.id = $p.id
REMOVE d.lock
WITH d
RETURN d.digest, d.answer
"""


async def decide_by_person(
    store: Store, authorship: Authorship, kind: str, asked: object, apply: Apply, *, dry_run: bool = False
) -> Outcome:
    """Carry out what `apply` puts on the table and return what came of it; a repeat answers the first outcome.

    `asked` is what JSON knows of the request, for telling a repeat from another request. With `dry_run` nothing is
    written. Raises NotFound and Conflict.
    """
    digest = authorship.digest(kind, asked)

    async def work(unit: Unit) -> Outcome:
        marks = unit.of(Marks)
        [[known, answer]] = await unit.transaction.run(BEGIN, {"key": authorship.key, "id": marks.decision})
        if known is not None:
            return _repeated(known == digest, answer)
        table = Table(unit)
        await apply(table)
        await conclude(unit)
        for row in table.people.verdict.decisions:
            row["properties"] |= {"actor": authorship.actor, "because": marks.decision}
        outcome = _outcome(table, kind)
        signed = {"rule": kind, "rule_version": RULES_VERSION, "actor": authorship.actor, "reason": authorship.reason}
        marks.properties = {**signed, "at": unit.now, "digest": digest, "answer": outcome.to_json()}
        return outcome

    return await execute(store, (*NOUNS, Marks), work, dry_run=dry_run)


def _repeated(same: bool, answer: str) -> Outcome:
    if not same:
        raise Conflict("This idempotency key was used for another request. Give a new request a new key.")
    return Outcome.from_json(answer)


def _outcome(table: Table, kind: str) -> Outcome:
    records = [table.people.records[key] for key in sorted(table.people.records)]
    moves = tuple(
        Move(record_id(record.key), record.was_customer, record.customer)
        for record in records
        if record.was_customer and record.customer and record.customer != record.was_customer
    )
    touched = {table.people.records[key].customer for key in table.marks.concerned} | {move.came_to for move in moves}
    results: list[Result] = []
    for customer in sorted(filter(None, touched)):
        members = [record for record in records if record.customer == customer]
        golden = golden_record((record.view(table.people.identifiers) for record in members), table.people.trust)
        shown = (golden["name"], golden["kana"], golden["birth_date"])
        results.append(Result(customer, *shown, tuple(record_id(record.key) for record in members)))
    contacts = sum(state.owner != state.was_owner for state in table.unit.of(Touchpoints).states.values())
    return Outcome(table.marks.decision, kind, moves, tuple(results), contacts)
