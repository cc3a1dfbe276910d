"""One decision of a person in one transaction: locked, applied, everything that follows computed and written, answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, LiteralString
from uuid import uuid4

from graph.decisions.authorship import Authorship
from graph.decisions.outcome import Move, Outcome, Result
from graph.decisions.table import Table
from graph.errors import Conflict
from graph.events.newest import utc_text
from graph.identity.golden import golden_record
from graph.identity.strength import RULES_VERSION
from graph.keys import record_id
from graph.resolution.conclusion import conclude, write_conclusion
from graph.resolution.neighbourhood import Neighbourhood
from graph.store import Store, Transaction
from graph.writes.dry_run import write_or_rehearse

Apply = Callable[[Table], Awaitable[None]]

# (:Decision:PersonDecision), found again by its key: a repeat waits here for the first
BEGIN: LiteralString = """
MERGE (d:PersonDecision {idempotency_key: $p.key})
ON CREATE SET d:Decision, d.id = $p.id
REMOVE d.lock
WITH d
RETURN d.digest, d.answer
"""
SIGN: LiteralString = """
MATCH (d:PersonDecision {idempotency_key: $p.key})
SET d += $p.properties
"""
# (:Decision)-[:CONCERNS]->(:SourceRecord), (:Decision)-[:JOINS]->(:SourceRecord)
CONCERN: LiteralString = """
UNWIND $p.keys AS key
MATCH (d:Decision {id: $p.id})
MATCH (r:SourceRecord {key: key})
CREATE (d)-[:CONCERNS]->(r)
FOREACH (_ IN CASE WHEN key IN $p.joined THEN [1] ELSE [] END | CREATE (d)-[:JOINS]->(r))
"""
# (:SourceRecord)-[:NOT_SAME_AS]->(:SourceRecord)
PART: LiteralString = """
UNWIND $p.pairs AS pair
MATCH (one:SourceRecord {key: pair[0]})
MATCH (other:SourceRecord {key: pair[1]})
CREATE (one)-[:NOT_SAME_AS {decision: $p.id}]->(other)
"""
UNDO: LiteralString = """
MATCH (d:Decision {id: $p.undone})
SET d.undone_by = $p.id
WITH d
MATCH (d)-[:CONCERNS]->(r:SourceRecord)
OPTIONAL MATCH (d)-[joined:JOINS]->(r)
OPTIONAL MATCH (r)-[apart:NOT_SAME_AS {decision: $p.undone}]->(:SourceRecord)
DELETE joined, apart
"""


async def decide_by_person(
    store: Store, authorship: Authorship, kind: str, asked: object, apply: Apply, *, rehearse: bool = False
) -> Outcome:
    """Carry out what `apply` puts on the table and return what came of it; a repeat answers the first outcome.

    `asked` is what JSON knows of the request, for telling a repeat from another request. With `rehearse` nothing is
    written. Raises NotFound and Conflict.
    """
    wanted = Neighbourhood()
    digest = authorship.digest(kind, asked)

    async def work(transaction: Transaction) -> Outcome:
        decision, now = uuid4().hex, utc_text(datetime.now(UTC))
        [[known, answer]] = await transaction.run(BEGIN, {"key": authorship.key, "id": decision})
        if known is not None:
            return _repeated(known == digest, answer)
        table = Table(transaction, wanted.restarted(), decision)
        await apply(table)
        verdict = await conclude(transaction, table.hood, table.contacts, now)
        for row in verdict.decisions:
            row["properties"] |= {"actor": authorship.actor, "because": decision}
        outcome = _outcome(table, kind)
        if rehearse:
            return outcome
        await write_conclusion(transaction, table.hood, verdict, table.contacts.values(), now)
        signed = {"rule": kind, "rule_version": RULES_VERSION, "actor": authorship.actor, "reason": authorship.reason, "at": now}
        await transaction.run(
            SIGN, {"key": authorship.key, "properties": {**signed, "digest": digest, "answer": outcome.to_json()}}
        )
        await _write_marks(transaction, table)
        return outcome

    return await write_or_rehearse(store, work, rehearse=rehearse)


def _repeated(same: bool, answer: str) -> Outcome:
    if not same:
        raise Conflict("This idempotency key was used for another request. Give a new request a new key.")
    return Outcome.from_json(answer)


async def _write_marks(transaction: Transaction, table: Table) -> None:
    steps: list[tuple[LiteralString, dict[str, Any]]] = []
    if table.concerned:
        steps.append((CONCERN, {"keys": sorted(table.concerned), "joined": sorted(table.joined)}))
    if table.parted:
        steps.append((PART, {"pairs": sorted(map(list, table.parted))}))
    if table.undone:
        steps.append((UNDO, {"undone": table.undone}))
    for statement, parameters in steps:
        await transaction.run(statement, {**parameters, "id": table.decision})


def _outcome(table: Table, kind: str) -> Outcome:
    records = [table.hood.records[key] for key in sorted(table.hood.records)]
    moves = tuple(
        Move(record_id(record.key), record.was_customer, record.customer)
        for record in records
        if record.was_customer and record.customer and record.customer != record.was_customer
    )
    touched = {table.hood.records[key].customer for key in table.concerned} | {move.came_to for move in moves}
    results: list[Result] = []
    for customer in sorted(filter(None, touched)):
        members = [record for record in records if record.customer == customer]
        golden = golden_record((record.view(table.hood.identifiers) for record in members), table.hood.trust)
        shown = (golden["name"], golden["kana"], golden["birth_date"])
        results.append(Result(customer, *shown, tuple(record_id(record.key) for record in members)))
    contacts = sum(state.owner != state.was_owner for state in table.contacts.values())
    return Outcome(table.decision, kind, moves, tuple(results), contacts)
