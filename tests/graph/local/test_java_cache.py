"""The ahead-of-time cache of Java: one for each Java and set of jars, and never in the way of a start."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph.local import LocalServer, make_cache
from graph.local import server as server_module
from graph.local.configuration import SHORT_LIVED
from graph.local.jars import VERSION, locked_jars
from graph.local.java_cache import cache_file, cache_flags
from graph.local.server import OUTPUT
from graph.store import Store
from tests.graph.local.test_server import MEMORY


@pytest.fixture
def cache_folder(tmp_path: Path, jars_folder: Path) -> Path:
    """A cache folder of its own with the jars of all."""
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / f"neo4j-{VERSION}").symlink_to(jars_folder / f"neo4j-{VERSION}")
    return folder


def cache_of(folder: Path) -> Path:
    return cache_file(folder, [folder / f"neo4j-{VERSION}" / jar.filename for jar in locked_jars()])


def drafts_in(folder: Path) -> list[Path]:
    return list(folder.glob("making-*"))


def test_a_changed_jar_has_another_cache(tmp_path: Path) -> None:
    jar = tmp_path / "a.jar"
    jar.write_bytes(b"one")
    first = cache_file(tmp_path, [jar])
    assert cache_file(tmp_path, [jar]) == first
    os.utime(jar, ns=(1, 1))
    second = cache_file(tmp_path, [jar])
    jar.write_bytes(b"longer")
    os.utime(jar, ns=(1, 1))
    assert len({first, second, cache_file(tmp_path, [jar])}) == 3


def test_only_a_cache_that_is_there_is_named_to_java(tmp_path: Path) -> None:
    cache = tmp_path / "neo4j.aot"
    assert cache_flags(cache) == []
    cache.touch()
    assert cache_flags(cache) == [f"-XX:AOTCache={cache}"]


async def test_a_server_starts_with_a_cache_that_is_none(tmp_path: Path, cache_folder: Path) -> None:
    cache = cache_of(cache_folder)
    cache.write_bytes(b"torn" * 10_000)
    server = await LocalServer.start(tmp_path / "data", cache_folder, memory=MEMORY, flags=SHORT_LIVED)
    store = await Store.open(server.uri, server.user, server.password)
    await store.check(seconds=60)
    await store.close()
    server.stop(at_once=True)
    assert cache.exists(), "Java ignored it by itself"


async def test_a_server_that_does_not_start_with_its_cache_starts_without(
    tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = cache_of(cache_folder)
    cache.touch()
    monkeypatch.setattr(server_module, "cache_flags", lambda cache: ["-XX:NoSuchFlag"] if cache.exists() else [])  # type: ignore[misc]
    server = await LocalServer.start(tmp_path / "data", cache_folder, memory=MEMORY, flags=SHORT_LIVED)
    assert "NoSuchFlag" not in (server.home / OUTPUT).read_text()
    server.stop(at_once=True)
    assert not cache.exists()


@pytest.mark.soak
async def test_java_takes_the_cache_that_a_throw_away_server_made_and_nothing_else_is_left(
    tmp_path: Path, cache_folder: Path
) -> None:
    exercised: list[Store] = []

    async def exercise(store: Store) -> None:
        await store.check(seconds=60)
        exercised.append(store)

    made = await make_cache(cache_folder, exercise)
    assert made == cache_of(cache_folder)
    assert await make_cache(cache_folder, exercise) == made
    assert len(exercised) == 1
    assert drafts_in(cache_folder) == []
    server = await LocalServer.start(tmp_path / "data", cache_folder, flags=["-Xlog:aot"])
    assert "Opened AOT cache" in (server.home / OUTPUT).read_text()
    server.stop(at_once=True)
