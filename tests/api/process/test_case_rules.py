"""The rules of a company's own come before those of the program; a file that cannot be meant is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from api.process.case_rules import case_rules, case_tables, sorting_rules
from api.process.settings import InvalidSettings, Settings
from graph.cases.calendars import Closure, Hours
from graph.cases.opening_rules import DEFAULT_RULES, opening
from graph.cases.priority_rules import Rule
from graph.cases.targets import Target

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


TABLES = """
calendars:
  office:
    hours: {mon-fri: [9:00-12:00, 13:00-18:00], sat: [10:00-15:00]}
    closures: [12-29..01-03, 2027-05-06, 2027-08-12..2027-08-15]
  night: {zone: Europe/Paris, hours: {mon-sun: [0:00-24:00]}, public_holidays: false}
targets:
  - {name: first, clock: FIRST_RESPONSE, within: 4h, warn_before: 30m, calendar: office}
  - {name: gold, clock: FIRST_RESPONSE, within: 1h30m, calendar: night, rank: GOLD, team: online}
"""


def test_calendars_and_targets_are_read_as_a_company_writes_them(tmp_path: Path) -> None:
    [office, night], targets = case_tables(settings(tmp_path, TABLES))
    weekday, saturday = (Hours(540, 720), Hours(780, 1080)), (Hours(600, 900),)
    assert (office.id, office.zone, office.week) == ("office", "Asia/Tokyo", (weekday,) * 5 + (saturday, ()))
    assert office.closures == (
        Closure(date(2000, 12, 29), date(2001, 1, 3), every_year=True),
        Closure(date(2027, 5, 6), date(2027, 5, 6)),
        Closure(date(2027, 8, 12), date(2027, 8, 15)),
    )
    assert {date(2027, 1, 1), date(2027, 5, 3)} <= office.holidays
    assert (night.zone, night.week, night.holidays) == ("Europe/Paris", ((Hours(0, 1440),),) * 7, frozenset())
    assert targets == [
        Target("first", "FIRST_RESPONSE", 4 * 3600, 1800, "office"),
        Target("gold", "FIRST_RESPONSE", 5400, 0, "night", rank="GOLD", team="online"),
    ]


def test_without_them_those_that_were_saved_last_stay_in_force(tmp_path: Path) -> None:
    assert case_tables(settings(tmp_path, RULES)) == ([], None)


OPEN = "hours: {mon: [9:00-18:00]}"
FIRST = "name: first, clock: FIRST_RESPONSE, within: 4h"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("calendars: {shop: {hours: {}}}", "NEVER_OPEN"),
        ("calendars: {shop: {hours: {mon: []}}}", "NEVER_OPEN"),
        ("calendars: {shop: {hours: {mon: [18:00-9:00]}}}", "WRONG_HOURS"),
        ("calendars: {shop: {hours: {mon: [9:00-25:00]}}}", "WRONG_HOURS"),
        ("calendars: {shop: {zone: Tokyo, OPEN}}", "UNKNOWN_ZONE"),
        ("calendars: {shop: {OPEN, closures: [2027-05-06..2027-05-01]}}", "WRONG_CLOSURE"),
        ("calendars: {shop: {OPEN, closures: [Golden Week]}}", "`Golden Week` are no days"),
        ("calendars: {shop: {hours: {monday: [9:00-18:00]}}}", "`monday` is no weekday"),
        ("calendars: {shop: {hours: {sun-mon: [9:00-18:00]}}}", "`sun-mon` is no weekday"),
        ("calendars: {shop: {hours: {mon-fri: [9:00-18:00], wed: [9:00-12:00]}}}", "`wed` stands there twice"),
        ("calendars: {shop: {hours: {mon: [9-18]}}}", "`9-18` are no opening hours"),
        ("calendars: {shop: {OPEN, weekend: true}}", "must have"),
        ("targets: []", "must have"),
        ("targets: [{FIRST}]", "must have"),
        ("targets: [{FIRST, calendar: shop}]", "name calendars that there are not: shop"),
        ("targets: [{FIRST, calendar: office}, {FIRST, calendar: office}]", "two rows of `targets` have one name"),
        ("targets: [{name: first, clock: RESOLUTION, within: 2 days, calendar: office}]", "`2 days` is no time"),
        ("targets: [{name: first, clock: ANSWER, within: 2h, calendar: office}]", "must have"),
    ],
)
def test_tables_that_cannot_be_meant_are_refused_with_what_to_mend(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(InvalidSettings, match="CASE_RULES_FILE") as refused:
        case_tables(settings(tmp_path, text.replace("OPEN", OPEN).replace("FIRST,", FIRST + ",").replace("FIRST}", FIRST + "}")))
    assert why in str(refused.value)
