"""Where the ahead-of-time cache of a Java and its jars is kept, and the flags by which Java uses it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from graph.local.configuration import java_executable
from graph.local.jars import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def cache_file(cache_folder: Path, jars: Sequence[Path]) -> Path:
    """Return the one place for this build of Java and these jars: Java refuses a cache when any of them has changed."""
    java = java_executable()
    files = (java.parents[1] / "release", java.parents[1] / "lib" / "modules", *jars)
    told = hashlib.sha256()
    for file in files:
        state = file.stat()
        told.update(f"{file}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return cache_folder / f"neo4j-{VERSION}-{told.hexdigest()[:16]}.aot"


def cache_flags(cache: Path) -> list[str]:
    """Return what makes Java use the cache if there is one; one that does not fit Java ignores, and says so in its output."""
    return [f"-XX:AOTCache={cache}"] if cache.exists() else []
