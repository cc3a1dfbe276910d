"""Where a caller is sent, as a table: to who has the case, to whom it fits, or in writing, each with three reasons."""

from __future__ import annotations

from typing import Any

import pytest

from graph.cases.routing import Caller, OpenCase, route
from tests.graph.cases.test_assignment import NOW, agent

CASE = OpenCase("delivery", "red", "a", "EMAIL")
OTHER = OpenCase("returns", "red", "b", "LINE")
THERE = [agent("a"), agent("b", teams=frozenset({"blue", "red"}), skills=frozenset())]
AWAY = [agent("a", away=True)]


@pytest.mark.parametrize(
    ("caller", "agents", "sent", "reasons"),
    [
        (Caller(cases=[CASE]), THERE, (0, "PHONE", "red", "a"), ("OPEN_CASE", "OWNER", "ANSWERED_NOW")),
        (Caller(cases=[OTHER, CASE]), THERE, (0, "PHONE", "red", "b"), ("OPEN_CASE", "OWNER", "ANSWERED_NOW")),
        (Caller("delivery", cases=[OTHER, CASE]), THERE, (1, "PHONE", "red", "a"), ("OPEN_CASE", "OWNER", "ANSWERED_NOW")),
        (Caller("gift", cases=[CASE]), THERE, (None, "PHONE", "blue", "b"), ("NO_OPEN_CASE", "FREE", "ANSWERED_NOW")),
        # Who is full of cases can still be asked.
        (Caller(cases=[CASE]), [agent("a", load=6)], (0, "PHONE", "red", "a"), ("OPEN_CASE", "OWNER", "ANSWERED_NOW")),
        (Caller(served_last="b"), THERE, (None, "PHONE", "blue", "b"), ("NO_OPEN_CASE", "SERVED_LAST", "ANSWERED_NOW")),
        (Caller(), THERE, (None, "PHONE", "red", "a"), ("NO_OPEN_CASE", "FREE", "ANSWERED_NOW")),
        (Caller(language="en"), THERE, (None, "PHONE", None, None), ("NO_OPEN_CASE", "NOBODY_AVAILABLE", "CALL_BACK")),
        # The owner is away: another one of the team
        (
            Caller(cases=[CASE]),
            [*AWAY, agent("c")],
            (0, "PHONE", "red", "c"),
            ("OPEN_CASE", "FREE", "ANSWERED_NOW"),
        ),
        (Caller(cases=[CASE]), AWAY, (0, "EMAIL", "red", None), ("OPEN_CASE", "NOBODY_AVAILABLE", "CHANNEL_OF_CASE")),
        (Caller(written="LINE"), AWAY, (None, "LINE", None, None), ("NO_OPEN_CASE", "NOBODY_AVAILABLE", "USUAL_CHANNEL")),
        (Caller(), [], (None, "PHONE", None, None), ("NO_OPEN_CASE", "NOBODY_AVAILABLE", "CALL_BACK")),
    ],
)
def test_a_caller_is_sent_to_channel_team_and_person_for_three_reasons(
    caller: Caller, agents: list[Any], sent: tuple[Any, ...], reasons: tuple[str, ...]
) -> None:
    found = route(caller, agents, NOW)
    assert ((found.case, found.channel, found.team, found.staff), found.reasons) == (sent, reasons)
