"""kill -9 of the server and of Neo4j at counted moments of a load: after replay the graph is that of an undisturbed load."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import httpx2
import pytest

from api.access.development_tokens import Tokens
from api.process.local_keys import local_key
from graph.local import LocalServer
from graph.local.configuration import SHORT_LIVED
from graph.schema import migrate
from graph.store import Store
from tests.conftest import TEST_MEMORY, wipe
from tests.graph.intake.bolt_proxy import BoltProxy, Moment
from tests.graph.resolution.fingerprint import Fingerprint, differences, fingerprint
from tests.graph.resolution.recomputation import recompute
from tests.served import Served, served

T = TypeVar("T")
Raw = dict[str, Any]
EVENTS, BATCH = 120, 20
SERVER, NEO4J = "the server", "Neo4j"


@dataclass(frozen=True)
class Round:
    """Who is killed, when, and at which batch of the load."""

    victim: str
    moment: Moment
    batch: int

    def __str__(self) -> str:
        return f"{self.victim} {self.moment.value} of batch {self.batch}"


ROUNDS = [
    Round(SERVER, Moment.BEFORE_COMMIT, 2),
    Round(SERVER, Moment.AFTER_COMMIT, 4),
    Round(NEO4J, Moment.AFTER_COMMIT, 3),
    Round(NEO4J, Moment.BEFORE_COMMIT, 5),
    Round(SERVER, Moment.BEFORE_COMMIT, 6),
    Round(SERVER, Moment.AFTER_COMMIT, 1),
    Round(NEO4J, Moment.BEFORE_COMMIT, 1),
    Round(NEO4J, Moment.AFTER_COMMIT, 6),
    Round(SERVER, Moment.AFTER_COMMIT, 3),
    Round(NEO4J, Moment.AFTER_COMMIT, 2),
]
IN_EVERY_TEST_RUN = 3
SELECTED = [
    *(pytest.param(each, id=str(each)) for each in ROUNDS[:IN_EVERY_TEST_RUN]),
    *(pytest.param(each, id=str(each), marks=pytest.mark.soak) for each in ROUNDS[IN_EVERY_TEST_RUN:]),
]


def load_of(count: int) -> list[list[Raw]]:
    """Return batches about people of three systems who share phones, with their orders and calls; the same each time."""
    random = Random(7)
    events = [_event(number, random.randrange(count // 8), random) for number in range(count)]
    return [events[start : start + BATCH] for start in range(0, count, BATCH)]


def _event(number: int, person: int, random: Random) -> Raw:
    source = random.choice(["/ec", "/pos/shibuya", "/line/165"])
    phone = {"kind": "PHONE", "value": f"+819010{person:06d}"}
    envelope = {
        "specversion": "1.0",
        "source": source,
        "id": f"e{number}",
        "time": f"2026-04-{random.randint(1, 28):02d}T10:00:00Z",
    }
    kind = random.choice(["person", "person", "order", "call"])
    if kind == "person":
        given = random.choice(["太郎", "花子"]) if person % 7 == 0 else ["太郎", "花子", "次郎"][person % 3]
        data: Raw = {"name": {"family": "試験", "given": given}, "identifiers": [phone]}
        return {**envelope, "type": "customer360.person.v1", "subject": f"U{person}", "data": data}
    if kind == "call":
        data = {"kind": "CALL", "by": {"identifiers": [phone]}}
        return {**envelope, "type": "customer360.interaction.v1", "data": data}
    by = {"record": {"source": source, "subject": f"U{person}"}}
    data = {"currency": "JPY", "total": str(100 * number), "store": "shibuya", "by": by}
    return {**envelope, "type": "customer360.order.v1", "subject": f"o{number}", "data": data}


@dataclass
class Database:
    """A Neo4j in a data folder of its own, which may be killed and comes back."""

    folder: Path
    cache: Path
    server: LocalServer

    @classmethod
    def begin(cls, folder: Path, cache: Path) -> Database:
        return cls(folder, cache, _started(folder, cache))

    def kill(self) -> None:
        self.server.stop(at_once=True)

    def recover(self) -> None:
        self.server = _started(self.folder, self.cache)

    def ask(self, question: Callable[[Store], Awaitable[T]]) -> T:
        async def answer() -> T:
            store = await Store.open(self.server.uri, self.server.user, self.server.password)
            try:
                return await question(store)
            finally:
                await store.close()

        return asyncio.run(answer())


def _started(folder: Path, cache: Path) -> LocalServer:
    return asyncio.run(LocalServer.start(folder, cache, memory=TEST_MEMORY, flags=SHORT_LIVED))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, jars_folder: Path) -> Iterator[Database]:
    running = Database.begin(tmp_path_factory.mktemp("crash"), jars_folder)
    running.ask(migrate)
    yield running
    running.kill()


@pytest.fixture
def proxy(database: Database) -> Iterator[BoltProxy]:
    with BoltProxy(database.server.run.port) as running:
        yield running


@pytest.fixture(scope="module")
def undisturbed(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Fingerprint:
    """The fingerprint after the whole load without a crash, which is also what the recomputation says."""
    batches = load_of(EVENTS)
    folder = tmp_path_factory.mktemp("undisturbed")
    with BoltProxy(database.server.run.port) as proxy, served(folder, _settings(database, proxy)) as running:
        answers = [post(running, folder, batch) for batch in batches]
    assert {outcome for outcomes in answers for outcome in outcomes} <= {"CREATED", "UPDATED", "UNCHANGED"}
    found = database.ask(fingerprint)
    assert differences(found, recompute(raw for batch in batches for raw in batch)) == []
    return found


def _settings(database: Database, proxy: BoltProxy) -> dict[str, str]:
    return {"NEO4J_URI": proxy.uri, "NEO4J_USER": database.server.user, "NEO4J_PASSWORD": database.server.password}


def post(running: Served, folder: Path, batch: list[Raw]) -> list[str]:
    """Return the outcomes of a batch; raises httpx2.HTTPError when it is not answered, or not with success."""
    token = Tokens(local_key(folder / "data", "tokens")).issue("admin")
    answer = httpx2.post(
        f"{running.root}/events",
        json=batch,
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/cloudevents-batch+json"},
        timeout=120,
    )
    answer.raise_for_status()
    return [receipt["outcome"] for receipt in answer.json()["receipts"]]


def post_until_lost(running: Served, folder: Path, batches: list[list[Raw]]) -> int:
    """Post batch after batch and return how many were answered before one was not."""
    for answered, batch in enumerate(batches):
        try:
            post(running, folder, batch)
        except httpx2.HTTPError:
            return answered
    raise AssertionError("every batch was answered")


@pytest.mark.parametrize("each", SELECTED)
def test_a_killed_load_that_is_sent_again_ends_in_the_same_graph(
    database: Database, proxy: BoltProxy, undisturbed: Fingerprint, tmp_path: Path, each: Round
) -> None:
    batches = load_of(EVENTS)
    database.ask(wipe)
    with served(tmp_path, _settings(database, proxy)) as running:
        proxy.strike(each.batch, each.moment, running.process.kill if each.victim == SERVER else database.kill)
        answered = post_until_lost(running, tmp_path, batches)
        assert (proxy.struck.is_set(), answered) == (True, each.batch - 1)
        if each.victim == NEO4J:
            database.recover()
            proxy.port = database.server.run.port
            replayed = [post(running, tmp_path, again) for again in batches]
    if each.victim == SERVER:
        with served(tmp_path, _settings(database, proxy)) as restarted:
            replayed = [post(restarted, tmp_path, again) for again in batches]
    committed = answered + (each.moment is Moment.AFTER_COMMIT)
    assert [set(outcomes) == {"REPEATED"} for outcomes in replayed] == [n < committed for n in range(len(batches))]
    assert all("REPEATED" not in outcomes for outcomes in replayed[committed:])
    assert differences(database.ask(fingerprint), undisturbed) == []
