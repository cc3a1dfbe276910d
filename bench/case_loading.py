"""Cases written as plainly as can be, with the properties that the product derives: no locks, no changes to tell of."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import Any, LiteralString
from uuid import uuid4

from rich.progress import track

from bench.cases import STAFF_OF_A_TEAM, TEAMS, MadeUp, made_up, record_key, staff
from bench.ringing import execute
from graph.cases.case import Case
from graph.cases.teams import Member, put_team
from graph.commands.command import Author
from graph.search.forms import search_names
from graph.store import Store, Transaction
from graph.touchpoints.kinds import TOUCHPOINTS

CASES, CUSTOMERS, PIECE = 50_000, 20_000, 1_000

# (:SourceRecord)-[:RESOLVES_TO]->(:Customer)
CREATE_CUSTOMERS: LiteralString = """
UNWIND $p.rows AS row
CREATE (r:SourceRecord)-[:RESOLVES_TO]->(c:Customer)
SET r = row.record, c = row.customer
"""
# (:SourceRecord)-[:DID]->(:Touchpoint)
CREATE_CONTACTS: LiteralString = """
UNWIND $p.rows AS row
MATCH (r:SourceRecord {key: row.properties.record})
CREATE (r)-[:DID {rule: 'NAMED'}]->(t:Touchpoint:$(row.label) {id: row.properties.id})
SET t += row.properties, t.at = datetime(left(row.properties.position, 27))
"""
# (:Touchpoint)-[:IN_CASE {rule, at}]->(:Case)-[:HAS_EVENT]->(:CaseEvent), (:Case)-[:HAS_TAG]->(:CaseTag)
CREATE_CASES: LiteralString = """
UNWIND $p.rows AS row
CREATE (k:Case {id: row.id})
SET k += row.properties
WITH k, row
CALL (k, row) { UNWIND row.events AS event CREATE (k)-[:HAS_EVENT]->(e:CaseEvent {id: event.id}) SET e = event.properties }
CALL (k) { UNWIND k.tags AS tag CREATE (k)-[:HAS_TAG]->(:CaseTag {tag: tag, listed: k.listed, turn: k.turn}) }
CALL (k, row) {
  UNWIND row.ties AS tie
  MATCH (t:Touchpoint {id: tie.touchpoint})
  CREATE (t)-[:IN_CASE {rule: tie.rule, at: tie.at}]->(k)
  SET t.case_id = k.id
}
"""


async def load_cases(store: Store, count: int = CASES, customers: int = CUSTOMERS) -> None:
    """Set up the teams, and write so many customers and cases with their interactions and histories."""
    for team in TEAMS:
        members = [Member(staff(team, number), languages=("ja",)) for number in range(STAFF_OF_A_TEAM)]
        await execute(store, put_team(Author("bench", "admin-1", uuid4().hex), team, team.title(), members))
    people = [_customer(number) for number in range(customers)]
    for start in range(0, customers, PIECE):
        await store.write(partial(_run, statement=CREATE_CUSTOMERS, rows=people[start : start + PIECE]))
    made = made_up(count, customers, datetime.now(UTC))
    # While the database writes some, the next are made up.
    ready = asyncio.create_task(asyncio.to_thread(_next, made))
    for _ in track(range(0, count, PIECE), f"Loading {count:,} cases"):
        piece, ready = await ready, asyncio.create_task(asyncio.to_thread(_next, made))
        await store.write(partial(_write, made=piece))
    await ready


def _next(made: Iterator[MadeUp]) -> list[MadeUp]:
    return list(islice(made, PIECE))


async def _write(transaction: Transaction, made: Sequence[MadeUp]) -> None:
    contacts = [{"label": TOUCHPOINTS[each["kind"]].label, "properties": each} for one in made for each in one.contacts]
    await _run(transaction, CREATE_CONTACTS, contacts)
    await write_cases(transaction, [row_of(one.case, _ties(one)) for one in made])


async def write_cases(transaction: Transaction, rows: Iterable[dict[str, Any]]) -> None:
    """Write cases that are not there yet, given as `row_of` has them; the interactions are."""
    await _run(transaction, CREATE_CASES, list(rows))


def row_of(case: Case, ties: Sequence[dict[str, str]]) -> dict[str, Any]:
    """Return what is written of a case that was settled; each tie has `touchpoint`, `rule` and `at`."""
    return {"id": case.id, "properties": case.changes, "events": case.event_rows(), "ties": ties}


def _ties(made: MadeUp) -> list[dict[str, str]]:
    told = zip(made.contacts, made.rules, strict=True)
    return [{"touchpoint": each["id"], "rule": rule, "at": each["position"][:27]} for each, rule in told]


async def _run(transaction: Transaction, statement: LiteralString, rows: list[dict[str, Any]]) -> None:
    await transaction.run(statement, {"rows": rows})


def _customer(number: int) -> dict[str, Any]:
    own_id, name, kana = f"inbox-{number}", f"試験 花子{number}", "シケン ハナコ"
    key = record_key(number)
    source, _, external = key.partition(":")
    record = {"key": key, "id": own_id, "source": source, "external_id": external, "name_full": name}
    customer = {"id": own_id, "kind": "INDIVIDUAL", "status": "ACTIVE", "version": 1, "name": name, "kana": kana}
    seen = {"first_seen": "2025-01-01T00:00:00.000000Z"}
    return {"record": {**record, **seen}, "customer": {**customer, "search_names": search_names([name, kana])}}
