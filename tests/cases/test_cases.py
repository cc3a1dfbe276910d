"""Inputs that people really send, replayed against a running server: each answers as its case expects."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from graph.store import Store
from tests.cases import (
    addresses,
    amounts,
    commands,
    consents,
    dates,
    doors,
    files,
    lookups,
    mails,
    merges,
    names,
    phones,
    spreadsheets,
)
from tests.cases.replay import CASES, Replay
from tests.running import Running, running

GROUPS = (
    phones, mails, names, addresses, dates, files, spreadsheets, consents, merges, amounts, doors, lookups, commands
)  # fmt: skip
EXPECTED = {case: expectation for group in GROUPS for case, expectation in group.EXPECTED.items()}


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cases")


@pytest.fixture(scope="module")
async def server(store: Store, data_folder: Path) -> AsyncIterator[Running]:
    async with running(store, data_folder) as started:
        yield started


def test_each_case_has_one_expectation() -> None:
    assert sorted(EXPECTED) == sorted(CASES)
    assert len(EXPECTED) == sum(len(group.EXPECTED) for group in GROUPS)


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case}-{EXPECTED[case].__name__}") for case in sorted(EXPECTED)])
async def test_a_case_answers_as_expected(server: Running, data_folder: Path, case: str) -> None:
    replay = Replay(server, data_folder / case, CASES[case]["steps"])
    await EXPECTED[case](await replay.run())
