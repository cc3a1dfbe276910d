"""The password of a local server: made once before its first start, kept in a file that only its user can read."""

from __future__ import annotations

import os
import secrets
import subprocess
from typing import TYPE_CHECKING

from graph.errors import LocalServerFailed
from graph.local.configuration import java_executable, password_arguments

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILE = "password"
SECONDS = 120


def read_password(home: Path) -> str:
    try:
        return (home / FILE).read_text("utf-8")
    except FileNotFoundError:
        raise LocalServerFailed(
            f"{home / FILE}, the password of the local Neo4j, is missing. Put it back, or move {home} away to begin anew."
        ) from None


def ensure_password(home: Path, jars: Sequence[Path]) -> str:
    """Return the password of this folder; before the first start, set one. The configuration must stand already."""
    if (home / FILE).exists() or (home / "data" / "databases").exists():
        return read_password(home)
    # Hexadecimal: a password that begins with a hyphen, as one in 64 of `token_urlsafe` does, is taken for an option.
    password = secrets.token_hex(24)
    arguments = home / f"{FILE}.arguments"
    _write_private(arguments, password_arguments(jars, password))
    places = {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    try:
        command = [str(java_executable()), f"@{arguments}"]
        done = subprocess.run(command, env=places, capture_output=True, text=True, check=False, timeout=SECONDS)
    finally:
        arguments.unlink()
    if done.returncode != 0:
        raise LocalServerFailed(f"Neo4j could not set its first password: {done.stderr.strip()[-500:]}")
    # The file appears last: a cut before this line begins again with another password.
    new = home / f"{FILE}.new"
    _write_private(new, password)
    new.replace(home / FILE)
    return password


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
