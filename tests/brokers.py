"""Kafka brokers in this process: the mock cluster of librdkafka, which keeps no data, and what a test reads from it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from confluent_kafka import Consumer, Message, Producer, TopicPartition
from confluent_kafka.admin import AdminClient

from api.kafka.connection import Connection

QUIET = logging.getLogger("tests.brokers")
QUIET.propagate = False
SECONDS = 60
NO_PROPERTIES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Brokers:
    bootstrap: str

    def connection(self, properties: Mapping[str, str] = NO_PROPERTIES) -> Connection:
        return Connection({"bootstrap.servers": self.bootstrap, **properties})

    def write(self, topic: str, messages: Sequence[tuple[str, bytes | None]]) -> None:
        """Write messages, key and value, in their order."""
        producer = Producer({"bootstrap.servers": self.bootstrap, "enable.idempotence": True}, logger=QUIET)
        for key, value in messages:
            producer.produce(topic, value, key)
        assert producer.flush(SECONDS) == 0

    def read(self, topic: str) -> list[Message]:
        """Return all messages of a topic, by partition and offset."""
        with self._reader("tests.read") as reader:
            ends = [(each, reader.get_watermark_offsets(each, SECONDS)) for each in self._partitions(reader, topic)]
            left = sum(high - low for _, (low, high) in ends)
            reader.assign([TopicPartition(topic, each.partition, low) for each, (low, _) in ends])
            found: list[Message] = []
            while len(found) < left:
                came = reader.consume(left, SECONDS)
                assert came, f"{len(found)} of {left} messages came"
                found += came
        assert [each.error() for each in found if each.error()] == []
        return sorted(found, key=lambda each: (each.partition() or 0, each.offset() or 0))

    def committed(self, group: str, topic: str) -> int:
        """Return how many messages of a topic a group has committed, over all partitions."""
        with self._reader(group) as reader:
            places = reader.committed(self._partitions(reader, topic), SECONDS)
        return sum(max(each.offset, 0) for each in places)

    def _partitions(self, reader: Consumer, topic: str) -> list[TopicPartition]:
        known = reader.list_topics(topic, SECONDS).topics[topic].partitions
        return [TopicPartition(topic, partition) for partition in sorted(known)]

    @contextmanager
    def _reader(self, group: str) -> Iterator[Consumer]:
        config = {"bootstrap.servers": self.bootstrap, "group.id": group, "enable.auto.commit": False}
        reader = Consumer(config, logger=QUIET)
        try:
            yield reader
        finally:
            reader.close()


@contextmanager
def mock_brokers() -> Iterator[Brokers]:
    """Run one broker for as long as the block; topics come into being with four partitions when they are first written to."""
    # The mock cluster takes the place of whatever is named.
    cluster = AdminClient({"bootstrap.servers": "127.0.0.1:9", "test.mock.num.brokers": 1}, logger=QUIET)
    brokers = cluster.list_topics(timeout=SECONDS).brokers.values()
    yield Brokers(",".join(f"{each.host}:{each.port}" for each in brokers))
