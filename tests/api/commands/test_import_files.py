"""`customer360 import` as a Unix user meets it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import copy

import pytest

from graph.local import LocalServer
from graph.store import Store
from tests.served import PROGRAM, environment, graph_of

EXAMPLE = Path(__file__).parents[3] / "mappings" / "examples"
MAPPING = str(EXAMPLE / "persons_and_orders.yaml")


def run(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [PROGRAM, "import", *arguments]
    given = environment(DATA_FOLDER=str(folder / "data"), **settings)
    return subprocess.run(command, env=given, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def test_one_line_on_stdout_plain_progress_on_stderr_and_0_when_all_is_taken(
    neo4j_server: LocalServer, store: Store, tmp_path: Path
) -> None:
    done = run(tmp_path, "--mapping", MAPPING, str(EXAMPLE), **graph_of(neo4j_server))
    assert (done.returncode, done.stdout) == (
        0,
        "Imported: 4 events, 4 created, 0 updated, 0 unchanged, 0 repeated, 0 rejected.\n",
    )
    assert done.stderr.splitlines() == ["Importing members, receipts.", "members: 2 rows; receipts: 3 rows"]


def test_columns_that_nothing_reads_are_named(neo4j_server: LocalServer, store: Store, tmp_path: Path) -> None:
    header, *rows = (EXAMPLE / "persons.csv").read_text(encoding="utf-8").splitlines()
    more = "愛称,肩書,身長,靴,趣味,DM停止"
    (tmp_path / "persons.csv").write_text("\n".join([f"{header},{more}", *(f"{row},,,,,," for row in rows)]), encoding="utf-8")
    done = run(tmp_path, "--mapping", MAPPING, "--dry-run", "persons.csv", **graph_of(neo4j_server))
    assert done.returncode == 0
    told = "persons.csv has columns that nothing reads: 愛称, 肩書, 身長, 靴, 趣味 and 1 more."
    hint = "Look at DM停止: who refuses, or what was cancelled, may stand there."
    assert f"{told} {hint}" in done.stderr.splitlines()


def test_rejects_are_named_on_stderr_and_the_exit_code_is_3(neo4j_server: LocalServer, store: Store, tmp_path: Path) -> None:
    bad = (EXAMPLE / "persons.csv").read_text(encoding="utf-8").replace("2026/04/02 11:30", "昨日")
    (tmp_path / "persons.csv").write_text(bad, encoding="utf-8")
    done = run(tmp_path, "--mapping", MAPPING, "--dry-run", "persons.csv", **graph_of(neo4j_server))
    assert (done.returncode, done.stdout.count("\n")) == (3, 1)
    assert done.stdout.startswith("Dry run, nothing written: 2 events, ")
    listed = tmp_path / "data" / "imports" / "persons_and_orders-rejects.dry-run.jsonl"
    assert str(listed) in done.stderr
    assert '"line":3' in listed.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "persons.csv"]


def test_an_entry_that_finds_no_file_in_a_folder_is_told_and_the_exit_code_is_2(
    neo4j_server: LocalServer, store: Store, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    copy(EXAMPLE / "persons.csv", tmp_path / "in" / "PERSONS.CSV")
    done = run(tmp_path, "--mapping", MAPPING, "--dry-run", "in", **graph_of(neo4j_server))
    assert (done.returncode, done.stdout[:35]) == (2, "Dry run, nothing written: 2 events,")
    assert "No file here is for the entry receipts (orders*.csv)." in done.stderr
    named = run(tmp_path, "--mapping", MAPPING, "--dry-run", "in/PERSONS.CSV", **graph_of(neo4j_server))
    assert (named.returncode, "No file" in named.stderr) == (0, False)


def test_a_folder_with_no_file_for_any_entry_is_told_and_the_exit_code_is_2(
    neo4j_server: LocalServer, store: Store, tmp_path: Path
) -> None:
    done = run(tmp_path, "--mapping", MAPPING, ".", **graph_of(neo4j_server))
    assert (done.returncode, done.stdout) == (2, "")
    assert "No file here is one that the mapping reads: orders*.csv, persons*.csv." in done.stderr


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--mapping", MAPPING), 2, "Missing argument"),
        (("orders.csv",), 2, "Missing option"),
        (("--mapping", MAPPING, "absent.csv"), 1, "There is no file absent.csv"),
        (("--mapping", "absent.yaml", str(EXAMPLE)), 1, "absent.yaml cannot be read"),
    ],
)
def test_what_does_not_hold_is_told_before_anything_is_done(
    neo4j_server: LocalServer, tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    done = run(tmp_path, *arguments, **graph_of(neo4j_server))
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
