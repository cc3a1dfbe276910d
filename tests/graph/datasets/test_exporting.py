"""The job of an export of tables: whoever runs it next goes on where the one before has died, and nothing stays behind."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from api.process.data_exports import data_exporting
from api.process.settings import Settings
from graph.audit.journal import Journal
from graph.changes.feed import ChangesForgotten
from graph.commands.command import Author, run
from graph.datasets.asking import EXPORT, export
from graph.datasets.exporting import DataExporting
from graph.datasets.making import PAGE, Read
from graph.datasets.standing import Row
from graph.errors import InvalidInput
from graph.exports.removing import remove_strays
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.jobs.job import Job
from graph.jobs.running import Run, run_next, take
from resolvers.access.roles import Role
from tests.conftest import wipe

if TYPE_CHECKING:
    from graph.store import Store

CUSTOMERS = 2 * PAGE + 50
AUTHOR = Author("tests", "tests", "key", "試験", roles=frozenset({Role.ADMIN}))


def person(number: int) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": "customer360.person.v1", "source": "/ec", "id": f"e-{number}"}
    data = {"name": {"full": f"試験 {number}"}}
    return {**envelope, "subject": f"U-{number}", "time": "2026-04-01T10:00:00Z", "data": data}


@pytest.fixture
async def filled(store: Store) -> Store:
    await wipe(store)
    await record(store, [read_event(person(number), b"key") for number in range(CUSTOMERS)])
    return store


@pytest.fixture
async def exporting(filled: Store, tmp_path: Path) -> AsyncIterator[DataExporting]:
    journal = Journal(tmp_path / "audit", "test", bytes(32))
    yield data_exporting(Settings(data_folder=tmp_path), filled, journal)
    await journal.close()


async def asked(store: Store, after: int | None = None, key: str = "key") -> str:
    async def told(answer: dict[str, Any], _: Any) -> str:
        return answer["job"]

    return await run(store, export(replace(AUTHOR, key=key), ["customers"], "JSONL", after), told)


async def standing(store: Store, job: str) -> dict[str, Any]:
    return (await store.read("MATCH (j:Job {id: $p.id}) RETURN properties(j)", {"id": job}))[0][0]


async def end_lease(store: Store) -> None:
    await store.write(lambda transaction: transaction.run("MATCH (j:Job) SET j.lease_until = 0"))


def names(path: Path) -> list[str]:
    with ZipFile(path) as package:
        return [json.loads(line)["name"] for line in package.read("customers.jsonl").splitlines()]


async def begin_and_die(store: Store, exporting: DataExporting, pages: int) -> None:
    """Take the job and run it until so many pages are written down and one more is asked for; then end."""
    reached = asyncio.Event()

    def read_as(job: Job) -> Read:
        read, asked_for = exporting.read_as(job), 0

        async def stopping(table: str, ids: Sequence[str]) -> Mapping[str, Row]:
            nonlocal asked_for
            if asked_for == pages:
                reached.set()
                await asyncio.Event().wait()
            asked_for += 1
            return await read(table, ids)

        return stopping

    job = await take(store, "one", {EXPORT: exporting.run})
    assert job is not None
    running = asyncio.create_task(replace(exporting, read_as=read_as).run(Run(store, job, "one")))
    await reached.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await end_lease(store)


async def test_who_goes_on_reads_only_what_is_left_and_the_file_is_whole(filled: Store, exporting: DataExporting) -> None:
    job = await asked(filled)
    await begin_and_die(filled, exporting, 2)
    [draft] = exporting.folder.glob("*.part")
    with (draft / "customers.jsonl").open("ab") as file:
        file.write(b'{"half a li')
    read: list[str] = []

    def counting(job: Job) -> Read:
        rows = exporting.read_as(job)

        async def counted(table: str, ids: Sequence[str]) -> Mapping[str, Row]:
            read.extend(ids)
            return await rows(table, ids)

        return counted

    assert await run_next(filled, "two", {EXPORT: replace(exporting, read_as=counting).run})
    assert len(read) == CUSTOMERS - 2 * PAGE
    told = await standing(filled, job)
    assert (told["state"], json.loads(told["receipt"])) == ("DONE", {"customers": CUSTOMERS})
    assert sorted(names(exporting.folder / told["file"])) == sorted(f"試験 {number}" for number in range(CUSTOMERS))
    assert list(exporting.folder.glob("*.part")) == []


async def test_on_another_machine_it_begins_anew(filled: Store, exporting: DataExporting, tmp_path: Path) -> None:
    job = await asked(filled)
    await begin_and_die(filled, exporting, 1)
    elsewhere = replace(exporting, folder=tmp_path / "elsewhere")
    assert await run_next(filled, "two", {EXPORT: elsewhere.run})
    assert len(names(elsewhere.folder / (await standing(filled, job))["file"])) == CUSTOMERS


async def test_a_draft_whose_job_is_not_going_on_is_removed(filled: Store, exporting: DataExporting) -> None:
    job = await asked(filled)
    await begin_and_die(filled, exporting, 1)
    await remove_strays(filled, exporting.folder, 0)
    assert len(list(exporting.folder.glob("*.part"))) == 1
    gone = "MATCH (j:Job {id: $p.id}) SET j.state = 'FAILED'"
    await filled.write(lambda transaction: transaction.run(gone, {"id": job}))
    await remove_strays(filled, exporting.folder, 0)
    assert list(exporting.folder.glob("*.part")) == []


async def test_changes_that_are_kept_no_longer_are_refused_and_while_it_waits_end_the_job(
    filled: Store, exporting: DataExporting
) -> None:
    lease = "MERGE (l:Lease {name: 'changes'}) SET l.seq = 9, l.until = 0, l.holder = ''"
    await filled.write(lambda transaction: transaction.run(lease))
    with pytest.raises(InvalidInput) as refused:
        await asked(filled, after=3)
    assert refused.value.pointer == "/after"
    job = await asked(filled, after=9, key="later")
    await filled.write(lambda transaction: transaction.run("MATCH (l:Lease {name: 'changes'}) SET l.seq = 12"))
    assert await run_next(filled, "one", {EXPORT: exporting.run})
    told = await standing(filled, job)
    assert (told["state"], told["failure"]) == ("FAILED", ChangesForgotten.code)
    assert list(exporting.folder.iterdir()) == []
