"""Every metric of the process, with its labels; docs/run-in-production.md lists them, deploy/prometheus has alerts on them."""

from __future__ import annotations

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)

disable_created_metrics()
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)

QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Seconds, for what somebody waits for."""

REQUESTS = Counter(
    "customer360_http_requests", "Requests answered, by route and status.", ("route", "method", "status"), registry=REGISTRY
)
REQUEST_SECONDS = Histogram(
    "customer360_http_request_seconds",
    "From a request to the beginning of its answer: streams go on for long.",
    ("route",),
    buckets=QUICK,
    registry=REGISTRY,
)
REQUESTS_OPEN = Gauge("customer360_http_requests_open", "Requests and streams that are being answered.", registry=REGISTRY)
WEBSOCKETS_OPEN = Gauge("customer360_websockets_open", "WebSockets of subscriptions that are open.", registry=REGISTRY)
CONNECTIONS_OPEN = Gauge("customer360_connections_open", "TCP connections at the HTTP port.", registry=REGISTRY)

GRAPHQL_ERRORS = Counter("customer360_graphql_errors", "Errors in answers of the schema, by code.", ("code",), registry=REGISTRY)
EVENTS = Counter("customer360_events", "Events answered, by the outcome in their receipt.", ("outcome",), registry=REGISTRY)
EVENT_SECONDS = Histogram(
    "customer360_event_seconds",
    "From the arrival of events (one request or connector) to their commit.",
    buckets=QUICK,
    registry=REGISTRY,
)
EVENTS_QUEUED = Gauge("customer360_events_queued", "Events that wait for the writer.", registry=REGISTRY)
EVENTS_QUEUE_CAPACITY = Gauge("customer360_events_queue_capacity", "Events that may wait before 429.", registry=REGISTRY)
WRITER_RUNS = Gauge("customer360_event_writer_runs", "1 while events are written.", registry=REGISTRY)

DATABASE_SECONDS = Histogram(
    "customer360_database_seconds",
    "Calls of the database, with their retries: `read` of one statement, `write` of one transaction.",
    ("kind",),
    buckets=QUICK,
    registry=REGISTRY,
)
DATABASE_ERRORS = Counter(
    "customer360_database_errors", "Calls of the database that failed, by code.", ("kind", "code"), registry=REGISTRY
)
DATABASE_ANSWERS = Gauge("customer360_database_answers", "1 when the database answered the last look at it.", registry=REGISTRY)

WAITING = Gauge("customer360_waiting", "What waits in the graph to be done, by kind.", ("what",), registry=REGISTRY)
WAITING_SECONDS = Gauge("customer360_waiting_seconds", "For how long the oldest of it has waited.", ("what",), registry=REGISTRY)

DISK_FREE = Gauge(
    "customer360_disk_free_bytes",
    "Free space for the graph, where it is local, and for the read audit.",
    ("of",),
    registry=REGISTRY,
)
DISK_MARK = Gauge("customer360_disk_mark_bytes", "Free space below which nothing new is recorded.", ("of",), registry=REGISTRY)

LOOP_DELAY = Histogram(
    "customer360_loop_delay_seconds",
    "By how much the event loop wakes up too late, looked at four times a second.",
    buckets=QUICK,
    registry=REGISTRY,
)
LOG_LINES = Counter(
    "customer360_log_lines", "Lines of the log of level warning and above, by their event.", ("level", "event"), registry=REGISTRY
)
