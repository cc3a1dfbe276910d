"""Events from Kafka: recorded before their offset is committed, in their order, and what is refused is kept with its reason."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from api.commands.consume import intake_of, take
from api.kafka.consuming import Consuming, consumer_of
from api.kafka.producing import Topic
from api.process.background import write_events
from api.process.graph_connection import ended
from api.process.settings import Settings
from graph.errors import ServiceUnavailable
from graph.intake.receipts import Receipt
from tests.brokers import Brokers, mock_brokers
from tests.conftest import wipe
from tests.served import PROGRAM, environment, graph_of

if TYPE_CHECKING:
    from graph.local import LocalServer
    from graph.store import Store

EVENTS, REFUSED, GROUP = "events", "refused", "group"
SESSION = {"session.timeout.ms": "6000", "heartbeat.interval.ms": "300"}
DIES = """
import os, signal, sys
from api.kafka import consuming
from api.commands.command_line import main

consuming.Consuming._commit = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
sys.argv[1:] = ["consume", "events", "--group", "group", "--refused", "refused"]
main()
"""


@pytest.fixture(autouse=True)
async def empty(store: Store) -> None:
    await wipe(store)


@pytest.fixture
def brokers() -> Iterator[Brokers]:
    with mock_brokers() as running:
        yield running


def person(number: int, **data: Any) -> tuple[str, bytes]:
    """Return the message of an event about one person, with their id as its key."""
    subject = f"U-{number % 7}"
    envelope = {"specversion": "1.0", "type": "customer360.person.v1", "source": "/ec", "id": f"e-{number}", "subject": subject}
    time = f"2026-04-01T10:{number // 60:02d}:{number % 60:02d}Z"
    return subject, orjson.dumps({**envelope, "time": time, "data": {"name": {"full": f"試験 {number}"}, **data}})


def settings(server: LocalServer, brokers: Brokers, folder: Path) -> dict[str, str]:
    """Return the environment of the command, with a session that ends soon once a member is gone."""
    properties = folder / "kafka.properties"
    properties.write_text("".join(f"{name}={value}\n" for name, value in SESSION.items()))
    kafka = {"KAFKA_BOOTSTRAP": brokers.bootstrap, "KAFKA_PROPERTIES_FILE": str(properties)}
    return environment(**graph_of(server), **kafka, DATA_FOLDER=str(folder))


@asynccontextmanager
async def intake(store: Store, folder: Path) -> AsyncIterator[Callable[[Sequence[bytes | None]], Awaitable[list[Receipt]]]]:
    """The intake of the command, with its writer at work."""
    events, queue = intake_of(Settings(data_folder=folder), store)
    writing = asyncio.create_task(write_events(queue))
    await asyncio.sleep(0)
    yield partial(take, events)
    await ended(writing)


@asynccontextmanager
async def consuming(
    brokers: Brokers, taking: Callable[[Sequence[bytes | None]], Awaitable[list[Receipt]]]
) -> AsyncIterator[None]:
    """Consume until the block ends, with a session that ends soon."""
    reached = brokers.connection(SESSION)
    stopping = asyncio.Event()
    running = Consuming(consumer_of(reached, GROUP, [EVENTS]), taking, Topic(brokers.connection(), REFUSED)).run(stopping)
    task = asyncio.create_task(running)
    try:
        yield
    finally:
        stopping.set()
        await task


async def committed(brokers: Brokers, count: int) -> None:
    """Return once the group has committed so many messages."""
    async with asyncio.timeout(120):
        while await asyncio.to_thread(brokers.committed, GROUP, EVENTS) < count:
            await asyncio.sleep(0.05)


async def names(store: Store) -> list[str]:
    rows = await store.read("MATCH (r:SourceRecord) RETURN r.name_full ORDER BY r.name_full")
    return [name for (name,) in rows]


async def receipts(store: Store) -> int:
    return (await store.read("MATCH (r:Receipt) RETURN count(*)"))[0][0]


async def test_events_are_recorded_in_their_order_and_committed_and_refused_ones_are_kept_with_the_reason(
    store: Store, brokers: Brokers, tmp_path: Path
) -> None:
    personal = "090-1234-5678"
    bad = ("U-bad", orjson.dumps({**orjson.loads(person(50)[1]), "id": "bad", "data": {"nmae": personal}}))
    others: list[tuple[str, bytes | None]] = [("U-none", None), ("U-text", b"no JSON"), bad]
    brokers.write(EVENTS, [*(person(number) for number in range(28)), *others])
    async with intake(store, tmp_path) as taking, consuming(brokers, taking):
        await committed(brokers, 31)
    assert await names(store) == [f"試験 {number}" for number in range(21, 28)], "the newest of each person"
    assert await receipts(store) == 28
    kept = {(each.key() or b"").decode(): each for each in brokers.read(REFUSED)}
    assert {key: each.value() for key, each in kept.items()} == dict(others)
    reasons = {key: {name: value.decode() for name, value in headers_of(each)} for key, each in kept.items()}
    assert {key: (each["error-code"], each["error-pointer"]) for key, each in reasons.items()} == {
        "U-none": ("INVALID_JSON", ""),
        "U-text": ("INVALID_JSON", ""),
        "U-bad": ("INVALID_EVENT", "/data/nmae"),
    }
    assert reasons["U-bad"].keys() == {"error-code", "error-pointer", "origin-topic", "origin-partition", "origin-offset"}
    assert personal not in str(reasons)


def headers_of(message: Any) -> list[tuple[str, bytes]]:
    return list(message.headers())


async def test_while_events_cannot_be_recorded_nothing_overtakes_them_and_nothing_is_committed(
    store: Store, brokers: Brokers, tmp_path: Path
) -> None:
    brokers.write(EVENTS, [person(0)])
    asked: list[list[str]] = []
    seen, may_go_on = asyncio.Event(), asyncio.Event()

    async with intake(store, tmp_path) as taking:

        async def unavailable(values: Sequence[bytes | None]) -> list[Receipt]:
            asked.append([orjson.loads(value or b"")["id"] for value in values])
            if len(asked) < 3:
                raise ServiceUnavailable("away")
            if len(asked) == 3:
                seen.set()
                await may_go_on.wait()
            return await taking(values)

        async with consuming(brokers, unavailable):
            await seen.wait()
            brokers.write(EVENTS, [person(7), person(14)])
            assert brokers.committed(GROUP, EVENTS) == 0
            may_go_on.set()
            await committed(brokers, 3)
    assert asked[:3] == [["e-0"]] * 3
    assert [each for some in asked[3:] for each in some] == ["e-7", "e-14"]
    assert await names(store) == ["試験 14"]


async def test_two_of_a_group_share_the_partitions_and_record_every_event_once(
    store: Store, brokers: Brokers, tmp_path: Path
) -> None:
    brokers.write(EVENTS, [person(number) for number in range(40)])
    took: dict[str, int] = {"first": 0, "second": 0}
    async with intake(store, tmp_path) as taking:

        async def counted(name: str, values: Sequence[bytes | None]) -> list[Receipt]:
            took[name] += len(values)
            return await taking(values)

        async with consuming(brokers, partial(counted, "first")):
            await committed(brokers, 40)
            async with consuming(brokers, partial(counted, "second")), asyncio.timeout(120):
                written = 40
                while not took["second"]:
                    brokers.write(EVENTS, [person(number) for number in range(written, written + 7)])
                    written += 7
                    await committed(brokers, written)
    assert took["first"] >= 40
    assert await receipts(store) == written
    assert await names(store) == sorted(f"試験 {number}" for number in range(written - 7, written))


async def test_killed_between_recording_and_committing_the_next_one_gets_the_events_again_and_nothing_is_there_twice(
    store: Store, neo4j_server: LocalServer, brokers: Brokers, tmp_path: Path
) -> None:
    brokers.write(EVENTS, [person(number) for number in range(14)])
    env = settings(neo4j_server, brokers, tmp_path)
    dying = await asyncio.create_subprocess_exec(sys.executable, "-c", DIES, env=env)
    assert await dying.wait() == -signal.SIGKILL
    before = await receipts(store)
    assert before > 0
    assert brokers.committed(GROUP, EVENTS) == 0
    async with intake(store, tmp_path) as taking, consuming(brokers, taking):
        await committed(brokers, 14)
    assert await receipts(store) == 14
    assert await names(store) == sorted(f"試験 {number}" for number in range(7, 14))


async def test_the_command_records_until_it_is_told_to_stop_and_ends_in_order(
    store: Store, neo4j_server: LocalServer, brokers: Brokers, tmp_path: Path
) -> None:
    brokers.write(EVENTS, [person(number) for number in range(7)])
    env = settings(neo4j_server, brokers, tmp_path)
    command = [PROGRAM, "consume", EVENTS, "--group", GROUP]
    process = await asyncio.create_subprocess_exec(*command, env=env, stderr=asyncio.subprocess.PIPE)
    await committed(brokers, 7)
    process.send_signal(signal.SIGTERM)
    said = (await process.communicate())[1].decode()
    assert process.returncode == 0, said
    assert "Recording events from events." in said
    assert "試験" not in said
    assert await receipts(store) == 7
