"""How the brokers are reached: the settings as properties of librdkafka, without loading it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from api.process.settings import InvalidSettings, Settings

GUARANTEES = frozenset({
    "bootstrap.servers", "metadata.broker.list", "group.id", "auto.offset.reset", "partition.assignment.strategy",
    "enable.auto.commit", "auto.commit.enable", "enable.auto.offset.store", "enable.idempotence", "enable.gapless.guarantee",
    "acks", "request.required.acks", "message.timeout.ms", "delivery.timeout.ms", "partitioner", "transactional.id",
    "max.in.flight", "max.in.flight.requests.per.connection", "message.send.max.retries", "retries",
})  # fmt: skip
"""Properties on which it rests that nothing is lost and the order is kept, or that other settings say."""
MISSING = "KAFKA_BOOTSTRAP is set and the Kafka client is not installed: pip install 'customer360[kafka]'."


@dataclass(frozen=True, slots=True)
class Connection:
    """`properties` may hold secrets, which is why they are not shown."""

    properties: Mapping[str, str] = field(repr=False)


def connection(settings: Settings) -> Connection:
    """Return how the brokers are reached; raise InvalidSettings, in words without values, where the settings do not say it."""
    if settings.kafka_bootstrap is None:
        raise InvalidSettings("Settings: KAFKA_BOOTSTRAP must name the brokers.")
    if find_spec("confluent_kafka") is None:
        raise InvalidSettings(MISSING)
    path = settings.kafka_properties_file
    named = {} if path is None else properties(path)
    return Connection({**named, "bootstrap.servers": settings.kafka_bootstrap})


def properties(path: Path) -> dict[str, str]:
    """Return the properties of a file of lines `name=value`; empty lines, and those that begin with `#`, are left out."""
    try:
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError):
        raise InvalidSettings("Settings: KAFKA_PROPERTIES_FILE names a file that cannot be read.") from None
    found: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        name, equals, value = (part.strip() for part in line.partition("="))
        if not name or not equals:
            raise InvalidSettings(f"Settings: KAFKA_PROPERTIES_FILE: line {number} is no name=value.")
        found[name] = value
    if fixed := sorted(found.keys() & GUARANTEES):
        raise InvalidSettings(f"Settings: KAFKA_PROPERTIES_FILE: {', '.join(fixed)} cannot be chosen.")
    return found
