"""The pinned jars: the smallest few of them, fetched for real."""

from __future__ import annotations

import asyncio
import dataclasses
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from graph.errors import LocalServerFailed
from graph.local.jars import VERSION, Jar, fetch_jars, locked_jars, missing_jars, read_line

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {"failureaccess", "jetty-alpn-java-server", "jetty-alpn-server", "listenablefuture", "reactive-streams", "zstd-proxy"}
SMALL = [jar for jar in locked_jars() if jar.artifact in NAMES]

FETCH = """
import asyncio, sys
from pathlib import Path
from graph.local.jars import fetch_jars, locked_jars
names = set(sys.argv[2:])
jars = [jar for jar in locked_jars() if jar.filename in names]
asyncio.run(fetch_jars(Path(sys.argv[1]), lambda done, total: print(done, flush=True), jars))
print("whole", flush=True)
"""


def fetch(cache: Path, jars: list[Jar]) -> list[tuple[int, int]]:
    """Fetch the jars and return the reports."""
    reports: list[tuple[int, int]] = []
    asyncio.run(fetch_jars(cache, lambda done, total: reports.append((done, total)), jars))
    return reports


def fetcher(cache: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", FETCH, str(cache), *(jar.filename for jar in SMALL)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder with the small jars."""
    folder = tmp_path_factory.mktemp("cache")
    fetch(folder, SMALL)
    return folder


@pytest.mark.parametrize(
    ("line", "jar", "filename"),
    [
        ("org.neo4j:neo4j:2026.09.0 ab12", Jar("org.neo4j", "neo4j", "2026.09.0", "", "ab12"), "neo4j-2026.09.0.jar"),
        ("io.netty:epoll:4.2:linux ab12", Jar("io.netty", "epoll", "4.2", "linux", "ab12"), "epoll-4.2-linux.jar"),
    ],
)
def test_a_line_of_the_lock_is_a_coordinate_and_a_hash(line: str, jar: Jar, filename: str) -> None:
    assert read_line(line) == jar
    assert jar.filename == filename


def test_the_lock_names_each_file_once() -> None:
    jars = locked_jars()
    assert len({jar.filename for jar in jars}) == len(jars) == 230


def test_fetched_jars_are_whole_and_nothing_else_is_left_over(cache: Path) -> None:
    folder = cache / f"neo4j-{VERSION}"
    assert missing_jars(folder, SMALL) == []
    assert sorted(path.name for path in folder.iterdir()) == sorted(jar.filename for jar in SMALL)


def test_what_is_in_the_cache_is_not_fetched_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    assert fetch(cache, SMALL) == []


def test_a_damaged_jar_is_fetched_again_and_reported_as_the_last_that_lacked(cache: Path) -> None:
    damaged = cache / f"neo4j-{VERSION}" / SMALL[0].filename
    damaged.write_bytes(damaged.read_bytes()[:100])
    assert fetch(cache, SMALL) == [(len(SMALL), len(SMALL))]
    assert missing_jars(damaged.parent, SMALL) == []


def test_a_jar_that_is_not_the_one_of_the_lock_is_refused_and_not_kept(tmp_path: Path) -> None:
    other = dataclasses.replace(SMALL[0], sha256="0" * 64)
    with pytest.raises(LocalServerFailed, match="not the file that the lock names"):
        fetch(tmp_path, [other])
    assert list((tmp_path / f"neo4j-{VERSION}").iterdir()) == []


def test_without_a_network_the_error_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    with pytest.raises(LocalServerFailed, match=r"Maven Central.*run the command again"):
        fetch(tmp_path, SMALL[:1])


def test_a_fetch_that_was_killed_in_the_middle_is_taken_up_and_its_leftovers_go(tmp_path: Path) -> None:
    with fetcher(tmp_path) as killed:
        assert killed.stdout is not None
        killed.stdout.readline()
        killed.kill()
    folder = tmp_path / f"neo4j-{VERSION}"
    (folder / "fetching-of-someone-killed").mkdir()
    fetch(tmp_path, SMALL)
    assert sorted(path.name for path in folder.iterdir()) == sorted(jar.filename for jar in SMALL)
    assert missing_jars(folder, SMALL) == []


def test_two_processes_at_once_fetch_each_jar_once(tmp_path: Path) -> None:
    with fetcher(tmp_path) as one, fetcher(tmp_path) as two:
        said = [(process.communicate()[0]).splitlines() for process in (one, two)]
    assert [lines[-1] for lines in said] == ["whole", "whole"]
    assert sum(len(lines) - 1 for lines in said) == len(SMALL)
