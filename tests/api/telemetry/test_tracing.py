"""Traces, as a collector gets them: routes and calls of the database within the trace of whoever asked, and no value."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from api.telemetry.observed_store import ObservedStore
from api.telemetry.tracing import TracingUnavailable, part_span, request_span, tracing
from tests.running import Running, running

if TYPE_CHECKING:
    from opentelemetry.proto.trace.v1.trace_pb2 import Span

    from graph.local import LocalServer

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
LOOK_UP = "query ($text: String!) { lookUp(input: {query: $text}) { candidates { __typename } } }"


class Collector:
    """A collector of OpenTelemetry on a free port: keeps what it is sent."""

    def __init__(self) -> None:
        bodies = self.bodies = list[bytes]()

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.path == "/v1/traces"
                bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Door)
        self.thread = Thread(target=self.server.serve_forever)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    @property
    def spans(self) -> list[Span]:
        requests = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [
            span
            for request in requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


@pytest.fixture
def collector() -> Iterator[Collector]:
    opened = Collector()
    opened.thread.start()
    yield opened
    opened.server.shutdown()
    opened.server.server_close()
    opened.thread.join()


@pytest.fixture
async def server(neo4j_server: LocalServer, tmp_path: Path) -> AsyncIterator[Running]:
    store = await ObservedStore.open(neo4j_server.uri, neo4j_server.user, neo4j_server.password)
    async with running(store, tmp_path) as opened:
        yield opened
    await store.close()


def told(span: Span) -> dict[str, str]:
    return {each.key: each.value.string_value or str(each.value.int_value) for each in span.attributes}


async def look_up(server: Running, text: str, **headers: str) -> str:
    answer = await server.client.post(
        "/graphql", json={"query": LOOK_UP, "variables": {"text": text}}, headers={**server.bearer("call_center"), **headers}
    )
    assert answer.status_code == 200, answer.text
    assert "errors" not in answer.json(), answer.text
    return answer.headers["X-Request-Id"]


async def test_a_request_is_a_span_of_the_trace_that_it_names_and_holds_its_calls_of_the_database(
    server: Running, collector: Collector
) -> None:
    with tracing(collector.address):
        request_id = await look_up(server, "090-1234-5678", traceparent=f"00-{TRACE}-{PARENT}-01")
    [request] = [span for span in collector.spans if span.name == "POST /graphql"]
    assert (request.trace_id.hex(), request.parent_span_id.hex()) == (TRACE, PARENT)
    assert told(request) == {
        "http.request.method": "POST",
        "http.route": "/graphql",
        "http.response.status_code": "200",
        "customer360.request_id": request_id,
    }
    calls = [span for span in collector.spans if span.parent_span_id == request.span_id]
    assert calls
    assert {span.name for span in calls} <= {"neo4j read", "neo4j write"}


async def test_no_span_holds_what_somebody_looked_up_or_an_address(server: Running, collector: Collector) -> None:
    with tracing(collector.address):
        await look_up(server, "試験カナリア")
        await server.client.get("/admin/customers/CANARY?query=CANARY")
    sent = b"".join(collector.bodies)
    assert b"/admin/customers/{id}" in sent
    assert b"CANARY" not in sent
    assert "カナリア".encode() not in sent


def test_what_fails_is_spanned_without_its_text(collector: Collector) -> None:
    with tracing(collector.address), pytest.raises(ValueError, match="CANARY"), request_span([]), part_span("neo4j read", {}):
        raise ValueError("CANARY")
    assert {span.name for span in collector.spans} == {"request", "neo4j read"}
    assert b"CANARY" not in b"".join(collector.bodies)


def test_a_collector_that_is_away_stops_nothing() -> None:
    with tracing("http://127.0.0.1:9"), request_span([]) as span:
        assert span is not None


def test_without_an_address_nothing_is_spanned() -> None:
    with tracing(None), request_span([]) as span:
        assert span is None


def test_without_the_extra_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    monkeypatch.delitem(sys.modules, "api.telemetry.open_telemetry", raising=False)
    with pytest.raises(TracingUnavailable, match="tracing"), tracing("http://127.0.0.1:4318"):
        pass
