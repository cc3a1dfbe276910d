"""The rules of a company's own come before those of the program; a file that cannot be meant is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.process.case_rules import case_rules, sorting_rules
from api.process.settings import InvalidSettings, Settings
from graph.cases.opening_rules import DEFAULT_RULES, opening
from graph.cases.priority_rules import Rule

RULES = """
rules:
  - {kinds: [SURVEY], topics: [COMPLAINT], team: quality, always: true}
  - {kinds: [WEB_FORM], topics: [NEWSLETTER], opens: false}
  - {kinds: [EMAIL], team: online}
"""


def settings(tmp_path: Path, text: str | None) -> Settings:
    if text is None:
        return Settings(_env_file=None)
    (tmp_path / "rules.yaml").write_text(text, "utf-8")
    return Settings(_env_file=None, case_rules_file=tmp_path / "rules.yaml")


def test_without_a_file_the_rules_are_those_of_the_program(tmp_path: Path) -> None:
    assert case_rules(settings(tmp_path, None)) == DEFAULT_RULES


@pytest.mark.parametrize(
    ("told", "team"),
    [
        ({"kind": "SURVEY", "topic": "COMPLAINT"}, "quality"),
        ({"kind": "SURVEY", "topic": "OTHER"}, None),
        ({"kind": "WEB_FORM", "topic": "NEWSLETTER"}, None),
        ({"kind": "EMAIL", "direction": "INBOUND", "text": "届きません"}, "online"),
        ({"kind": "EMAIL", "direction": "OUTBOUND", "text": "お調べします"}, None),
        ({"kind": "NEWSLETTER", "topic": "COMPLAINT"}, None),
    ],
)
def test_the_first_rule_that_fits_says_which_team_gets_it(tmp_path: Path, told: dict[str, str], team: str | None) -> None:
    rule = opening(told, case_rules(settings(tmp_path, RULES)))
    assert (rule and rule.team) == team


@pytest.mark.parametrize("text", ["rules: 3", "- a", "rules: [{kind: EMAIL}]", "rules: [{kinds: [LETTER]}]", "other: []"])
def test_a_file_that_cannot_be_meant_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidSettings, match="CASE_RULES_FILE"):
        case_rules(settings(tmp_path, text))


SORTING = """
sorting:
  - {words: [返品, refund], set_topic: RETURNS}
  - {name: gold, topic: RETURNS, rank: GOLD, channel: EMAIL, promise_overdue: true, set_priority: HIGH}
"""


def test_rows_of_sorting_are_rules_in_their_order_named_by_their_place_where_they_have_no_name(tmp_path: Path) -> None:
    assert sorting_rules(settings(tmp_path, None)) == ()
    assert sorting_rules(settings(tmp_path, SORTING)) == (
        Rule("1", words=("返品", "refund"), sets_topic="RETURNS"),
        Rule("gold", channel="EMAIL", rank="GOLD", topic="RETURNS", promise_overdue=True, sets_priority="HIGH"),
    )


def test_rows_of_sorting_leave_the_rules_of_opening_as_they_are(tmp_path: Path) -> None:
    assert case_rules(settings(tmp_path, SORTING)) == DEFAULT_RULES


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("{words: [返品]}", "neither topic nor priority"),
        ("{words: [' '], set_topic: A}", "a word that is empty"),
        ("{channel: PIGEON, set_topic: A}", "PIGEON"),
        ("{set_priority: SOON}", "must have"),
        ("{set_topic: ''}", "must have"),
        ("{word: a, set_topic: A}", "must have"),
        ("{name: '2', set_topic: A}\n  - {set_topic: B}", "one name"),
    ],
)
def test_a_row_of_sorting_that_cannot_be_meant_is_refused(tmp_path: Path, row: str, words: str) -> None:
    with pytest.raises(InvalidSettings, match=f"CASE_RULES_FILE.*{words}"):
        sorting_rules(settings(tmp_path, f"sorting:\n  - {row}\n"))
