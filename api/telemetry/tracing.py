"""Spans of requests and of their parts, where traces are wanted; without them each of these does nothing.

A span holds a route, a method, a status and the id of the request, which its log lines have too. The middleware that
OpenTelemetry has for Starlette would add addresses and query strings, which can hold what somebody looked up.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol

from graph.errors import InvalidInput

Headers = Iterable[tuple[bytes, bytes]]
"""Names and values as they came."""


class TracingUnavailable(InvalidInput):
    """Traces are wanted, and the packages for them are not installed."""


class RequestSpan(Protocol):
    """The span of one request."""

    def answered(self, method: str, route: str, status: int, request_id: str) -> None:
        """Tell how it was answered, once that is known."""


class Spans(Protocol):
    """What makes spans."""

    def request(self, headers: Headers) -> AbstractContextManager[RequestSpan]: ...

    def part(self, name: str, attributes: Mapping[str, str]) -> AbstractContextManager[object]: ...


_spans: list[Spans] = []


def request_span(headers: Headers) -> AbstractContextManager[RequestSpan | None]:
    """Span a request, as a part of the trace that its header `traceparent` names, if there is one."""
    return _spans[-1].request(headers) if _spans else nullcontext()


def part_span(name: str, attributes: Mapping[str, str]) -> AbstractContextManager[object]:
    """Span a part of what goes on."""
    return _spans[-1].part(name, attributes) if _spans else nullcontext()


@contextmanager
def tracing(address: str | None) -> Generator[None]:
    """Send spans to a collector (its OTLP address over HTTP) until the block ends; without an address, none are made.

    Raises TracingUnavailable where the extra `tracing` is not installed.
    """
    if address is None:
        yield
        return
    try:
        from api.telemetry.open_telemetry import sending  # noqa: PLC0415  (an extra)
    except ModuleNotFoundError:
        raise TracingUnavailable("OTEL_EXPORTER_OTLP_ENDPOINT needs the extra: pip install 'customer360[tracing]'.") from None
    with sending(address) as made:
        _spans.append(made)
        try:
            yield
        finally:
            _spans.remove(made)
