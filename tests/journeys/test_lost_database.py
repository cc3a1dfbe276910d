"""The local Neo4j is killed under a server that runs: it says so, starts it again, and loses nothing."""

from __future__ import annotations

import json
import os
import signal
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from api.access.development_tokens import Tokens
from api.process.local_keys import local_key
from graph.local import LocalServer
from tests.served import Served, served

EVENT = {
    "specversion": "1.0",
    "type": "customer360.person.v1",
    "source": "/ec",
    "id": "lost-1",
    "subject": "U-1",
    "time": "2026-04-01T10:00:00+09:00",
    "data": {"name": {"full": "試験 太郎"}},
}


def asked(
    running: Served, path: str, token: str = "", body: Any = None, media_type: str = "application/cloudevents+json"
) -> tuple[int, dict[str, Any]]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": media_type}
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(running.root + path, data, headers), timeout=120) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.load(refusal)


def test_it_is_back_by_itself_with_what_it_had_and_events_go_on(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with served(tmp_path, {}) as running:
        token = Tokens(local_key(data, "tokens")).issue("admin")
        assert asked(running, "/events", token, EVENT)[1]["receipts"][0]["outcome"] == "CREATED"
        former = LocalServer.running(data)
        assert former is not None
        os.kill(former.pid, signal.SIGKILL)
        # Kept while the database is away, for some time; whoever is told to come again does.
        status, answer = 503, {}
        while status == 503:
            status, answer = asked(running, "/events", token, {**EVENT, "id": "lost-2", "subject": "U-2"})
        assert (status, answer["receipts"][0]["outcome"]) == (200, "CREATED")
        assert asked(running, "/events", token, EVENT)[1]["receipts"][0]["outcome"] == "REPEATED"
        # The first check of a database that has just begun again may take longer than whoever asks waits.
        assert 200 in (asked(running, "/readyz")[0] for _ in range(20))
        later = LocalServer.running(data)
        assert later is not None
        assert (later.pid != former.pid, later.uri) == (True, former.uri)
        assert running.stop() == 0
    messages = (tmp_path / "messages.log").read_text()
    assert "local_neo4j_ended" in messages
    assert "local_neo4j_runs_again" in messages
    assert LocalServer.running(data) is None
