"""An erasure leaves no personal value in cases and promises; how they went, and when, stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.cases.opening import Opening, open_case
from graph.cases.priority_rules import Rule
from graph.cases.promises import Promise, make
from graph.cases.sorting.sorter import Sorter
from graph.cases.writing import write_note
from graph.erasure.erasing import Erasure
from graph.replies.writing import Letter, reply
from graph.store import Store
from graph.writes.unit import execute
from tests.conftest import wipe
from tests.graph.cases.working import author, case, customer, do, kinds, mail, person, seen, tell, touchpoint

URGENT = Sorter((Rule("urgent", words=("canary-subject",), sets_priority="URGENT"),))
"""A rule that finds a word of what was written."""
AHEAD = "2100-01-01T00:00:00.000000Z"


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    await tell(store, person("1", {"kind": "EMAIL", "value": "canary@example.jp"}), mail("m1", topic="canary-topic"))
    return store


async def test_the_cases_of_who_is_erased_keep_their_state_and_nothing_that_was_written(graph: Store, tmp_path: Path) -> None:
    whose = await customer(graph)
    written = {"subject": "canary-subject", "note": "canary-note"}
    ids = [
        (await do(graph, open_case(author(), Opening(topic="canary-topic", **written, **about), URGENT)))["case"]
        for about in ({"touchpoint": touchpoint("m1")}, {"customer": whose})
    ]
    await do(graph, write_note(author(), seen(ids[0]), "canary-more"))
    await do(graph, make(author(), Promise("canary-promise", AHEAD, "op-1", case=seen(ids[0]))))
    await do(graph, make(author(), Promise("canary-promise", AHEAD, "op-1", customer=whose)))

    [[address]] = await graph.read("MATCH (i:Identifier {kind: 'EMAIL'}) RETURN i.id")
    await do(graph, reply(author(), seen(ids[0]), Letter(address, "canary-reply", "canary-subject"), ["EMAIL"]))

    async def step(work, nouns):  # type: ignore[no-untyped-def]
        return await execute(graph, nouns, work)

    await Erasure(graph, bytes(32), tmp_path / "erasures.jsonl", "job", step).erase(["/crm:1"])
    left = await graph.read("MATCH (n) WHERE n:Case OR n:CaseEvent OR n:Promise RETURN toString(properties(n).id), properties(n)")
    assert len(left) == 12
    assert await graph.read("MATCH (y:Reply) RETURN y.id") == []
    assert "canary" not in str(left)
    assert "/crm" not in str(left)
    assert touchpoint("m1") not in str([row[1] for row in left])
    assert [(await case(graph, own_id))["state"] for own_id in ids] == ["NEW", "NEW"]
    assert sorted(await kinds(graph, ids[0])) == ["CUSTOMER_MESSAGE", "NOTE", "NOTE", "OPENED", "PRIORITY_SET"]
