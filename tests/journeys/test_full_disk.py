"""A disk fills in the middle of a load: events are refused with the reason, reads go on, and nothing acknowledged is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.access.development_tokens import Tokens
from api.process.local_keys import local_key
from graph.free_space import MEGABYTE
from graph.local import LocalServer
from tests.disks import fill, make_room, small_disk
from tests.journeys.test_lost_database import EVENT, asked
from tests.served import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.served import Served

DISK, MARK = 400, 80
BATCH = "application/cloudevents-batch+json"
READ = "{ customers(first: 1) { edges { node { id name } } } }"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", DISK) as mounted:
        yield mounted
        server = LocalServer.running(mounted / "data")
        if server is not None:
            server.stop(at_once=True)


class Load:
    """Sends one event after the other and keeps those that were acknowledged."""

    def __init__(self, running: Served, token: str) -> None:
        self.running, self.token = running, token
        self.acknowledged: list[dict[str, Any]] = []
        self.sent = 0

    def send(self) -> tuple[int, dict[str, Any]]:
        self.sent += 1
        person = {"name": {"full": f"試験 {self.sent}"}}
        event = {**EVENT, "id": f"full-{self.sent}", "subject": f"U-{self.sent}", "data": person}
        status, answer = asked(self.running, "/events", self.token, event)
        if status == 200:
            assert answer["receipts"][0]["outcome"] == "CREATED", answer
            self.acknowledged.append(event)
        return status, answer

    def send_until(self, wanted: int) -> dict[str, Any]:
        """Send until the status comes, and return its answer."""
        while True:
            status, answer = self.send()
            if status == wanted:
                return answer

    def missing(self) -> list[str]:
        """Return which of the acknowledged events the graph does not know."""
        _, answer = asked(self.running, "/events", self.token, self.acknowledged, BATCH)
        return [receipt["id"] for receipt in answer["receipts"] if receipt["outcome"] != "REPEATED"]

    def read(self) -> tuple[int, dict[str, Any]]:
        """Ask for personal data, which the read audit records."""
        return asked(self.running, "/graphql", self.token, {"query": READ}, "application/json")


def test_writing_stops_before_it_is_full_and_goes_on_when_there_is_room(disk: Path) -> None:
    data = disk / "data"
    with served(disk, {"FREE_MEGABYTES": str(MARK)}) as running:
        load = Load(running, Tokens(local_key(data, "tokens")).issue("admin"))
        for _ in range(20):
            assert load.send()[0] == 200
        fill(disk, (MARK - 10) * MEGABYTE)
        refused = load.send_until(503)
        assert refused["error"]["code"] == "STORAGE_FULL"
        assert "Make room" in refused["error"]["message"]
        status, ready = asked(running, "/readyz")
        assert (status, ready["status"]) == (200, "only reads")
        status, answer = load.read()
        assert (status, answer.get("errors"), len(answer["data"]["customers"]["edges"])) == (200, None, 1), answer

        fill(disk, (MARK // 4 - 10) * MEGABYTE)
        while asked(running, "/readyz")[0] == 200:
            pass
        assert load.send()[0] == 503
        status, answer = load.read()
        assert (status, answer["errors"][0]["extensions"]["code"]) == (503, "STORAGE_FULL")

        make_room(disk)
        load.send_until(200)
        while asked(running, "/readyz") != (200, {"status": "ok"}):
            pass
        assert load.sent > len(load.acknowledged) > 20
        assert load.missing() == []
        assert running.stop() == 0
    assert "storage_low" in (disk / "messages.log").read_text()


def test_a_disk_that_fills_faster_than_anybody_looks_costs_nothing_that_was_acknowledged(disk: Path) -> None:
    data = disk / "data"
    # What is watched for is so little that Neo4j meets the end of the disk first.
    with served(disk, {"FREE_MEGABYTES": "20"}) as running:
        load = Load(running, Tokens(local_key(data, "tokens")).issue("admin"))
        for _ in range(20):
            assert load.send()[0] == 200
        former = LocalServer.running(data)
        assert former is not None
        fill(disk, 0)
        load.send_until(503)
        make_room(disk)
        load.send_until(200)
        assert load.missing() == []
        assert asked(running, "/readyz")[0] == 200
        assert running.stop() == 0
