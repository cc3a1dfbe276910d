"""Cases for the tests: people and their interactions through the real intake, and commands on cases."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from graph.cases.expected import Expected
from graph.cases.history import CaseEvent
from graph.cases.nodes import Cases
from graph.cases.opening import Opening, open_case
from graph.commands.command import Answer, Author, Command, run
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.keys import scoped, touchpoint_id
from graph.store import Reader, Store
from graph.writes.unit import Unit, execute

SOURCE = "/crm"
numbers: Iterator[int] = count()
CUSTOMER = "MATCH (:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c:Customer) RETURN c.id"


def event(kind: str, subject: str, data: dict[str, Any], time: str) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": SOURCE, "id": f"e-{next(numbers)}"}
    return {**envelope, "subject": subject, "time": time, "data": data}


def person(code: str, *held: dict[str, Any], given: str = "花子", time: str = "2026-04-01T00:00:00Z") -> dict[str, Any]:
    return event("person", code, {"name": {"family": "試験", "given": given}, "identifiers": list(held)}, time)


def mail(name: str, code: str | None = "1", /, *, time: str = "2026-04-01T01:00:00Z", **more: Any) -> dict[str, Any]:
    by = {"record": {"source": SOURCE, "subject": code}} if code else {"identifiers": [more.pop("via")]}
    data = {"kind": "EMAIL", "direction": "INBOUND", "by": by, "text": "荷物が届きません。", **more}
    return event("interaction", name, data, time)


def touchpoint(subject: str) -> str:
    """Return the id of an interaction."""
    return touchpoint_id(scoped(SOURCE, subject))


async def tell(store: Store, *events: dict[str, Any]) -> None:
    receipts = await record(store, [read_event(raw, b"a key for tests") for raw in events])
    assert [receipt.error for receipt in receipts if receipt.error] == []


async def customer(store: Store, code: str = "1") -> str:
    [[own_id]] = await store.read(CUSTOMER, {"key": scoped(SOURCE, code)})
    return own_id


def author(actor: str = "op-1") -> Author:
    return Author("tests", actor, f"case-{next(numbers)}")


async def itself(answer: Answer, _: Reader) -> Answer:
    return answer


async def do(store: Store, command: Command, *, dry_run: bool = False) -> Answer:
    return await run(store, command, itself, dry_run=dry_run)


async def opened(graph: Store, /, **told: Any) -> str:
    """Return the id of a new case."""
    return (await do(graph, open_case(author(), Opening("届かない", **told))))["case"]


async def case(store: Store, own_id: str) -> dict[str, Any]:
    """Return the properties of a case."""
    [[properties]] = await store.read("MATCH (k:Case {id: $p.id}) RETURN properties(k)", {"id": own_id})
    return properties


async def kinds(store: Store, own_id: str) -> list[str]:
    """Return what has happened to a case, in order."""
    found = await store.read("MATCH (e:CaseEvent {case: $p.id}) RETURN e.kind ORDER BY e.position", {"id": own_id})
    return [row[0] for row in found]


async def not_sent(store: Store, *cases: str) -> None:
    """Let a reply to each of these have failed for good."""

    async def fail(unit: Unit) -> None:
        unit.want("Case", cases)
        await unit.lock()
        for own_id in cases:
            known = unit.of(Cases).known[own_id]
            known.happen(CaseEvent(f"{own_id}-not-sent", unit.now, "NOT_SENT", about="reply", code="MAIL_REFUSED"))
            unit.of(Cases).settle(known)

    await execute(store, (Cases,), fail)


def seen(own_id: str, version: int | None = None) -> Expected:
    return Expected(own_id, version, "/cases/0")
