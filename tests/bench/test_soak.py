"""A minute of more than the server can do: it refuses in order, keeps what it acknowledged, and is as quick as before after."""

from __future__ import annotations

from math import isfinite
from pathlib import Path

from bench.soak.__main__ import run
from bench.soak.load import CUT, Tally
from graph.local import LocalServer
from graph.store import Store
from tests.conftest import wipe

SECONDS, CUSTOMERS = 20.0, 30


async def test_a_server_that_is_asked_for_twice_what_it_can_do_refuses_and_loses_nothing(
    neo4j_server: LocalServer, store: Store, tmp_path: Path
) -> None:
    await wipe(store)
    soaked = await run(tmp_path, neo4j_server, SECONDS, CUSTOMERS, planned=False)
    assert soaked.tally.wrong == {}
    assert soaked.tally.acknowledged
    assert soaked.missing == 0
    assert soaked.growth < 0.5  # a leak of a request's memory would double it
    assert isfinite(soaked.recovery)


def test_a_status_that_must_not_be_and_an_answer_that_is_cut_are_wrong() -> None:
    tally = Tally()
    tally.statuses.update({("page", 200): 5, ("page", 503): 2, ("event", 500): 1, ("event", CUT): 1})
    assert tally.wrong == {("event", 500): 1, ("event", CUT): 1}
