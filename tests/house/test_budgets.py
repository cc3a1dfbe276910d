"""The budgets of the files of tests: what exceeds one, what is recorded, and what a run makes of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.budgets import LEAST, LISTED, MANY, RECORDED, TIMES, exceeded, recorded, written

ROOT = Path(__file__).parents[2]
CONFTEST = """
from pathlib import Path
from tests import budgets
budgets.RECORDED, budgets.LEAST = Path(__file__).with_name("budgets.toml"), 0
"""


@pytest.mark.parametrize(
    ("seconds", "budget", "over"),
    [(LEAST, 0, False), (LEAST + 1, 0, True), (TIMES * LEAST, LEAST, False), (TIMES * LEAST + 1, LEAST, True), (LEAST, 1, False)],
)
def test_a_file_may_take_several_times_what_was_recorded_and_minutes_in_any_case(seconds: int, budget: int, over: bool) -> None:
    assert bool(exceeded({"a": seconds}, {"a": budget} if budget else {})) is over


@pytest.mark.parametrize(("times", "slow", "over"), [(3, 12, []), (3, 13, ["slow"]), (0.1, 4, []), (0.1, 5, ["slow"])])
def test_a_slow_machine_is_no_defect_and_a_file_that_slows_down_more_than_all_others_is(
    times: float, slow: int, over: list[str]
) -> None:
    budgets = {str(number): LEAST for number in range(MANY)} | {"slow": LEAST}
    spent = dict.fromkeys(budgets, times * LEAST) | {"slow": slow * LEAST}
    assert [sentence.split()[0] for sentence in exceeded(spent, budgets)] == over


def test_only_files_that_take_long_are_recorded() -> None:
    assert recorded(written({"tests/b.py": 100.2, "tests/a.py": LISTED, "tests/c.py": LISTED - 0.1})) == {
        "tests/a.py": LISTED,
        "tests/b.py": 101,
    }


def test_every_file_that_is_recorded_is_there() -> None:
    assert [name for name in recorded(RECORDED.read_text("utf-8")) if not (ROOT / name).is_file()] == []


def run(folder: Path, budgets: str, *options: str, ci: str = "") -> subprocess.CompletedProcess[str]:
    """Run two small files of tests under these budgets."""
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "budgets.toml").write_text(budgets)
    for name in ("long", "short"):
        (folder / f"test_{name}.py").write_text(f"def test_{name}(): pass\n")
    command = [sys.executable, "-m", "pytest", "--rootdir", str(folder), "-q", "-p", "tests.budgets", *options, str(folder)]
    env = os.environ | {"CI": ci, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("ci", "status"), [("true", 1), ("", 0)])
def test_a_run_says_what_is_over_its_budget_and_fails_where_it_counts(tmp_path: Path, ci: str, status: int) -> None:
    done = run(tmp_path, '"test_long.py" = 9', ci=ci)
    assert done.returncode == status, done.stdout
    assert "over its budget: test_short.py" in done.stdout
    assert "over its budget: test_long.py" not in done.stdout
    assert done.stdout.splitlines()[-1].startswith("2 passed")


def test_a_quick_run_leaves_out_what_is_recorded(tmp_path: Path) -> None:
    done = run(tmp_path, '"test_long.py" = 9', "--quick")
    assert (done.returncode, done.stdout.splitlines()[-1].split(" in ")[0]) == (0, "1 passed"), done.stdout


def test_a_recording_run_writes_what_it_measured(tmp_path: Path) -> None:
    assert run(tmp_path, '"test_gone.py" = 9', "--record-budgets").returncode == 0
    assert recorded((tmp_path / "budgets.toml").read_text()) == {}
