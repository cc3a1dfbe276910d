"""Queries made from the schema are answered byte for byte as the reader answers them; many of them find something."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from resolvers.access.viewer import Viewer
from resolvers.schema import build_schema
from tests.laws import examples
from tests.resolvers.generated import Generated, generated
from tests.resolvers.proof import Proof

ADMIN = Viewer("tester", frozenset({"admin"}))
MANY = examples(test=150, soak=2_000)
thoroughly = settings(
    max_examples=MANY,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


def finds_something(value: Any) -> bool:
    """Tell whether there is any value in a response, however deep; type names and who is asking do not count."""
    if isinstance(value, dict):
        return any(finds_something(each) for key, each in value.items() if key not in ("__typename", "viewer"))
    if isinstance(value, list):
        return any(map(finds_something, value))
    return value is not None


def nothing_but_errors(body: bytes, expected: str) -> bool:
    """Beside an error that takes all data away, the specification leaves open which others are told."""
    ours: dict[str, Any] = json.loads(body)
    theirs: dict[str, Any] = json.loads(expected)
    return ours.get("data") is None and theirs.get("data") is None and all(each in ours["errors"] for each in theirs["errors"])


@pytest.mark.hypothesis
async def test_the_planner_answers_as_the_reader_does(proof: Proof) -> None:
    loop = asyncio.get_running_loop()
    found: list[bool] = []

    @thoroughly
    @given(generated(build_schema().as_str(), proof.town))
    def same(asked: Generated) -> None:
        comparing = proof.compare(asked.query, asked.variables, None, ADMIN)
        answers = asyncio.run_coroutine_threadsafe(comparing, loop).result()
        # The reader has no limits.
        assume(not any(b"MAX_COST_EXCEEDED" in body for body in answers.bodies.values()))
        expected = answers.bodies["reader"].decode()
        for path, body in answers.bodies.items():
            assert body.decode() == expected or nothing_but_errors(body, expected), path
        assert "errors" in answers.body or not answers.gave_up
        found.append(finds_something(answers.body.get("data")))

    await asyncio.to_thread(same)
    assert len(found) * 5 >= MANY * 4
    assert sum(found) * 3 >= len(found)
