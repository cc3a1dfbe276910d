"""The password of a local server: made once before its first start, kept in a file that only its user can read."""

from __future__ import annotations

import os
import secrets
import subprocess
from typing import TYPE_CHECKING

from graph.errors import LocalServerFailed
from graph.local.configuration import admin_environment, java_executable, password_arguments

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILE = "password"
SECONDS = 120


def read_password(home: Path) -> str:
    """Return the password of this folder; raises LocalServerFailed where its file is missing, empty or cannot be read."""
    try:
        password = (home / FILE).read_text("utf-8").strip()
    except FileNotFoundError:
        raise _unfit(home, "is missing") from None
    except OSError as error:
        raise _unfit(home, f"cannot be read ({error.strerror})") from None
    except ValueError:
        raise _unfit(home, "is no text") from None
    if not password:
        raise _unfit(home, "is empty")
    return password


def refused(home: Path) -> LocalServerFailed:
    """Return what to say when the server does not take what the file holds."""
    return _unfit(home, "is not the one that its graph was made with")


def _unfit(home: Path, what: str) -> LocalServerFailed:
    return LocalServerFailed(
        f"{home / FILE}, the password of the local Neo4j, {what}. Put it back, or move {home} away to begin anew."
    )


def ensure_password(home: Path, jars: Sequence[Path]) -> str:
    """Return the password of this folder; before the first start, set one. The configuration must stand already."""
    if (home / FILE).exists() or (home / "data" / "databases").exists():
        return read_password(home)
    # Hexadecimal: a password that begins with a hyphen, as one in 64 of `token_urlsafe` does, is taken for an option.
    password = secrets.token_hex(24)
    arguments = home / f"{FILE}.arguments"
    _write_private(arguments, password_arguments(jars, password))
    try:
        command = [str(java_executable()), f"@{arguments}"]
        done = subprocess.run(command, env=admin_environment(home), capture_output=True, text=True, check=False, timeout=SECONDS)
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
