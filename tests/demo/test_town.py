"""The demo town: made up, the same every time, of many kinds, and accepted by the public contract."""

from __future__ import annotations

import ast
import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo import life, people
from demo.crowd import FIRST_NUMBER, crowd, doings
from demo.envelope import WRITTEN, RawEvent, moved
from demo.episodes import EPISODES
from demo.people import HABITS, resident
from demo.stories import endings, stories
from demo.town import town_events
from demo.years import Years
from graph.intake.reading import read_event
from graph.touchpoints import INTERACTION_KINDS
from graph.vocabulary import CHANNELS

DEMO = Path(__file__).parents[2] / "demo"
ROOMS = {"api", "graph", "resolvers", "admin"}
CROWD = 400
YEARS = Years(WRITTEN)


@pytest.fixture(scope="module")
def town() -> list[RawEvent]:
    return list(town_events(WRITTEN, CROWD))


def as_bytes(customers: int) -> bytes:
    return json.dumps(list(town_events(WRITTEN, customers)), ensure_ascii=False).encode()


def test_two_generations_are_equal_byte_for_byte() -> None:
    assert as_bytes(60) == as_bytes(60)


def test_another_seed_makes_another_town(monkeypatch: pytest.MonkeyPatch) -> None:
    before = as_bytes(60)
    for module in (people, life):
        monkeypatch.setattr(module, "SEED", people.SEED + 1)
    assert as_bytes(60) != before


def test_a_larger_town_begins_with_the_smaller_one() -> None:
    smaller = list(town_events(WRITTEN, 20))
    assert list(town_events(WRITTEN, 40))[: len(smaller)] == smaller


def test_every_event_is_accepted_and_has_an_id_of_its_own(town: list[RawEvent]) -> None:
    events = [read_event(raw, b"key") for raw in (*town, *endings(WRITTEN))]
    assert len({(event.source, event.id) for event in events}) == len(events)
    assert len({event.type for event in events}) == 9


def test_everything_happens_within_the_two_years_and_up_to_their_last_day(town: list[RawEvent]) -> None:
    times = [datetime.fromisoformat(raw["time"]) for raw in town]
    assert min(times) >= YEARS.begin
    assert max(times) <= YEARS.end
    assert any(time.date() == WRITTEN for time in times)


@pytest.mark.parametrize("days", range(7))
def test_today_has_visits_calls_and_orders_on_any_day_of_the_week(days: int) -> None:
    today = WRITTEN + timedelta(days=100 + days)
    events = list(town_events(today))
    times = [datetime.fromisoformat(raw["time"]) for raw in events]
    assert max(times) <= Years(today).end
    happened = [raw for raw, time in zip(events, times, strict=True) if time.date() == today]
    kinds = Counter(raw["data"].get("kind", raw["type"]) for raw in happened)
    assert min(kinds["STORE_VISIT"], kinds["CALL"], kinds["customer360.order.v1"]) >= 1


@given(days=st.integers(-400, 4000))
def test_the_stories_of_another_day_are_the_same_ones_moved_by_whole_days(days: int) -> None:
    by = timedelta(days=days)
    then = list(stories(WRITTEN + by))
    assert [moved(raw, -by) for raw in then] == list(stories(WRITTEN))
    for before, after in zip(stories(WRITTEN), then, strict=True):
        assert datetime.fromisoformat(after["time"]) - datetime.fromisoformat(before["time"]) == by
        assert after["data"].get("birthDate") == before["data"].get("birthDate")


def test_nobody_is_seen_by_a_system_before_it_knows_them() -> None:
    known: dict[tuple[str, str], datetime] = {}
    for raw in crowd(CROWD, YEARS):
        time = datetime.fromisoformat(raw["time"])
        if raw["type"] == "customer360.person.v1":
            known[raw["source"], raw["subject"]] = time
        elif record := raw["data"].get("by", {}).get("record"):
            assert known[record["source"], record["subject"]] <= time, raw["id"]


def test_every_kind_of_interaction_happens_and_every_order_channel(town: list[RawEvent]) -> None:
    said = [raw["data"] for raw in town if raw["type"] == "customer360.interaction.v1"]
    assert {data["kind"] for data in said} == set(INTERACTION_KINDS)
    sold = {raw["data"]["channel"] for raw in town if raw["type"] == "customer360.order.v1" and "channel" in raw["data"]}
    assert sold == {"STORE", "WEB", "APP", "PHONE", "FAX", "POSTAL"} <= set(CHANNELS)


def test_every_telephone_number_is_one_that_can_be_dialled(town: list[RawEvent]) -> None:
    held = [
        identifier["value"]
        for raw in town
        if raw["type"] == "customer360.person.v1"
        for identifier in raw["data"].get("identifiers", ())
        if identifier["kind"] == "PHONE"
    ]
    assert len(held) > CROWD
    assert [
        number for number in held if not phonenumbers.is_valid_number(phonenumbers.parse(number.split(" 内線")[0], "JP"))
    ] == []


def test_most_customers_do_a_few_things_and_some_do_many() -> None:
    counts = sorted(
        sum(1 for _ in doings(resident(number, YEARS), YEARS)) for number in range(FIRST_NUMBER, FIRST_NUMBER + CROWD)
    )
    assert 3 <= counts[len(counts) // 2] <= 9
    assert counts[-1] >= 30


def test_the_whole_town_is_large_enough_to_look_real_and_small_enough_to_load_in_two_minutes() -> None:
    assert 15_000 <= sum(1 for _ in town_events(WRITTEN)) <= 25_000


def test_the_help_desk_has_some_three_hundred_cases_each_of_which_was_opened_before_all_else() -> None:
    cases: dict[str, list[RawEvent]] = {}
    for raw in town_events(WRITTEN):
        if raw["type"] == "customer360.case.v1":
            cases.setdefault(raw["subject"], []).append(raw)
    assert 250 <= len(cases) <= 400
    for told in cases.values():
        assert told[0]["data"]["state"] == "NEW"
        assert told == sorted(told, key=lambda raw: datetime.fromisoformat(raw["time"]))


def test_a_habit_names_only_episodes_and_systems_that_there_are() -> None:
    for habit in HABITS.values():
        assert habit.episodes.keys() <= EPISODES.keys()
        assert 1.0 in habit.systems.values()
        always = [system for system, share in habit.systems.items() if share == 1.0]
        assert any(set(EPISODES[name].needs) & set(always) for name in habit.episodes)


def test_people_come_in_from_all_systems_and_many_from_several(town: list[RawEvent]) -> None:
    persons = [raw for raw in town if raw["type"] == "customer360.person.v1"]
    assert {raw["source"] for raw in persons} == {"/pos", "/ec", "/cti", "/app", "/catalog", "/line/1654000000"}
    assert len(persons) > 1.5 * CROWD


def test_the_demo_imports_nothing_of_ours() -> None:
    for path in DEMO.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.split(".")[0] for name in names} & ROOMS, path.name
