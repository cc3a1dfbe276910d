"""One decision of a person in one transaction: locked, applied, everything that follows computed and written, answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from graph.commands.command import Answer, Author, Command, run
from graph.decisions.marks import Marks
from graph.decisions.outcome import Move, Outcome
from graph.decisions.table import Table
from graph.errors import Conflict
from graph.identity.strength import RULES_VERSION
from graph.keys import record_id
from graph.resolution.conclusion import NOUNS, conclude
from graph.store import Reader, Store
from graph.touchpoints.nodes import Touchpoints
from graph.words import Sentence
from graph.writes.unit import Nodes, Unit

DECISION_NOUNS: tuple[type[Nodes], ...] = (*NOUNS, Marks)
"""What a decision locks and writes."""

Apply = Callable[[Table], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decides: `rule` names it, `request` is what JSON knows of it, `apply` puts it on the table.

    `apply` raises NotFound, Conflict and InvalidInput, each with a pointer into the request.
    """

    rule: str
    request: object
    apply: Apply


async def decide(store: Store, author: Author, decision: Decision, *, dry_run: bool = False) -> Outcome:
    """Execute a decision, or find what it did the first time, and return what came of it; see `graph/commands`."""

    async def outcome(answer: Answer, _: Reader) -> Outcome:
        return Outcome.from_json(answer)

    return await run(store, command(author, decision), outcome, dry_run=dry_run)


def command(author: Author, decision: Decision) -> Command:
    """Return the command that executes a decision; its answer is an outcome as JSON."""

    async def execute(unit: Unit, own_id: str) -> Answer:
        table = Table(unit)
        table.marks.decision = own_id
        await decision.apply(table)
        await conclude(unit)
        for row in table.people.verdict.decisions:
            row["properties"] |= {"actor": author.actor, "because": own_id}
        signed = {"rule": decision.rule, "rule_version": RULES_VERSION, "actor": author.actor, "reason": author.reason}
        table.marks.properties = {**signed, "at": unit.now}
        outcome = _outcome(table)
        if table.moving and not outcome.moves:
            raise Conflict(Sentence("refusal.NOTHING_WOULD_CHANGE"))
        return outcome.to_json()

    return Command(author, decision.rule, decision.request, DECISION_NOUNS, execute)


def _outcome(table: Table) -> Outcome:
    records = [table.people.records[key] for key in sorted(table.people.records)]
    moves = tuple(
        Move(record_id(record.key), record.was_customer, record.customer)
        for record in records
        if record.was_customer and record.customer and record.customer != record.was_customer
    )
    touched = {table.people.records[key].customer for key in table.marks.concerned} | {move.came_to for move in moves}
    contacts = sum(state.owner != state.was_owner for state in table.unit.of(Touchpoints).states.values())
    return Outcome(table.marks.decision, moves, tuple(sorted(filter(None, touched))), contacts)
