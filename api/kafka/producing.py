"""Messages to a topic, in their order: each arrives at least once, and none before an earlier one of its key."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from confluent_kafka import KafkaError, KafkaException, Message, Producer

from api.kafka.connection import Connection
from api.process.settings import InvalidSettings
from graph.errors import Customer360Error

LOGGER = logging.getLogger("customer360.kafka")
"""Where librdkafka tells of brokers that it cannot reach."""
# A message waits for its broker for as long as it takes: one that was given up would leave a gap before those after it.
IN_ORDER: Mapping[str, str | bool | int] = {
    "enable.idempotence": True,
    "enable.gapless.guarantee": True,
    "message.timeout.ms": 0,
    "partitioner": "murmur2_random",
}


class KafkaFailed(Customer360Error):
    """The brokers refuse something that trying again does not change; the message names the code of librdkafka."""

    code = "KAFKA_FAILED"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message; those of one key go to one partition."""

    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | str | None]]


class Topic:
    """A topic to write to. Its methods wait, so they are called in a thread of their own."""

    def __init__(self, connection: Connection, name: str) -> None:
        """Raise InvalidSettings where librdkafka does not take the properties."""
        self._name = name
        self._failed: KafkaError | None = None
        try:
            self._producer = Producer({**connection.properties, **IN_ORDER}, logger=LOGGER)
        except KafkaException as error:
            raise not_taken(error) from None

    def send(self, messages: Sequence[Outgoing]) -> None:
        """Have messages sent, in their order; raise KafkaFailed for one that is too large."""
        for each in messages:
            try:
                self._producer.produce(self._name, each.value, each.key, headers=list(each.headers), on_delivery=self._delivered)
            except KafkaException as error:
                raise self._refusal(error.args[0]) from None

    def arrived(self, seconds: float) -> bool:
        """Wait for up to so many seconds and tell whether all that was sent has arrived; raise KafkaFailed where some cannot."""
        left = self._producer.flush(seconds)
        if self._failed is not None:
            raise self._refusal(self._failed)
        return left == 0

    def close(self) -> None:
        """Give up what has not arrived."""
        self._producer.purge()
        self._producer.flush(1)

    def _refusal(self, error: KafkaError) -> KafkaFailed:
        return KafkaFailed(f"Kafka takes no messages for the topic {self._name}: {error.name()}.")

    def _delivered(self, error: KafkaError | None, _: Message) -> None:
        if error is not None and error.code() not in (KafkaError._PURGE_QUEUE, KafkaError._PURGE_INFLIGHT):  # noqa: SLF001
            self._failed = error


def not_taken(error: KafkaException) -> InvalidSettings:
    """Return what to say of properties that librdkafka refuses: their name, and no value."""
    named = re.search(r'property:? "([^"]+)"', str(error.args[0]))
    which = f": {named[1]}" if named else ""
    return InvalidSettings(f"Settings: KAFKA_PROPERTIES_FILE is not taken by the Kafka client{which}.")
