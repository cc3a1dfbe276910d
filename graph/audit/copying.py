"""From the files into the graph: each line becomes an entry of its own, tied to the customers that it is about."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, LiteralString

import orjson

from graph.audit.chain import HASH
from graph.store import Store, Transaction
from graph.waiting import to_its_end

LINES_AT_ONCE = 500

READ_COPIED: LiteralString = "MATCH (f:AuditFile) WHERE f.name IN $p.names RETURN f.name, f.lines, f.bytes"
# (:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer) tells whose a thing was; a case is whose its interactions are,
# or that of the record that it was opened for
OF_THING: LiteralString = """
    MATCH (:Touchpoint {id: thing})<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) RETURN c
  UNION
    MATCH (:SourceRecord {id: thing})-[:RESOLVES_TO]->(c:Customer) RETURN c
  UNION
    MATCH (:Case {id: thing})<-[:IN_CASE]-(:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) RETURN c
  UNION
    MATCH (k:Case {id: thing}) MATCH (:SourceRecord {key: k.record})-[:RESOLVES_TO]->(c:Customer) RETURN c
"""
# (:AuditEntry)-[:OF]->(:Customer)
COPY: LiteralString = (
    """
UNWIND $p.entries AS entry
MERGE (e:AuditEntry {id: entry.id})
SET e += entry.properties
WITH e, entry
UNWIND entry.customers + COLLECT {
  UNWIND entry.things AS thing
  CALL (thing) {"""
    + OF_THING
    + """  }
  RETURN DISTINCT c.id
} AS id
MATCH (c:Customer {id: id})
MERGE (e)-[:OF]->(c)
"""
)
NOTE_COPIED: LiteralString = "MERGE (f:AuditFile {name: $p.name}) SET f.lines = $p.lines, f.bytes = $p.bytes"


async def copy_entries(store: Store, folder: Path) -> int:
    """Copy what the files have beyond what was copied, a transaction for LINES_AT_ONCE lines; return how many.

    What is written meanwhile is left to the next time: following it would take a transaction for every few lines.
    """
    paths = await asyncio.to_thread(files_of, folder)
    if not paths:
        return 0
    known = {
        name: (lines, size) for name, lines, size in await to_its_end(store.read(READ_COPIED, {"names": [p.name for p in paths]}))
    }
    copied = 0
    for path in paths:
        lines, offset = known.get(path.name, (0, 0))
        while more := await asyncio.to_thread(_lines_from, path, offset):
            lines, offset = lines + len(more), offset + sum(map(len, more))
            noted = {"name": path.name, "lines": lines, "bytes": offset}
            await store.write(partial(_copy, entries=[_row(line, path.name) for line in more], noted=noted))
            copied += len(more)
            if len(more) < LINES_AT_ONCE:
                break
    return copied


def files_of(folder: Path) -> list[Path]:
    """Return the files of a folder in the order in which their processes began, and each wrote them."""
    return sorted(folder.glob("*.jsonl"))


def process_of(file: str) -> str:
    """Return what the names of all files of one process begin with."""
    return file.rpartition("-")[0]


def _lines_from(path: Path, offset: int) -> list[bytes]:
    with path.open("rb") as file:
        file.seek(offset)
        return [line for line in islice(file, LINES_AT_ONCE) if line.endswith(b"\n")]


async def _copy(transaction: Transaction, entries: Sequence[dict[str, Any]], noted: dict[str, Any]) -> None:
    await transaction.run(COPY, {"entries": list(entries)})
    await transaction.run(NOTE_COPIED, noted)


def _row(line: bytes, file: str) -> dict[str, Any]:
    members = orjson.loads(line)
    named = ("at", "subject", "roles", "stores", "purpose", "operation", "tags", "searched", "request")
    return {
        "id": members[HASH],
        "customers": members["customers"],
        "things": [raw for _, raw in members["things"]],
        "properties": {**{name: members[name] for name in named}, "file": file, "position": members["at"] + members[HASH]},
    }
