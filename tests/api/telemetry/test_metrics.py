"""Metrics, as Prometheus reads them: routes, codes and outcomes, and nothing about anybody."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
import structlog
from prometheus_client.parser import text_string_to_metric_families

from api.process.log_format import configure_logging
from api.telemetry.door import MetricsPortInUse, metrics_served
from api.telemetry.looking import watch_graph, watch_loop
from api.telemetry.observed_store import ObservedStore
from graph.errors import ServiceUnavailable
from tests.conftest import wipe
from tests.running import Running, running

if TYPE_CHECKING:
    from graph.store import Store

NOBODY_LISTENS = "bolt://127.0.0.1:9"


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    await wipe(store)
    async with running(store, tmp_path_factory.mktemp("metrics")) as opened:
        yield opened


async def read() -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Return the samples of one look at the metrics, by name and labels."""
    with metrics_served("127.0.0.1", 0) as port:
        async with httpx2.AsyncClient() as client:
            answer = await client.get(f"http://127.0.0.1:{port}/metrics")
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {(each.name, frozenset(each.labels.items())): each.value for family in families for each in family.samples}


class Counted:
    """By how much samples have grown since it was made."""

    def __init__(self, before: dict[tuple[str, frozenset[tuple[str, str]]], float]) -> None:
        self.before = before

    async def grown(self, name: str, **labels: str) -> float:
        key = (name, frozenset(labels.items()))
        return (await read()).get(key, 0) - self.before.get(key, 0)


@pytest.fixture
async def counted() -> Counted:
    return Counted(await read())


def person(subject: str, **more: Any) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": "customer360.person.v1", "source": "/ec", "subject": subject, "id": subject}
    return {**envelope, "time": "2026-04-01T10:00:00Z", "data": {"name": {"family": "試験", "given": "太郎"}, **more}}


async def test_requests_are_counted_by_the_route_and_not_by_the_address(server: Running, counted: Counted) -> None:
    for path in ("/admin/customers/Q3VzdG9tZXI6MDkwMTIzNDU2Nzg", "/no/page/09012345678"):
        assert (await server.client.get(path)).status_code == 404
    labels = {"method": "GET", "status": "404"}
    assert await counted.grown("customer360_http_requests_total", route="/admin/customers/{id}", **labels) == 1
    assert await counted.grown("customer360_http_requests_total", route="unmatched", **labels) == 1
    assert await counted.grown("customer360_http_request_seconds_count", route="/admin/customers/{id}") == 1
    assert not [key for key in await read() if "0901234" in str(key) or "Q3Vzd" in str(key)]


async def test_events_are_counted_by_outcome_and_timed_once_a_request(server: Running, counted: Counted) -> None:
    headers = {**server.bearer("admin"), "Content-Type": "application/cloudevents-batch+json"}
    sent = [person("1"), person("1"), {**person("2"), "type": "nothing"}]
    answer = await server.client.post("/events", json=sent, headers=headers)
    assert answer.status_code == 200, answer.text
    grown = {name: await counted.grown("customer360_events_total", outcome=name) for name in ("CREATED", "REPEATED", "REJECTED")}
    assert grown == {"CREATED": 1, "REPEATED": 1, "REJECTED": 1}
    assert await counted.grown("customer360_event_seconds_count") == 1


async def test_a_dry_run_counts_as_no_event(server: Running, counted: Counted) -> None:
    headers = {**server.bearer("admin"), "Content-Type": "application/cloudevents-batch+json"}
    answer = await server.client.post("/events?dryRun=true", json=[person("9")], headers=headers)
    assert answer.status_code == 200, answer.text
    assert await counted.grown("customer360_events_total", outcome="CREATED") == 0


async def test_errors_of_the_schema_are_counted_by_code(server: Running, counted: Counted) -> None:
    body = await server.ask("{ nothing }")
    assert await counted.grown("customer360_graphql_errors_total", code=body["errors"][0]["extensions"]["code"]) == 1


async def test_the_queue_is_told_as_it_is(server: Running) -> None:
    samples = await read()
    assert samples["customer360_event_writer_runs", frozenset()] == 1
    assert samples["customer360_events_queued", frozenset()] == 0
    assert samples["customer360_events_queue_capacity", frozenset()] == 10_000


async def test_free_space_is_told_beside_the_mark_below_which_nothing_is_recorded(server: Running) -> None:
    samples, of = await read(), frozenset({("of", "read audit")})
    assert samples["customer360_disk_mark_bytes", of] == 1e9
    assert samples["customer360_disk_free_bytes", of] > 0


async def test_calls_of_the_database_are_timed_and_failures_counted(counted: Counted) -> None:
    away = await ObservedStore.open(NOBODY_LISTENS, "neo4j", "password")
    with pytest.raises(ServiceUnavailable):
        await away.read("RETURN 1")
    await away.close()
    assert await counted.grown("customer360_database_seconds_count", kind="read") == 1
    assert await counted.grown("customer360_database_errors_total", kind="read", code="SERVICE_UNAVAILABLE") == 1


async def test_what_waits_is_told_and_so_is_a_database_that_is_away(store: Store) -> None:
    answered = ("customer360_database_answers", frozenset[tuple[str, str]]())
    away = await ObservedStore.open(NOBODY_LISTENS, "neo4j", "password")
    for looked_at, expected in ((store, 1), (away, 0)):
        looking = asyncio.create_task(watch_graph(looked_at))
        while (await read())[answered] != expected:
            assert not looking.done()
        looking.cancel()
    await away.close()
    assert ("customer360_waiting", frozenset({("what", "changes")})) in await read()


async def test_the_event_loop_is_watched(counted: Counted) -> None:
    watching = asyncio.create_task(watch_loop())
    while not await counted.grown("customer360_loop_delay_seconds_count"):
        assert not watching.done()
    watching.cancel()


async def test_warnings_are_counted_by_their_event_and_what_only_informs_is_not(counted: Counted) -> None:
    before = structlog.get_config()
    try:
        configure_logging(terminal=False)
        log = structlog.get_logger("customer360.試験")
        log.info("試験_began")
        log.warning("試験_failed", number="09012345678")
    finally:
        structlog.configure(**before)
    assert await counted.grown("customer360_log_lines_total", level="warning", event="試験_failed") == 1
    assert not [key for key in await read() if "試験_began" in str(key) or "0901234" in str(key)]


def test_a_port_that_is_taken_is_told_in_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(MetricsPortInUse, match=f"{port}.*METRICS_PORT"), metrics_served("127.0.0.1", port):
            pass


def test_without_a_port_nothing_is_served() -> None:
    with metrics_served("127.0.0.1", None) as port:
        assert port is None
