"""Seconds and peak memory of exporting customers, and ten times as many: `python -m bench.exporting`.

Each export is a process of its own, as at the command line; its peak is VmHWM. The customers are copies of one that came in
by an event, each with one record.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import LiteralString

import platformdirs

from api.commands.command_line import program
from bench.customers import person
from bench.import_memory import peak_kilobytes
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.local import LocalServer
from graph.local.configuration import SHORT_LIVED
from graph.schema import migrate
from graph.store import Store
from tests.served import environment, graph_of

CUSTOMERS = 10_000
PART = 5_000

# (:SourceRecord)-[:RESOLVES_TO]->(:Customer)
COPY: LiteralString = """
MATCH (r:SourceRecord)-[:RESOLVES_TO]->(c:Customer) WITH r, c LIMIT 1
UNWIND range($p.start, $p.end) AS number
CREATE (copy:SourceRecord)-[:RESOLVES_TO]->(other:Customer)
SET copy = r {.*, key: r.key + number, id: randomUUID(), external_id: toString(number)},
    other = c {.*, id: randomUUID(), name: c.name + number}
"""


async def fill(store: Store, start: int, end: int) -> None:
    for first in range(start, end, PART):
        numbers = {"start": first, "end": min(first + PART, end) - 1}
        await store.write(lambda transaction, numbers=numbers: transaction.run(COPY, numbers))


def export(server: LocalServer, folder: Path, form: str) -> tuple[float, float]:
    """Export in a process of its own and return its seconds, and its peak in megabytes."""
    arguments = ["customers", "--folder", str(folder / form), "--format", form, "--reason", "bench"]
    command = [sys.executable, "-m", "bench.exporting", "export", *arguments]
    env = environment(**graph_of(server), DATA_FOLDER=str(folder / "data"))
    begun = perf_counter()
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    return perf_counter() - begun, int(done.stdout.splitlines()[-1]) / 1024


async def measure() -> None:
    with TemporaryDirectory() as folder:
        server = await LocalServer.start(Path(folder) / "graph", platformdirs.user_cache_path("customer360"), flags=SHORT_LIVED)
        try:
            store = await Store.open(server.uri, server.user, server.password)
            await migrate(store)
            await record(store, [read_event(person(0), b"key")])
            filled = 1
            for count in (CUSTOMERS, 10 * CUSTOMERS):
                await fill(store, filled, count)
                filled = count
                for form in ("jsonl", "parquet"):
                    path = Path(folder) / str(count)
                    seconds, megabytes = await asyncio.to_thread(export, server, path, form)
                    print(f"{count:,} customers as {form}: {seconds:.1f} s, {megabytes:.0f} MB", flush=True)
            await store.close()
        finally:
            server.stop(at_once=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["export"]:
        program(["export"])(standalone_mode=False)
        print(peak_kilobytes())
    else:
        asyncio.run(measure())
