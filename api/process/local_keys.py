"""Secret keys of this installation: random bytes in owner-only files of the data folder, made on first use."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

import structlog

from graph.errors import Customer360Error

KEY_BYTES = 32
OF_OTHERS = 0o077

log = structlog.stdlib.get_logger("customer360.keys")


class KeyUnusable(Customer360Error):
    """A key of this installation is not there to be used."""

    code = "KEY_UNUSABLE"


def local_key(data_folder: Path, name: str) -> bytes:
    """Return the 32 bytes of `<data_folder>/<name>.key`; two processes that start at once get the same ones.

    Raises KeyUnusable for a file that holds no key, or cannot be read or made.
    """
    path = data_folder / f"{name}.key"
    try:
        if not path.exists():
            data_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _create(path)
        key = path.read_bytes()
        if path.stat().st_mode & OF_OTHERS:
            log.warning("key_readable_by_others", file=path.name, do=f"chmod 600 {path}")
    except OSError as error:
        raise KeyUnusable(f"The key {path} cannot be read or made ({error.strerror}). Let this user read it.") from None
    if len(key) != KEY_BYTES:
        raise KeyUnusable(f"{path} does not hold {KEY_BYTES} bytes. Put the key back, or remove it to have a new one made.")
    return key


def _create(path: Path) -> None:
    # Written whole beside its place and then linked: a link never replaces, so the first process wins.
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
