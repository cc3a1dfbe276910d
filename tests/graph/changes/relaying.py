"""A process that numbers changes and sends them on into a file, to be killed at any moment: `URI PASSWORD FILE`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

import orjson

from graph.changes.following import changes_after
from graph.changes.numbering import number_changes
from graph.store import Store

LEASE_MS = 100


def sent(file: Path) -> list[tuple[int, str, str]]:
    """Return (number, key, field) of each change that was sent; what was cut off while it was written was not."""
    lines = file.read_bytes().split(b"\n")[:-1] if file.exists() else []
    return [(seq, key, field) for seq, key, field in map(orjson.loads, lines)]


def going_on(file: Path, before: list[tuple[int, str, str]]) -> BinaryIO:
    """Open the file behind what was sent; what was cut off goes, as a stream drops the half of a message."""
    file.touch()
    out = file.open("r+b")
    out.truncate(out.seek(len(b"".join(orjson.dumps(each) + b"\n" for each in before))))
    return out


async def relay(uri: str, password: str, file: Path) -> None:
    store = await Store.open(uri, "neo4j", password)
    before = sent(file)
    after = before[-1][0] if before else 0
    holder = uuid4().hex
    with going_on(file, before) as out:
        while True:
            await number_changes(store, holder, LEASE_MS)
            for change in await changes_after(store, after, 7):
                out.write(orjson.dumps((change.seq, change.key, change.fields[0])) + b"\n")
                out.flush()
                after = change.seq


if __name__ == "__main__":
    asyncio.run(relay(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
