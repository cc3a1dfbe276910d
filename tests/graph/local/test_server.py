"""The local Neo4j as a process: lost and started again, attached to, shared, refused, stopped."""

from __future__ import annotations

import asyncio
import signal
import socket
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from graph.errors import DataFolderInUse, LocalServerFailed, ServiceUnavailable
from graph.local import LocalServer, Memory
from graph.local import server as server_module
from graph.local.configuration import SHORT_LIVED
from graph.local.password import ensure_password
from graph.local.run_file import NAME
from graph.local.server import OUTPUT, PortTaken, home_of, why_it_ended
from graph.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.store import Transaction

free_port = server_module.free_port
MEMORY = Memory(heap=384, page_cache=32)
SLOW = "UNWIND range(1, 10000000000) AS i RETURN count(i)"
RUNNING = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery ENDS WITH 'RETURN count(i)' RETURN count(*)"

OWNER = """
import asyncio, sys
from pathlib import Path
from graph.local import LocalServer, Memory
from graph.local import server as server_module
from graph.local.configuration import SHORT_LIVED
data, cache, tethered = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "tethered"
memory = Memory(heap=384, page_cache=32)
server = asyncio.run(LocalServer.start(data, cache, memory=memory, tethered=tethered, flags=SHORT_LIVED))
print(server.pid, "attached" if server.attached else "started", flush=True)
sys.stdin.read()
"""


async def start(data_folder: Path, jars_folder: Path) -> LocalServer:
    return await LocalServer.start(data_folder, jars_folder, memory=MEMORY, flags=SHORT_LIVED)


async def opened(server: LocalServer) -> Store:
    return await Store.open(server.uri, server.user, server.password)


def command(data_folder: Path, jars_folder: Path, how: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", OWNER, str(data_folder), str(jars_folder), how]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


async def remember(store: Store, word: str) -> None:
    async def create(transaction: Transaction) -> None:
        await transaction.run("CREATE (:Kept {word: $p.word})", {"word": word})

    await store.write(create)


async def remembered(store: Store) -> list[str]:
    return [word for [word] in await store.read("MATCH (n:Kept) RETURN n.word ORDER BY n.word")]


@pytest.fixture
def data_folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder of its own for a test; a server left in it is killed."""
    yield tmp_path / "data folder"
    server = LocalServer.running(tmp_path / "data folder")
    if server is not None:
        server.stop(at_once=True)


async def test_what_was_committed_is_there_after_a_kill_and_who_was_connected_goes_on(
    data_folder: Path, jars_folder: Path
) -> None:
    server = await start(data_folder, jars_folder)
    store = await opened(server)
    await remember(store, "committed")
    asking = asyncio.create_task(store.read(SLOW, seconds=120))
    while await store.read(RUNNING) == [[0]]:
        assert not asking.done(), "it ended before it was seen running"
    server.stop(at_once=True)
    with pytest.raises(ServiceUnavailable):
        await asking
    with pytest.raises(ServiceUnavailable):
        await store.check()

    again = await start(data_folder, jars_folder)
    assert (again.uri, again.password, again.pid != server.pid) == (server.uri, server.password, True)
    assert await remembered(store) == ["committed"]
    await remember(store, "later")
    assert await remembered(store) == ["committed", "later"]
    await store.close()

    again.stop()
    assert LocalServer.running(data_folder) is None
    assert "Database shutdown" in (home_of(data_folder) / "logs" / "debug.log").read_text()


async def test_a_second_command_attaches_and_one_that_lost_the_run_file_is_refused(data_folder: Path, jars_folder: Path) -> None:
    server = await start(data_folder, jars_folder)
    second = await start(data_folder, jars_folder)
    assert (second.attached, second.uri, second.pid) == (True, server.uri, server.pid)
    store = await opened(second)
    await store.check()
    await store.close()

    (home_of(data_folder) / NAME).unlink()
    with pytest.raises(DataFolderInUse, match=f"in use by process {server.pid}"):
        await start(data_folder, jars_folder)
    server.stop(at_once=True)


async def test_of_two_commands_at_once_one_starts_and_the_other_attaches(data_folder: Path, jars_folder: Path) -> None:
    with command(data_folder, jars_folder, "detached") as one, command(data_folder, jars_folder, "detached") as two:
        said = [process.communicate()[0].split() for process in (one, two)]
    assert said[0][0] == said[1][0]
    assert {words[1] for words in said} == {"started", "attached"}
    detached = LocalServer.running(data_folder)
    assert detached is not None
    assert str(detached.pid) == said[0][0]


async def test_the_server_of_a_killed_owner_ends_and_the_next_command_starts_its_own(
    data_folder: Path, jars_folder: Path
) -> None:
    with command(data_folder, jars_folder, "tethered") as owner:
        assert owner.stdout is not None
        pid = int(owner.stdout.readline().split()[0])
        attached = LocalServer.running(data_folder)
        assert attached is not None
        store = await opened(attached)
        await remember(store, "by the first")
        owner.send_signal(signal.SIGKILL)
    assert LocalServer.running(data_folder) is None
    server = await start(data_folder, jars_folder)
    assert not server.attached
    assert server.pid != pid
    assert await remembered(store) == ["by the first"]
    await store.close()
    server.stop(at_once=True)


async def test_the_folder_and_the_password_are_for_their_user_only(data_folder: Path, jars_folder: Path) -> None:
    server = await start(data_folder, jars_folder)
    assert stat.S_IMODE(server.password_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(server.home.stat().st_mode) == 0o700
    assert list(server.home.glob("password.*")) == []
    server.stop(at_once=True)

    for content, what in ((None, "missing"), (b" ", "empty"), (b"\xff", "no text"), (b"another", "not the one")):
        server.password_file.unlink(missing_ok=True)
        if content is not None:
            server.password_file.write_bytes(content)
        with pytest.raises(LocalServerFailed, match=f"{what}.* Put it back"):
            await start(data_folder, jars_folder)
    server.password_file.unlink()
    server.password_file.mkdir()
    with pytest.raises(LocalServerFailed, match=r"cannot be read \(Is a directory\)"):
        await start(data_folder, jars_folder)
    assert (server.home / "data" / "databases").exists()


def test_a_password_that_could_not_be_set_is_told_and_not_kept(tmp_path: Path) -> None:
    with pytest.raises(LocalServerFailed, match="first password"):
        ensure_password(tmp_path, [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("output", "error", "words"),
    [
        (
            "org.neo4j.io.locker.FileLockException: Lock file has been locked by another process",
            DataFolderInUse,
            "another process",
        ),
        ("org.neo4j.configuration.helpers.PortBindException: An error occurred", PortTaken, "last words"),
        ("something else", LocalServerFailed, "last words"),
    ],
)
def test_the_last_words_of_a_server_are_explained(
    tmp_path: Path, output: str, error: type[LocalServerFailed], words: str
) -> None:
    (tmp_path / OUTPUT).write_text(output)
    explained = why_it_ended(tmp_path)
    assert type(explained) is error
    assert words in explained.message


async def test_a_server_that_ends_while_it_starts_is_told(data_folder: Path, jars_folder: Path) -> None:
    with pytest.raises(LocalServerFailed, match="ended while it started"):
        await LocalServer.start(data_folder, jars_folder, memory=MEMORY, flags=["-XX:NoSuchFlag"])


async def test_a_port_that_is_taken_while_the_server_starts_is_given_up_for_another(
    data_folder: Path, jars_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        # The moment between looking for a free port and listening on it cannot be hit from outside.
        ports = iter([taken])

        def chosen(wanted: int) -> int:
            return next(ports, None) or free_port(wanted)

        monkeypatch.setattr(server_module, "free_port", chosen)
        server = await start(data_folder, jars_folder)
        assert server.run.port != taken
        server.stop(at_once=True)
