"""Changes to Kafka: at least once, in the order of commits for each key, whoever dies when."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from api.kafka.producing import KafkaFailed, Outgoing, Topic
from api.kafka.publishing import publish_next
from graph.changes.following import changes_after
from graph.changes.numbering import number_changes
from graph.changes.passing import KAFKA, move_place, take_place
from graph.writes.changes import Change, forget_changes, forget_published
from graph.writes.unit import Unit, execute
from resolvers.engine import ids
from resolvers.live.events import as_told
from tests.brokers import Brokers, mock_brokers
from tests.conftest import wipe
from tests.served import environment, graph_of

if TYPE_CHECKING:
    from confluent_kafka import Message

    from graph.local import LocalServer
    from graph.store import Store

TOPIC = "changes"
DIES = """
import asyncio, os, signal, sys
import api.kafka.publishing as publishing
from api.kafka.connection import Connection
from api.kafka.producing import Topic
from graph.store import Store

async def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

async def main():
    store = await Store.open(os.environ["NEO4J_URI"], os.environ["NEO4J_USER"], os.environ["NEO4J_PASSWORD"])
    publishing.move_place = die
    await publishing.publish_next(store, "dies", Topic(Connection({"bootstrap.servers": sys.argv[1]}), "changes"))

asyncio.run(main())
"""


@pytest.fixture(autouse=True)
async def empty(store: Store) -> None:
    await wipe(store)


@pytest.fixture
def brokers() -> Iterator[Brokers]:
    with mock_brokers() as running:
        yield running


@pytest.fixture
async def topic(brokers: Brokers) -> AsyncIterator[Topic]:
    opened = Topic(brokers.connection(), TOPIC)
    yield opened
    opened.close()


async def change(store: Store, *keys: str) -> None:
    """Note a change of each of these stores, and have them numbered."""

    async def work(unit: Unit) -> None:
        for key in keys:
            unit.note(Change(f"Store:{key}", "store.changed", (f"Store:{key}",), ("name",)))

    await execute(store, (), work)
    while await number_changes(store, "relay"):
        pass


async def end_lease(store: Store) -> None:
    """Do what time does with the lease of one that is gone."""
    await store.write(lambda transaction: transaction.run("MATCH (l:Lease {name: 'kafka'}) SET l.until = 0"))


def headers(message: Message) -> dict[str, str]:
    given: Any = message.headers()
    return {name: value.decode() for name, value in given}


def numbers_by_key(messages: list[Message]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for each in messages:
        found[(each.key() or b"").decode()].append(int(headers(each)["seq"]))
    return found


async def test_a_change_is_published_as_the_subscription_tells_it_under_its_key(
    store: Store, brokers: Brokers, topic: Topic
) -> None:
    await change(store, "a", "b")
    assert await publish_next(store, "one", topic) == 2
    [first, second] = sorted(brokers.read(TOPIC), key=lambda each: headers(each)["seq"])
    [told, _] = [as_told(each) for each in await changes_after(store, 0)]
    assert (first.key() or b"").decode() == told["key"] == ids.encode("Store", "a")
    assert orjson.loads(first.value() or b"") == told
    assert told.keys() == {"cursor", "type", "key", "refs", "fields", "changedAt"}
    assert headers(first) == {"content-type": "application/json", "type": "store.changed", "seq": "1"}
    assert headers(second)["seq"] == "2"


async def test_what_has_arrived_is_not_published_again_and_one_holder_publishes_at_a_time(
    store: Store, brokers: Brokers, topic: Topic
) -> None:
    await change(store, "a")
    assert await publish_next(store, "one", topic) == 1
    assert await publish_next(store, "one", topic) == 0
    await change(store, "a")
    assert await publish_next(store, "two", topic) is None
    assert await publish_next(store, "one", topic) == 1
    await change(store, "a")
    await end_lease(store)
    assert await publish_next(store, "two", topic) == 1
    assert not await move_place(store, KAFKA, "one", 99)
    assert numbers_by_key(brokers.read(TOPIC)) == {ids.encode("Store", "a"): [1, 2, 3]}


async def test_killed_between_publishing_and_moving_its_place_nothing_is_lost_and_the_order_is_kept(
    store: Store, neo4j_server: LocalServer, brokers: Brokers, topic: Topic
) -> None:
    for round_number in range(3):
        await change(store, *(f"{round_number % 2}{number}" for number in range(5)), "all")
        env = environment(**graph_of(neo4j_server))
        dying = await asyncio.create_subprocess_exec(sys.executable, "-c", DIES, brokers.bootstrap, env=env)
        assert await dying.wait() == -signal.SIGKILL
        await end_lease(store)
        assert await take_place(store, KAFKA, "looks") == (0 if round_number == 0 else 6 * (round_number))
        await end_lease(store)
        assert await publish_next(store, f"next {round_number}", topic) == 6
        await end_lease(store)
    by_key = numbers_by_key(brokers.read(TOPIC))
    first_seen = {key: list(dict.fromkeys(found)) for key, found in by_key.items()}
    assert sorted(number for found in first_seen.values() for number in found) == list(range(1, 19))
    assert all(found == sorted(found) for found in first_seen.values())
    assert sum(len(found) for found in by_key.values()) == 36, "each was published by the one that died and by the next"


async def test_only_what_has_arrived_is_forgotten_where_changes_are_published(store: Store, topic: Topic) -> None:
    later = datetime.now(UTC) + timedelta(minutes=1)
    await change(store, "a")
    assert await forget_published(store, later) == 0
    assert await publish_next(store, "one", topic) == 1
    await change(store, "b")
    assert await forget_published(store, later) == 1
    assert [each.seq for each in await changes_after(store, 0)] == [2]
    assert await forget_changes(store, later) == 1


async def test_a_broker_that_is_away_is_waited_for_and_the_place_stays(store: Store, brokers: Brokers) -> None:
    await change(store, "a")
    away = Topic(Brokers("127.0.0.1:9").connection(), TOPIC)
    away.send([Outgoing(b"key", b"value", ())])
    assert not away.arrived(0.1)
    away.close()
    assert await take_place(store, KAFKA, "looks") == 0


async def test_what_kafka_refuses_is_told_by_its_code_and_the_next_topic_begins_at_the_place(
    store: Store, brokers: Brokers, topic: Topic
) -> None:
    await change(store, "a")
    small = Topic(brokers.connection({"message.max.bytes": "1000"}), TOPIC)
    with pytest.raises(KafkaFailed, match="MSG_SIZE_TOO_LARGE"):
        small.send([Outgoing(b"key", bytes(2_000), ())])
    small.close()
    assert await publish_next(store, "one", topic) == 1
    assert numbers_by_key(brokers.read(TOPIC)) == {ids.encode("Store", "a"): [1]}
