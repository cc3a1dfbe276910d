"""Files of the data folder that only the account of the server may read."""

from __future__ import annotations

import os
from pathlib import Path


def replace_private(path: Path, content: bytes) -> None:
    """Put a file in place of the one before, which a reader sees whole until then; its folder is made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    new.replace(path)
