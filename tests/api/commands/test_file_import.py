"""Importing files: safe to run twice, goes on where it was cut short, and lists what it could not take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from api.commands.file_import import FileImport, import_files
from graph.errors import InvalidInput
from graph.identity.blocking import NOTHING_LISTED
from graph.imports.importing import Batch
from graph.imports.plans import Step
from graph.store import Store
from tests.conftest import wipe

MAPPINGS = Path(__file__).parents[3] / "mappings"
PRODUCTS = """
source: /erp
time_zone: Asia/Tokyo
events:
  - name: products
    type: customer360.product.v1
    files: "*.csv"
    subject: $sku
    time: $at
    data: {name: $name, price: $price, currency: JPY}
"""
GOOD, BAD = 25, 2_475


class CutShort(Exception):
    """Stands for a kill: it comes after a batch is committed and its checkpoint saved."""


class Watch:
    """Notes what it is told; cuts the import short after so many batches."""

    def __init__(self, batches: int | None = None) -> None:
        self.resumed = 0
        self.batches: list[Batch] = []
        self._left = batches

    def begin(self, steps: Sequence[Step], resumed: int) -> None:
        assert [step.rule.name for step in steps]
        self.resumed = resumed

    def skip(self, rows: Mapping[str, int]) -> None:
        assert sum(rows.values()) == self.resumed

    def advance(self, batch: Batch) -> None:
        self.batches.append(batch)
        if len(self.batches) == self._left:
            raise CutShort


@pytest.fixture
async def job(tmp_path: Path, store: Store) -> FileImport:
    """2,500 lines: every hundredth is a product, two are bad values, and the rest are too short to be rows."""
    await wipe(store)
    lines = [f"SKU-{number},2026-04-01,見本 {number},100" if number % 100 == 0 else "short" for number in range(2_500)]
    lines[1_550], lines[2_450] = "SKU-1550,someday,secret,1", "SKU-2450,2026-04-01,secret,-1"
    (tmp_path / "in.csv").write_text("sku,at,name,price\n" + "\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "map.yaml").write_text(PRODUCTS, encoding="utf-8")
    return FileImport(
        mapping=tmp_path / "map.yaml",
        paths=[tmp_path / "in.csv"],
        graph="test",
        folder=tmp_path / "imports",
        rejects=tmp_path / "rejects.jsonl",
        digest_key=b"key",
        listed=NOTHING_LISTED,
    )


async def products(store: Store) -> int:
    return (await store.read("MATCH (p:Product) RETURN count(p)"))[0][0]


def rejects(job: FileImport) -> list[tuple[int, str, str]]:
    rows = [orjson.loads(line) for line in job.rejects.read_bytes().splitlines()]
    return [(row["line"], row["code"], row["message"]) for row in rows]


async def test_what_can_be_taken_lands_and_the_rest_is_listed_with_line_and_reason(store: Store, job: FileImport) -> None:
    assert await import_files(store, job, Watch()) == {"CREATED": GOOD, "REJECTED": BAD}
    assert await products(store) == GOOD
    listed = rejects(job)
    assert [line for line, _, _ in listed] == [number + 2 for number in range(2_500) if number % 100]
    reasons = {line: (code, message) for line, code, message in listed}
    assert reasons[3] == ("UNREADABLE_ROW", "1 cells, but the header names 4")
    assert reasons[1_552] == ("UNREADABLE_ROW", "a time is not as ISO 8601 says")
    assert reasons[2_452][0] == "INVALID_EVENT"
    assert b"secret" not in job.rejects.read_bytes()


async def test_a_second_run_repeats_everything_and_changes_nothing(store: Store, job: FileImport) -> None:
    await import_files(store, job, Watch())
    watch = Watch()
    assert await import_files(store, job, watch) == {"REPEATED": GOOD, "REJECTED": BAD}
    assert (watch.resumed, await products(store), len(rejects(job))) == (0, GOOD, BAD)


async def test_an_import_that_was_cut_short_goes_on_behind_its_last_commit(store: Store, job: FileImport) -> None:
    with pytest.raises(CutShort):
        await import_files(store, job, Watch(batches=2))
    assert await products(store) == 20
    watch = Watch()
    assert await import_files(store, job, watch) == {"CREATED": GOOD, "REJECTED": BAD}
    assert (watch.resumed, sum(batch.drafts for batch in watch.batches)) == (2_000, 500)
    assert (await products(store), len(rejects(job))) == (GOOD, BAD)


async def test_a_commit_without_its_checkpoint_is_repeated_and_lists_its_rejects_once(store: Store, job: FileImport) -> None:
    with pytest.raises(CutShort):
        await import_files(store, job, Watch(batches=1))
    (checkpoint,) = job.folder.glob("*.json")
    saved = checkpoint.read_bytes()
    with pytest.raises(CutShort):
        await import_files(store, job, Watch(batches=1))
    checkpoint.write_bytes(saved)
    assert await import_files(store, job, Watch()) == {"CREATED": 10 + 5, "REPEATED": 10, "REJECTED": BAD}
    assert (await products(store), len(rejects(job))) == (GOOD, BAD)


async def test_a_checkpoint_of_a_graph_that_is_gone_is_not_believed(store: Store, job: FileImport) -> None:
    with pytest.raises(CutShort):
        await import_files(store, job, Watch(batches=1))
    await wipe(store)
    watch = Watch()
    await import_files(store, job, watch)
    assert (watch.resumed, await products(store), len(rejects(job))) == (0, GOOD, BAD)


async def test_a_changed_file_is_another_import(store: Store, job: FileImport) -> None:
    with pytest.raises(CutShort):
        await import_files(store, job, Watch(batches=1))
    with job.paths[0].open("a", encoding="utf-8") as file:
        file.write("SKU-NEW,2026-04-01,見本,100\n")
    watch = Watch()
    assert await import_files(store, job, watch) == {"REPEATED": 10, "CREATED": GOOD - 10 + 1, "REJECTED": BAD}
    assert watch.resumed == 0


async def test_what_is_done_once_is_not_read_again_while_the_graph_holds_it(store: Store, job: FileImport) -> None:
    once = replace(job, once=True)
    await import_files(store, once, Watch())
    watch = Watch()
    assert await import_files(store, once, watch) == {"CREATED": GOOD, "REJECTED": BAD}
    assert watch.batches == []
    await wipe(store)
    await import_files(store, once, watch)
    assert await products(store) == GOOD


async def test_a_dry_run_says_what_would_happen_and_writes_nothing(store: Store, job: FileImport) -> None:
    assert await import_files(store, replace(job, dry_run=True), Watch()) == {"CREATED": GOOD, "REJECTED": BAD}
    assert await products(store) == 0
    assert not list(job.folder.glob("*.json"))


async def test_a_dry_run_leaves_the_rejects_of_a_real_import_alone(store: Store, job: FileImport) -> None:
    await import_files(store, job, Watch())
    listed = job.rejects.read_bytes()
    job.paths[0].write_text("sku,at,name,price\nSKU-1,someday,secret,1\n", encoding="utf-8")
    dry = replace(job, dry_run=True)
    assert await import_files(store, dry, Watch()) == {"REJECTED": 1}
    assert job.rejects.read_bytes() == listed
    assert [orjson.loads(line)["line"] for line in dry.rejects_file.read_bytes().splitlines()] == [2]


async def test_the_example_links_members_and_their_receipts(store: Store, job: FileImport) -> None:
    example = MAPPINGS / "examples"
    members = replace(job, mapping=example / "persons_and_orders.yaml", paths=[example])
    assert await import_files(store, members, Watch()) == {"CREATED": 4}
    bought = await store.read("MATCH (c:Customer) RETURN c.name, c.order_count, c.spend ORDER BY c.name")
    assert sorted(bought) == [["見本 花子", 1, ["JPY:4000"]], ["試験 太郎", 1, ["JPY:27800"]]]


async def test_paths_that_do_not_fit_are_refused_before_anything_is_written(store: Store, job: FileImport) -> None:
    with pytest.raises(InvalidInput, match="There is no file"):
        await import_files(store, replace(job, paths=[job.mapping.parent / "absent.csv"]), Watch())
    assert await products(store) == 0
