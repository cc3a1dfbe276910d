"""What is begun where Kafka is set up: the one place that loads its client, and only then."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import partial
from typing import Any, Protocol

from api.kafka.connection import connection
from api.process.settings import Settings
from graph.store import Store


class Stream(Protocol):
    def __call__(self, store: Store) -> Coroutine[Any, Any, None]: ...


def publishing(settings: Settings) -> list[Stream]:
    """Return what publishes changes for as long as the server runs: nothing without brokers. Raises InvalidSettings."""
    if settings.kafka_bootstrap is None:
        return []
    reached = connection(settings)
    from api.kafka.producing import Topic  # noqa: PLC0415 (only where Kafka is set up)
    from api.kafka.publishing import publish  # noqa: PLC0415

    # Opened once and let go: what the client does not take is told at the start.
    Topic(reached, settings.kafka_topic).close()
    return [partial(publish, topic_of=partial(Topic, reached, settings.kafka_topic))]
