"""The settings of what the server tells of itself."""

from __future__ import annotations

from pydantic import BaseModel, Field


class TelemetrySettings(BaseModel):
    """What the settings of the process say of metrics and traces (docs/run-in-production.md)."""

    metrics_port: int | None = Field(
        None, ge=1, le=65535, description="Port for metrics of Prometheus at `/metrics`; without it none are served."
    )
    metrics_host: str = Field("127.0.0.1", description="Address to serve them on; nobody signs in there.")
    otel_exporter_otlp_endpoint: str | None = Field(
        None, description="Address of an OpenTelemetry collector (OTLP over HTTP) for traces; needs the extra `tracing`."
    )
