"""Written queries are answered byte for byte as the reader answers them, by one statement each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from resolvers.schema import build_schema
from tests.resolvers.corpus import lookups, mistakes, pages, roots, selections
from tests.resolvers.proof import Proof
from tests.resolvers.reader.answering import Reader

if TYPE_CHECKING:
    from graph.local import LocalServer
    from graph.store import Store
    from tests.resolvers.corpus.case import Case

CASES: dict[str, Case] = selections.CASES | pages.CASES | roots.CASES | lookups.CASES | mistakes.CASES


@pytest.fixture(scope="module")
def reader(neo4j_server: LocalServer) -> Iterator[Reader]:
    opened = Reader(build_schema().as_str(), neo4j_server.uri, neo4j_server.user, neo4j_server.password)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
async def proof(store: Store, reader: Reader) -> Proof:
    return await Proof.of(store, reader)


@pytest.mark.parametrize("name", CASES)
async def test_the_planner_answers_as_the_reader_does(proof: Proof, name: str) -> None:
    case = CASES[name]
    answers = await proof.ask(case)
    expected = answers.bodies["reader"]
    for path, body in answers.bodies.items():
        assert body.decode() == expected.decode(), path
    assert case.statements is None or answers.statements == case.statements


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 60
