"""Written queries are answered byte for byte as the reader answers them, by one statement each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.resolvers.corpus import (
    consents,
    decisions,
    explanations,
    figures,
    happenings,
    jobs,
    lookups,
    mistakes,
    pages,
    roots,
    selections,
    webhooks,
)
from tests.resolvers.proof import Proof

if TYPE_CHECKING:
    from tests.resolvers.corpus.case import Case

CASES: dict[str, Case] = (
    selections.CASES
    | pages.CASES
    | roots.CASES
    | lookups.CASES
    | happenings.CASES
    | mistakes.CASES
    | figures.CASES
    | decisions.CASES
    | consents.CASES
    | jobs.CASES
    | webhooks.CASES
    | explanations.CASES
)


@pytest.mark.parametrize("name", CASES)
async def test_the_planner_answers_as_the_reader_does(proof: Proof, name: str) -> None:
    case = CASES[name]
    answers = await proof.ask(case)
    expected = answers.bodies["reader"]
    for path, body in answers.bodies.items():
        assert body.decode() == expected.decode(), path
    assert case.statements is None or answers.statements == case.statements
    assert "errors" in answers.body or not answers.gave_up


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 60
