"""Peak memory of reading files for an import, against a file ten times as long: `python -m bench.import_memory`.

Each measurement is a process of its own that makes events of a file and validates them, as the import does before it
writes; what it then writes is a transaction of bounded size. Peak is VmHWM, the high-water mark of the process itself.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import duckdb

from graph.imports.drafts import drafts
from graph.imports.mapping import load_mapping
from graph.imports.plans import plan
from graph.intake.reading import read_event

ROWS = 100_000
LIMIT = 1.2
HEAD = "source: /bench\ntime_zone: Asia/Tokyo\nevents:\n"
CALL = "{kind: CALL, summary: $text, by: {identifiers: [{kind: PHONE, value: $phone}]}}"


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of file: how its one mapping entry reads, and how so many rows of it are written."""

    entry: str
    write: Callable[[Path, int], None]
    file: str


@dataclass(frozen=True, slots=True)
class Peak:
    megabytes: float
    rows_a_second: float


def _csv(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("id,at,phone,text\n")
        file.writelines(f"{row},2026-04-01T10:00,090-1234-{row % 10_000:04d},問い合わせ {row}\n" for row in range(rows))


def _jsonl(path: Path, rows: int) -> None:
    line = '{{"id": {0}, "at": "2026-04-01T10:00", "phone": "090-1234-{1:04d}", "text": "{0}"}}\n'
    with path.open("w", encoding="utf-8") as file:
        file.writelines(line.format(row, row % 10_000) for row in range(rows))


def _apart(path: Path, rows: int) -> None:
    """Lines of receipts whose ten lines each stand far apart: all of the file must be sorted."""
    with path.open("w", encoding="utf-8") as file:
        file.write("receipt,at,sku,amount\n")
        receipts = rows // 10
        file.writelines(f"R-{row % receipts},2026-04-01T10:00,SKU-{row % 977},{row % 9_000}\n" for row in range(rows))


def _parquet(path: Path, rows: int) -> None:
    keys = duckdb.sql("SELECT 'SKU-' || (range * 7919 % $rows) AS sku FROM range($rows)", params={"rows": rows})
    keys.write_parquet(str(path))


SHAPES: Mapping[str, Shape] = {
    "rows of CSV": Shape(f"{{type: customer360.interaction.v1, id: $id, time: $at, data: {CALL}}}", _csv, "calls.csv"),
    "rows of JSON Lines": Shape(f"{{type: customer360.interaction.v1, id: $id, time: $at, data: {CALL}}}", _jsonl, "calls.jsonl"),
    "groups that stand apart": Shape(
        "{type: customer360.order.v1, group_by: receipt, subject: $receipt, time: $at, data: {currency: JPY, "
        "lines: {$rows: {line: $@position, sku: $sku, amount: $amount}}}}",
        _apart,
        "lines.csv",
    ),
    "distinct keys of Parquet": Shape(
        "{type: customer360.product.v1, distinct: sku, subject: $sku, time: '2026-04-01', data: {}}", _parquet, "sold.parquet"
    ),
}


def measure(name: str, rows: int, folder: Path) -> Peak:
    """Write a file of that shape and length, read it in a process of its own, and return what that took."""
    shape = SHAPES[name]
    mapping = folder / "bench.yaml"
    mapping.write_text(f'{HEAD}  - {{name: rows, files: "*", {shape.entry[1:]}\n', encoding="utf-8")
    shape.write(folder / shape.file, rows)
    command = [sys.executable, "-m", "bench.import_memory", str(mapping), str(folder / shape.file)]
    begun = perf_counter()
    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True)
    kilobytes, read = done.stdout.split()
    assert int(read) == rows
    return Peak(int(kilobytes) / 1024, rows / (perf_counter() - begun))


def read_all(mapping: Path, path: Path) -> int:
    """Read a file to its end and return how many rows it had."""
    read, rows = load_mapping(mapping), 0
    with TemporaryDirectory() as spill:
        for draft in drafts(read, plan(read, [path]), Path(spill)):
            assert draft.event is not None, draft.problem
            read_event(draft.event, b"key")
            rows += draft.rows
    return rows


def peak_kilobytes() -> int:
    """Return the high-water mark of this process, without that of the process it was started from."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def compare(rows: int) -> bool:
    """Print a line for each shape and tell whether all stay within the limit."""
    worst = 0.0
    for name in SHAPES:
        with TemporaryDirectory() as folder:
            one, ten = (measure(name, length, Path(folder)) for length in (rows, 10 * rows))
        ratio = ten.megabytes / one.megabytes
        worst = max(worst, ratio)
        print(
            f"{name}: {one.megabytes:.0f} MB for {rows:,} rows, {ten.megabytes:.0f} MB for ten times as many: {ratio:.2f} x; ",
            end="",
        )
        print(f"{ten.rows_a_second:,.0f} rows/s")
    return worst <= LIMIT


if __name__ == "__main__":
    if len(sys.argv) == 3:
        count = read_all(Path(sys.argv[1]), Path(sys.argv[2]))
        print(peak_kilobytes(), count)
    else:
        sys.exit(0 if compare(ROWS) else 1)
