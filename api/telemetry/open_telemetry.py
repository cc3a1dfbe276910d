"""Spans as OpenTelemetry has them, sent to a collector over HTTP; imported only where they are wanted."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from api.telemetry.tracing import Headers

PATH, PARENT = "/v1/traces", b"traceparent"


@dataclass(frozen=True, slots=True)
class Answered:
    """The span of a request."""

    span: Span

    def answered(self, method: str, route: str, status: int, request_id: str) -> None:
        self.span.update_name(f"{method} {route}")
        self.span.set_attributes(
            {
                "http.request.method": method,
                "http.route": route,
                "http.response.status_code": status,
                "customer360.request_id": request_id,
            }
        )


@dataclass(frozen=True, slots=True)
class OpenTelemetry:
    """Spans of one tracer. What fails is told by its code elsewhere: the text of an exception can hold anything."""

    tracer: Tracer

    @contextmanager
    def request(self, headers: Headers) -> Generator[Answered]:
        given = {name.decode(): value.decode("latin-1") for name, value in headers if name == PARENT}
        parent = TraceContextTextMapPropagator().extract(given)
        with self.tracer.start_as_current_span(
            "request", parent, SpanKind.SERVER, record_exception=False, set_status_on_exception=False
        ) as span:
            yield Answered(span)

    def part(self, name: str, attributes: Mapping[str, str]) -> AbstractContextManager[Span]:
        return self.tracer.start_as_current_span(
            name, kind=SpanKind.CLIENT, attributes=attributes, record_exception=False, set_status_on_exception=False
        )


@contextmanager
def sending(address: str) -> Generator[OpenTelemetry]:
    """Yield what makes spans; they are sent in batches by a thread of their own, and the last of them at the end."""
    provider = TracerProvider(resource=Resource.create({"service.name": "customer360"}), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=address.rstrip("/") + PATH)))
    try:
        yield OpenTelemetry(provider.get_tracer("customer360"))
    finally:
        provider.shutdown()
