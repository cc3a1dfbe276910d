"""What each file of tests may take: recorded seconds, checked at the end of a run, and the choice of `make test-quick`."""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from collections.abc import Mapping
from math import ceil
from pathlib import Path
from statistics import median

import pytest

RECORDED = Path(__file__).with_name("budgets.toml")
LISTED = 8
"""Seconds from which on a file is recorded, and left out of `make test-quick`."""
TIMES, LEAST = 4, 240
"""A file may take so many times its recorded seconds, and this many in any case: a busy machine is no defect."""
MANY = 10
"""From so many recorded files on, how long they took together tells how fast the machine is."""
HEAD = """\
# Seconds that each file of tests took on a machine with nothing else to do; `make budgets` writes this.
# A file that is not here took less than {listed} seconds. See tests/budgets.py for what follows from it.
"""


def recorded(text: str) -> dict[str, int]:
    return tomllib.loads(text)


def written(spent: Mapping[str, float]) -> str:
    """Return the file that records these seconds."""
    rows = [f'"{name}" = {ceil(seconds)}\n' for name, seconds in sorted(spent.items()) if seconds >= LISTED]
    return HEAD.format(listed=LISTED) + "".join(rows)


def pace(spent: Mapping[str, float], budgets: Mapping[str, int]) -> float:
    """Return how many times longer than recorded the files of this run took: the median, 1 at least."""
    ratios = [spent[name] / budgets[name] for name in spent.keys() & budgets.keys()]
    return max(1.0, median(ratios)) if len(ratios) >= MANY else 1.0


def exceeded(spent: Mapping[str, float], budgets: Mapping[str, int]) -> list[str]:
    """Return a sentence for each file that took longer than it may, measured by the pace of the run: a slow machine is none."""
    slower = pace(spent, budgets)
    allowed = {name: max(LEAST, TIMES * budgets.get(name, 0)) * slower for name in spent}
    return [f"{name} took {spent[name]:.0f} s of {allowed[name]:.0f} s" for name in sorted(spent) if spent[name] > allowed[name]]


class Budgets:
    """Adds up what the tests of each file take, their set-up and the end of it included."""

    def __init__(self, config: pytest.Config) -> None:
        self.budgets = recorded(RECORDED.read_text("utf-8"))
        self.quick = bool(config.getoption("quick"))
        # Only the process that gathers the reports of all workers knows what a file took.
        self.record = bool(config.getoption("record_budgets")) and not hasattr(config, "workerinput")
        self.spent: Counter[str] = Counter()

    def pytest_ignore_collect(self, collection_path: Path, config: pytest.Config) -> bool | None:
        name = collection_path.relative_to(config.rootpath).as_posix()
        return True if self.quick and name in self.budgets else None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.spent[report.nodeid.partition("::")[0]] += report.duration

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if exitstatus == pytest.ExitCode.OK and self.record:
            RECORDED.write_text(written(self.spent), "utf-8")
        if exitstatus == pytest.ExitCode.OK and os.environ.get("CI") == "true" and exceeded(self.spent, self.budgets):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for sentence in exceeded(self.spent, self.budgets):
            terminalreporter.write_line(f"over its budget: {sentence}")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="leave out the files that tests/budgets.toml names")
    parser.addoption("--record-budgets", action="store_true", help="write tests/budgets.toml from this run")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Budgets(config))
