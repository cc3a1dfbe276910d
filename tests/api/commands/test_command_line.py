"""The command line as a Unix user meets it: what goes to stdout, what to stderr, and which exit code."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from api.access.development_tokens import Tokens
from api.commands.command_line import COMMANDS
from api.commands.doctor import of_language
from api.process.local_keys import local_key
from graph.local import LocalServer
from resolvers.access.roles import Role
from tests.served import PROGRAM, environment, free_port, graph_of, served


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [PROGRAM, *arguments]
    return subprocess.run(command, env=environment(**settings), capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("role", Role)
def test_a_token_is_all_that_is_printed_on_stdout_and_it_is_good(role: Role, tmp_path: Path) -> None:
    done = run("token", "--role", role.value, DATA_FOLDER=str(tmp_path))
    assert (done.returncode, done.stdout.count("\n"), done.stderr) == (0, 1, "")
    assert Tokens(local_key(tmp_path, "tokens")).verify(done.stdout.strip()).roles == {role}


@pytest.mark.parametrize("arguments", [("token",), ("token", "--role", "emperor"), ("dance",), ("serve", "--fast")])
def test_wrong_usage_ends_with_2_and_says_so_on_stderr(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*arguments, DATA_FOLDER=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage" in done.stderr


def test_of_the_commands_only_the_one_that_is_called_is_loaded(tmp_path: Path) -> None:
    code = "import sys; from api.commands.command_line import program; program(['token']); print('strawberry' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
    assert [name for name in COMMANDS if name not in run("--help", DATA_FOLDER=str(tmp_path)).stdout] == []


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"PORT": "eighty"}, "PORT"),
        ({"HOST": "192.0.2.1"}, "loopback"),
        ({"NEO4J_URI": "bolt://127.0.0.1:9", "NEO4J_PASSWORD": "not-needed"}, "database"),
        ({"NEO4J_URI": "mysql://127.0.0.1", "NEO4J_PASSWORD": "not-needed"}, "bolt://"),
        ({"BLOCKED_VALUES_FILE": "not-there.yaml"}, "BLOCKED_VALUES_FILE"),
        ({"SOURCE_TRUST_FILE": "not-there.yaml"}, "SOURCE_TRUST_FILE"),
    ],
)
def test_what_keeps_the_server_from_starting_is_one_line_on_stderr(settings: dict[str, str], words: str, tmp_path: Path) -> None:
    done = run("serve", **{"PORT": str(free_port()), "DATA_FOLDER": str(tmp_path), **settings})
    assert (done.returncode, done.stdout) == (1, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == [], "no database of its own was begun"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_says_where_it_is_and_stops_in_order(neo4j_server: LocalServer, tmp_path: Path, number: signal.Signals) -> None:
    assert run("migrate", **graph_of(neo4j_server)).returncode == 0
    with served(tmp_path, graph_of(neo4j_server)) as running:
        assert running.status("/readyz") == 200
        assert any(line.endswith("/admin") for line in running.said)
        assert running.stop(number) == 0


def test_a_taken_port_is_told_before_anything_is_started(neo4j_server: LocalServer, tmp_path: Path) -> None:
    assert run("migrate", **graph_of(neo4j_server)).returncode == 0
    with served(tmp_path, graph_of(neo4j_server)) as running:
        port = running.root.rpartition(":")[2]
        second = run("serve", PORT=port, **graph_of(neo4j_server))
    assert second.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in second.stderr


def test_the_doctor_finds_nothing_wrong_where_nothing_is(neo4j_server: LocalServer, tmp_path: Path) -> None:
    assert run("migrate", **graph_of(neo4j_server)).returncode == 0
    done = run("doctor", DATA_FOLDER=str(tmp_path), **graph_of(neo4j_server))
    assert done.returncode == 0, done.stdout
    assert "WRONG" not in done.stdout


@pytest.mark.parametrize(
    ("language", "words"),
    [(None, ""), ("CYPHER 25", ""), ("CYPHER 5", "; its default language is CYPHER 5, which does no harm: the statements")],
)
def test_the_doctor_tells_of_another_default_language_and_that_it_does_no_harm(language: str | None, words: str) -> None:
    # Only Enterprise changes the default of a database that exists.
    assert of_language(language).startswith(words)
    assert bool(of_language(language)) == bool(words)


@pytest.mark.parametrize(
    ("settings", "subject"),
    [
        ({"PORT": "eighty"}, "settings"),
        ({"HOST": "192.0.2.1"}, "settings"),
        ({"BLOCKED_VALUES_FILE": "not-there.yaml"}, "settings"),
        ({"SOURCE_TRUST_FILE": "not-there.yaml"}, "settings"),
        ({"NEO4J_URI": "bolt://127.0.0.1:9", "NEO4J_PASSWORD": "not-needed"}, "graph"),
        ({"DATA_FOLDER": "/proc/nowhere"}, "data folder,read audit"),
        ({"FREE_MEGABYTES": "1000000000", "NEO4J_URI": "bolt://127.0.0.1:9", "NEO4J_PASSWORD": "not-needed"}, "read audit,graph"),
        ({"FREE_MEGABYTES": "1000000000"}, "data folder,read audit"),
    ],
)
def test_the_doctor_says_what_is_wrong(settings: dict[str, str], subject: str, tmp_path: Path) -> None:
    done = run("doctor", **{"DATA_FOLDER": str(tmp_path), **settings})
    assert done.returncode == 1
    assert ",".join(line[6:19].strip() for line in done.stdout.splitlines() if line.startswith("WRONG")) == subject


def test_the_doctor_asks_the_server_that_runs_and_is_not_taken_in_by_another(neo4j_server: LocalServer, tmp_path: Path) -> None:
    assert run("migrate", **graph_of(neo4j_server)).returncode == 0
    with served(tmp_path, graph_of(neo4j_server)) as running:
        port = running.root.rpartition(":")[2]
        done = run("doctor", DATA_FOLDER=str(tmp_path), PORT=port, **graph_of(neo4j_server))
    assert f"runs at port {port} and says: ok" in done.stdout, done.stdout
    done = run("doctor", DATA_FOLDER=str(tmp_path), PORT=str(neo4j_server.run.port), **graph_of(neo4j_server))
    assert "something else answers" in done.stdout
