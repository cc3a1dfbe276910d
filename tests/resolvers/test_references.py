"""An order is meant by its number within its customer and its source: other systems and other customers number alike."""

from __future__ import annotations

from typing import Any

import pytest

from graph.intake.reading import read_event
from graph.intake.record import record
from graph.store import Store
from resolvers.engine.ids import encode
from resolvers.execution import execute
from tests.conftest import wipe
from tests.resolvers.conftest import ADMIN

QUERY = "query ($id: ID!) { node(id: $id) { ... on Note { orders { source customer { name } } } } }"
NAMING = "MATCH (t:Note {external_id: $p.subject}) RETURN t.id"


def event(kind: str, source: str, subject: str, data: dict[str, Any]) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": source, "id": f"{kind}-{subject}"}
    return {**envelope, "subject": subject, "time": "2026-04-01T10:00:00Z", "data": data}


def by(subject: str | None) -> dict[str, Any]:
    return {"by": {"record": {"source": "/crm", "subject": subject}}} if subject else {}


def order(source: str, number: str, subject: str | None) -> dict[str, Any]:
    return {**event("order", source, number, {"currency": "JPY", "total": "100", **by(subject)}), "id": f"{source} {number}"}


def note(source: str, subject: str, number: str, customer: str | None) -> dict[str, Any]:
    return event("interaction", source, subject, {"kind": "NOTE", "orders": [number], **by(customer)})


@pytest.fixture(scope="module")
async def shops(store: Store) -> Store:
    await wipe(store)
    told = [
        event("person", "/crm", "a", {"name": {"full": "試験 甲"}}),
        event("person", "/crm", "b", {"name": {"full": "試験 乙"}}),
        order("/ec", "1001", "a"),
        order("/pos", "1001", "b"),
        order("/ec", "1002", "a"),
        order("/pos", "1002", "a"),
        order("/pos", "1003", None),
        note("/mail", "of a about 1001", "1001", "a"),
        note("/mail", "of b about 1001", "1001", "b"),
        note("/mail", "of nobody about 1001", "1001", None),
        note("/ec", "of nobody in the shop about 1001", "1001", None),
        note("/pos", "of a in another shop about 1001", "1001", "a"),
        note("/mail", "of a about 1002", "1002", "a"),
        note("/ec", "of a in one shop about 1002", "1002", "a"),
        note("/mail", "of a about a guest", "1003", "a"),
        note("/mail", "of nobody about a guest", "1003", None),
    ]
    await record(store, [read_event(raw, b"a key for tests") for raw in told])
    return store


@pytest.mark.parametrize(
    ("subject", "sources"),
    [
        ("of a about 1001", ["/ec"]),
        ("of b about 1001", ["/pos"]),
        ("of nobody about 1001", []),
        ("of nobody in the shop about 1001", ["/ec"]),
        ("of a in another shop about 1001", []),
        ("of a about 1002", ["/ec", "/pos"]),
        ("of a in one shop about 1002", ["/ec"]),
        ("of a about a guest", ["/pos"]),
        ("of nobody about a guest", ["/pos"]),
    ],
)
async def test_a_number_means_the_order_of_its_customer_and_its_source(shops: Store, subject: str, sources: list[str]) -> None:
    [[raw]] = await shops.read(NAMING, {"subject": subject})
    body = (await execute(shops, QUERY, {"id": encode("Note", raw)}, None, ADMIN)).body
    assert "errors" not in body, body
    assert sorted(found["source"] for found in body["data"]["node"]["orders"]) == sources
