"""Secret keys of this installation: random bytes in owner-only files of the data folder, made on first use."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

KEY_BYTES = 32


def local_key(data_folder: Path, name: str) -> bytes:
    """Return the 32 bytes of `<data_folder>/<name>.key`; two processes that start at once get the same ones."""
    path = data_folder / f"{name}.key"
    if not path.exists():
        data_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _create(path)
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise ValueError(f"{path} does not hold {KEY_BYTES} bytes; remove it to have a new key made")
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
