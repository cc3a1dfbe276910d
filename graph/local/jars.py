"""The pinned jars of Neo4j: fetched from Maven Central once per user, each checked against the lock."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from jgo.maven import MavenContext

from graph.errors import LocalServerFailed
from graph.local.exclusion import alone

if TYPE_CHECKING:
    from collections.abc import Callable

VERSION = "2026.09.0"
THREADS = 8
TIMEOUT_SECONDS = 60
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Jar:
    """One line of the lock: Maven coordinate and SHA-256."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    @property
    def filename(self) -> str:
        return "-".join(part for part in (self.artifact, self.version, self.classifier) if part) + ".jar"


def locked_jars() -> list[Jar]:
    """Return the jars of the lock that this package carries, in its order."""
    text = resources.files("graph.local").joinpath(f"neo4j-{VERSION}.lock").read_text("utf-8")
    return [read_line(line) for line in text.splitlines() if line]


def read_line(line: str) -> Jar:
    """Read `group:artifact:version[:classifier] sha256`."""
    coordinate, digest = line.split()
    group, artifact, version, *classifier = coordinate.split(":")
    return Jar(group, artifact, version, "".join(classifier), digest)


async def fetch_jars(cache_folder: Path, report: Callable[[int, int], None], jars: list[Jar] | None = None) -> list[Path]:
    """Return the paths of all jars, fetching those that are not in the cache.

    `report(done, total)` is called as jars arrive, and never if nothing had to be fetched. Safe with several
    processes at once and when cut in the middle: a jar gets its name only after its hash was right.
    """
    wanted = locked_jars() if jars is None else jars
    folder = cache_folder / f"neo4j-{VERSION}"
    # Beside the loop, which may serve meanwhile.
    if await asyncio.to_thread(missing_jars, folder, wanted):
        folder.mkdir(parents=True, exist_ok=True)
        async with alone(cache_folder / f"neo4j-{VERSION}.lock"):
            await _fetch_missing(folder, wanted, report)
    return [folder / jar.filename for jar in wanted]


def missing_jars(folder: Path, jars: list[Jar]) -> list[Jar]:
    """Return the jars that `folder` does not hold, or holds damaged."""
    with ThreadPoolExecutor(THREADS) as pool:
        whole = pool.map(_is_whole, [folder / jar.filename for jar in jars], jars)
        return [jar for jar, is_whole in zip(jars, whole, strict=True) if not is_whole]


def _is_whole(path: Path, jar: Jar) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == jar.sha256
    except FileNotFoundError:
        return False


async def _fetch_missing(folder: Path, jars: list[Jar], report: Callable[[int, int], None]) -> None:
    missing = missing_jars(folder, jars)
    done = len(jars) - len(missing)
    _clear(folder)
    with tempfile.TemporaryDirectory(prefix="fetching-", dir=folder) as staging, ThreadPoolExecutor(THREADS) as pool:
        context = MavenContext(repo_cache=Path(staging), timeout=TIMEOUT_SECONDS)
        loop = asyncio.get_running_loop()
        waiting = [loop.run_in_executor(pool, _fetch, context, jar, folder) for jar in missing]
        try:
            for fetched in asyncio.as_completed(waiting):
                await fetched
                done += 1
                report(done, len(jars))
        finally:
            # After Ctrl-C or a failure, what has not begun does not begin.
            pool.shutdown(wait=False, cancel_futures=True)
            await asyncio.gather(*waiting, return_exceptions=True)


def _clear(folder: Path) -> None:
    # Only a killed process leaves its half-fetched files behind.
    for leftover in folder.glob("fetching-*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _fetch(context: MavenContext, jar: Jar, folder: Path) -> None:
    artifact = context.project(jar.group, jar.artifact).at_version(jar.version).artifact(jar.classifier, "jar")
    cause: BaseException | None = None
    for _ in range(ATTEMPTS):
        try:
            path = Path(artifact.resolve())
        except (OSError, RuntimeError) as error:
            cause = error
            continue
        if _is_whole(path, jar):
            path.replace(folder / jar.filename)
            return
        path.unlink()
    if cause is not None:
        raise LocalServerFailed(
            f"Could not fetch {jar.filename} from Maven Central. Check the network and run the command again; "
            "what has arrived is kept. Or set NEO4J_URI to use a Neo4j that you have."
        ) from cause
    raise LocalServerFailed(f"{jar.filename} from Maven Central is not the file that the lock names. It was not kept.")
