"""The settings that bound what the server takes on."""

from __future__ import annotations

from pydantic import BaseModel, Field


class LimitSettings(BaseModel):
    """What the settings of the process say of limits; what is beyond one is refused with 413, 429 or 503."""

    cost_per_minute: int = Field(
        500_000, ge=20_000, description="What one person or program may spend in a minute, in the units of `extensions.cost`."
    )
    connections_per_address: int = Field(
        500, ge=1, description="Connections that one address may keep open; a proxy on this machine is not counted."
    )
    body_limit: int = Field(16_000_000, ge=1_000, description="Largest request body in bytes.")
    free_megabytes: int = Field(
        1_000,
        ge=20,
        description="Free space in MB below which nothing new is recorded in a local graph; below a quarter, nothing at all.",
    )
    queue_capacity: int = Field(10_000, ge=1, description="Single events that may wait for the writer before 429.")
