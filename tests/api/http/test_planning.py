"""What is planned ahead: a failure is told and ends nothing, and whoever asks for something real goes first."""

from __future__ import annotations

from typing import Any

import pytest
from structlog.testing import capture_logs

from admin.planned import FIRST_PLANNED
from api.http.planning import give_way, name_of, plan_ahead, plan_writes_ahead
from graph.errors import ServiceUnavailable
from graph.local import LocalServer
from graph.store import Store


async def test_a_database_that_is_away_when_it_should_plan_is_told_and_ends_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    store = await Store.open("bolt://127.0.0.1:9", "neo4j", "not-needed")
    with capture_logs() as lines:
        await plan_ahead(store, FIRST_PLANNED[:1])
        await plan_writes_ahead(store)
    await store.close()
    failed = [(line["event"], line["operation"], set(line["codes"])) for line in lines if line["log_level"] == "error"]
    code = {ServiceUnavailable.code}
    what = ["CustomerPage", "the writing of events", "the writing of decisions"]
    assert failed == [("planning_failed", each, code) for each in what]
    told = capsys.readouterr().err.splitlines()
    assert [line.partition("] ")[2].split(" (")[0] for line in told] == [f"Could not prepare {each}" for each in what]


class Beginner(Store):
    """A store whose database takes too long for its first statements, as one does that has just started."""

    late = 2

    async def read(self, *asked: Any, **named: Any) -> list[list[Any]]:
        if self.late:
            self.late -= 1
            raise ServiceUnavailable("The database took too long.")
        return await super().read(*asked, **named)


async def test_what_takes_a_database_that_has_just_started_too_long_is_asked_again(neo4j_server: LocalServer) -> None:
    store = await Beginner.open(neo4j_server.uri, neo4j_server.user, neo4j_server.password)
    with capture_logs() as lines:
        await plan_ahead(store, [("query Stores { stores { totalCount } }", {})])
    await store.close()
    assert (store.late, lines) == (0, [])


async def test_an_operation_that_the_schema_does_not_have_is_told_by_its_name(store: Store) -> None:
    with capture_logs() as lines:
        await plan_ahead(store, [("query Broken { nothingOfTheKind }", {}), ("query Whole { __typename }", {})])
    assert [(line["operation"], line["codes"]) for line in lines] == [("Broken", ["GRAPHQL_VALIDATION_FAILED"])]


@pytest.mark.parametrize(
    ("document", "name"),
    [("query Page($id: ID!) { a }", "Page"), ("\nquery Page {\n a }", "Page"), ("{ a }", "an operation")],
)
def test_an_operation_is_told_by_its_name(document: str, name: str) -> None:
    assert name_of(document) == name


async def test_planning_gives_way_to_requests_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.http.planning.GIVE_WAY_SECONDS", 0)
    busy = iter([True, True, False])
    await give_way(lambda: next(busy))
    assert list(busy) == []
    monkeypatch.setattr("api.http.planning.LONGEST_WAY_SECONDS", 0)
    await give_way(lambda: True)
