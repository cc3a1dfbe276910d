"""Somebody says whose an anonymous contact was, and takes it back: what was said before holds again, or else the rules."""

from __future__ import annotations

from typing import Any

import pytest

from graph.decisions import contacts, customers
from graph.decisions.deciding import decide
from graph.decisions.outcome import Outcome
from graph.errors import Conflict, InvalidInput
from graph.store import Store
from tests.conftest import wipe
from tests.graph.decisions.test_customers import customer, person, steward, tell
from tests.graph.resolution.fingerprint import differences, fingerprint

LANDLINE = "+81355550009"
WHOSE = "MATCH (t:Call) OPTIONAL MATCH (r:SourceRecord)-[:DID]->(t) RETURN r.key, t.rule, t.assigned"
NOBODYS = [None, "SEVERAL_HOLDERS", None]


def call() -> dict[str, Any]:
    by = {"identifiers": [{"kind": "PHONE", "value": LANDLINE}]}
    envelope = {"specversion": "1.0", "type": "customer360.interaction.v1", "source": "/cti", "id": "call"}
    return {**envelope, "time": "2026-04-02T10:00:00Z", "data": {"kind": "CALL", "direction": "INBOUND", "by": by}}


@pytest.fixture
async def family(store: Store) -> Store:
    """Two people with one landline, and a call from it that is nobody's."""
    await wipe(store)
    await tell(store, person("1", "太郎", LANDLINE), person("2", "花子", LANDLINE), call())
    assert await store.read(WHOSE) == [NOBODYS]
    return store


async def assigned(store: Store, subject: str | None) -> Outcome:
    [[touchpoint]] = await store.read("MATCH (t:Call) RETURN t.id")
    return await decide(store, steward(), contacts.assign(touchpoint, await customer(store, subject) if subject else None))


async def taken_back(store: Store, subject: str, said: Outcome) -> Outcome:
    return await decide(store, steward(), customers.undo(await customer(store, subject), said.decision))


async def test_a_contact_that_was_assigned_and_taken_back_is_nobodys_and_the_graph_is_as_it_was(family: Store) -> None:
    before = await fingerprint(family)
    said = await assigned(family, "1")
    assert await family.read(WHOSE) == [["/ec:1", "ASSIGNED", "/ec:1"]]
    back = await taken_back(family, "1", said)
    assert await family.read(WHOSE) == [NOBODYS]
    assert (back.contacts, back.customers) == (1, ((await customer(family, "1")).id,))
    assert differences(await fingerprint(family), before) == []


async def test_what_was_said_before_holds_again(family: Store) -> None:
    first, second = await assigned(family, "1"), await assigned(family, "2")
    await taken_back(family, "2", second)
    assert await family.read(WHOSE) == [["/ec:1", "ASSIGNED", "/ec:1"]]
    await taken_back(family, "1", first)
    assert await family.read(WHOSE) == [NOBODYS]


async def test_that_it_was_nobodys_holds_again_too(family: Store) -> None:
    await assigned(family, None)
    second = await assigned(family, "2")
    await taken_back(family, "2", second)
    assert await family.read(WHOSE) == [[None, "ASSIGNED", ""]]


async def test_what_was_said_again_since_cannot_be_taken_back(family: Store) -> None:
    first = await assigned(family, "1")
    await assigned(family, "2")
    with pytest.raises(Conflict, match="Nothing would change"):
        await taken_back(family, "1", first)
    assert await family.read(WHOSE) == [["/ec:2", "ASSIGNED", "/ec:2"]]


async def test_it_is_taken_back_once_and_from_whom_it_was_given_to(family: Store) -> None:
    said = await assigned(family, "1")
    with pytest.raises(InvalidInput, match="about other customers"):
        await taken_back(family, "2", said)
    back = await taken_back(family, "1", said)
    with pytest.raises(Conflict, match="undone already"):
        await taken_back(family, "1", said)
    with pytest.raises(Conflict, match="Nothing would change"):
        await taken_back(family, "1", back)
