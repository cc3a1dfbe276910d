"""Of two servers on one data folder the second takes the local Neo4j over when the one that started it stops."""

from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING, Any

import pytest

from api.access.development_tokens import Tokens
from api.process.local_keys import local_key
from graph.local import LocalServer
from tests.journeys.test_lost_database import EVENT, asked
from tests.served import served

if TYPE_CHECKING:
    from pathlib import Path

FIRST_WORDS = ("local_neo4j_ended", "local_neo4j_runs_again")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
def test_the_second_starts_it_again_by_itself_and_keeps_what_either_acknowledged(tmp_path: Path, number: signal.Signals) -> None:
    data, folders = tmp_path / "data", (tmp_path / "one", tmp_path / "other")
    for folder in folders:
        folder.mkdir()
    with served(folders[0], {"DATA_FOLDER": str(data)}) as one, served(folders[1], {"DATA_FOLDER": str(data)}) as other:
        token = Tokens(local_key(data, "tokens")).issue("admin")
        former = LocalServer.running(data)
        assert former is not None
        assert former.run.owner is not None
        assert former.run.owner.pid == one.process.pid

        def sent(to: Any, number: int) -> tuple[int, str]:
            status, answer = asked(to, "/events", token, {**EVENT, "id": f"takeover-{number}", "subject": f"U-{number}"})
            return status, answer["receipts"][0]["outcome"] if status == 200 else answer["error"]["code"]

        assert [sent(to, order) for order, to in enumerate((one, other))] == [(200, "CREATED")] * 2
        one.process.send_signal(number)
        acknowledged, order = [0, 1], 2
        # Events go on coming: kept while it is started, or refused for whoever sends them to come again.
        while (later := LocalServer.running(data)) is None or later.run.owner == former.run.owner or sent(other, order)[0] == 503:
            assert other.process.poll() is None
            order += 1
            if sent(other, order)[0] == 200:
                acknowledged.append(order)
        assert {sent(other, each)[1] for each in acknowledged} == {"REPEATED"}
        assert later.run.owner is not None
        assert (later.run.owner.pid, later.uri) == (other.process.pid, former.uri)
        assert other.stop() == 0
    told = [json.loads(line) for line in (folders[1] / "messages.log").read_text().splitlines() if line.startswith("{")]
    of_neo4j = [line["event"] for line in told if line["event"].startswith("local_neo4j")]
    assert of_neo4j == list(FIRST_WORDS)
