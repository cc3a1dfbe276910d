"""Events from topics: recorded as they come, their offsets committed only then; refused ones go to a topic of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import structlog
from confluent_kafka import Consumer, KafkaError, KafkaException, Message, TopicPartition

from api.kafka.connection import Connection
from api.kafka.producing import LOGGER, KafkaFailed, Outgoing, Topic, not_taken
from graph.errors import Overloaded, ServiceUnavailable
from graph.events.outcomes import REJECTED
from graph.intake.receipts import Receipt

AT_ONCE = 500
"""Messages of one transaction."""
WAIT_SECONDS, PAUSE_SECONDS = 0.5, 1.0
"""For how long messages are waited for, and after how long the partitions of those that are not recorded yet rest."""
NOT_THERE_YET = frozenset({KafkaError.UNKNOWN_TOPIC_OR_PART, KafkaError._ALL_BROKERS_DOWN, KafkaError._TRANSPORT})  # noqa: SLF001
"""What passes by itself: a topic that nobody has written to yet, brokers that are away."""

Take: TypeAlias = Callable[[Sequence[bytes | None]], Awaitable[list[Receipt]]]
"""Records the values of messages and returns their receipts, in the order given; raises as the intake does."""

log = structlog.stdlib.get_logger("customer360.kafka")


def consumer_of(connection: Connection, group: str, topics: Sequence[str]) -> Consumer:
    """Return a consumer that begins with the oldest message; raise InvalidSettings where librdkafka does not take it."""
    own = {
        "group.id": group,
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
        "partition.assignment.strategy": "cooperative-sticky",
    }
    try:
        consumer = Consumer({**connection.properties, **own}, logger=LOGGER)
    except KafkaException as error:
        raise not_taken(error) from None
    consumer.subscribe(list(topics))
    return consumer


@dataclass(slots=True)
class Consuming:
    """`refused` is the topic for messages that are no events that can be recorded."""

    consumer: Consumer
    take: Take
    refused: Topic
    recorded: dict[tuple[str, int], int] = field(default_factory=dict[tuple[str, int], int])
    """By topic and partition the offset after the last message that is recorded and whose offset is not committed."""

    async def run(self, stopping: asyncio.Event) -> None:
        """Go on until told to stop; raise KafkaFailed where the brokers refuse. What is not committed then comes again."""
        early: list[Message] = []
        try:
            while not stopping.is_set():
                came = early or await asyncio.to_thread(self.consumer.consume, AT_ONCE, WAIT_SECONDS)
                early = []
                if self.recorded and not came:
                    await asyncio.to_thread(self._commit)  # a rebalance under way refuses it: again until it is over
                if messages := [message for message in came if is_event(message)]:
                    early = await self._settle(messages, stopping)
        finally:
            await asyncio.to_thread(self.consumer.close)
            await asyncio.to_thread(self.refused.close)

    async def _settle(self, messages: Sequence[Message], stopping: asyncio.Event) -> list[Message]:
        """Record messages and commit their offsets; return what came meanwhile, which is nothing but for a new partition.

        While they cannot be recorded the partitions rest, so that nothing overtakes them and the group keeps its member.
        """
        early: list[Message] = []
        recording = asyncio.create_task(self._record(messages))
        try:
            while not (await asyncio.wait({recording}, timeout=PAUSE_SECONDS))[0]:
                if stopping.is_set():
                    return early
                early += await asyncio.to_thread(self._rest)
            recording.result()
        finally:
            recording.cancel()
            await asyncio.gather(recording, return_exceptions=True)
        self.recorded |= next_offsets(messages)
        await asyncio.to_thread(self._commit)
        return early

    async def _record(self, messages: Sequence[Message]) -> None:
        receipts = await self._taken([message.value() for message in messages])
        letters = [letter(message, each) for message, each in zip(messages, receipts, strict=True) if each.outcome == REJECTED]
        if letters:
            await asyncio.to_thread(self.refused.send, letters)
            while not await asyncio.to_thread(self.refused.arrived, WAIT_SECONDS):
                log.warning("refused_events_wait", count=len(letters))
        log.info("events_consumed", count=len(messages), refused=len(letters))

    async def _taken(self, values: Sequence[bytes | None]) -> list[Receipt]:
        while True:
            try:
                return await self.take(values)
            except (ServiceUnavailable, Overloaded) as error:
                log.warning("events_wait", code=error.code)
                await asyncio.sleep(PAUSE_SECONDS)

    def _rest(self) -> list[Message]:
        self.consumer.pause(self.consumer.assignment())
        message = self.consumer.poll(0)
        return [] if message is None else [message]

    def _commit(self) -> None:
        own = self.consumer.assignment()
        held = {(each.topic, each.partition) for each in own}
        # What has gone to another member comes to it again from the last commit on, and the intake knows it.
        self.recorded = {place: offset for place, offset in self.recorded.items() if place in held}
        try:
            if offsets := [TopicPartition(*place, offset) for place, offset in self.recorded.items()]:
                done = self.consumer.commit(offsets=offsets, asynchronous=False)
                for each in done:
                    if each.error is None:
                        self.recorded.pop((each.topic, each.partition), None)
        except KafkaException as error:
            log.warning("offsets_not_committed", reason=code_of(error))
        self.consumer.resume(own)


def is_event(message: Message) -> bool:
    """Tell whether it is a message and no word of the brokers; raise KafkaFailed for one that does not pass by itself."""
    error = message.error()
    if error is None:
        return True
    if error.fatal() or error.code() not in NOT_THERE_YET:
        raise KafkaFailed(f"Kafka gives no messages: {error.name()}.")
    log.warning("messages_wait", reason=error.name())
    return False


def next_offsets(messages: Sequence[Message]) -> dict[tuple[str, int], int]:
    """Return for each topic and partition the offset after the last of its messages."""
    return {(message.topic() or "", message.partition() or 0): (message.offset() or 0) + 1 for message in messages}


def letter(message: Message, receipt: Receipt) -> Outgoing:
    """Return a message as it came, with why it was refused and where it stood: codes and a pointer, no value."""
    error = receipt.error
    why = [("error-code", error.code if error else REJECTED), ("error-pointer", (error.pointer if error else None) or "")]
    where = [
        ("origin-topic", message.topic()),
        ("origin-partition", str(message.partition())),
        ("origin-offset", str(message.offset())),
    ]
    return Outgoing(message.key(), message.value(), [*headers_of(message), *why, *where])


def headers_of(message: Message) -> list[tuple[str, Any]]:
    given = message.headers() or []
    return list(given.items()) if isinstance(given, dict) else list(given)


def code_of(error: KafkaException) -> str:
    cause = error.args[0] if error.args else None
    return cause.name() if isinstance(cause, KafkaError) else type(error).__name__
