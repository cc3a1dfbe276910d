"""Targets and calendars that a company saves: kept as versions, taken up by every process, and what is due computed anew."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given

from graph.cases.calendars import Calendar, Hours
from graph.cases.derived import derived
from graph.cases.table_texts import calendar_of, calendar_text, targets_of, targets_text
from graph.cases.table_versions import compute_anew, save, take_up
from graph.cases.tables import OFFICE, ROWS, built_in, tables, tables_number, use_tables
from graph.cases.targets import Target, in_force
from graph.events.newest import utc_text
from graph.schema import migrations
from graph.store import Store, Transaction
from tests.conftest import wipe
from tests.graph.cases.calendars import calendars
from tests.graph.cases.histories import at, event
from tests.graph.cases.working import customer, opened, person, tell

ALWAYS_OPEN = Calendar("always", 0, "", "UTC", ((Hours(0, 1440),),) * 7)
HOUR = Target("hour", "FIRST_RESPONSE", 3600, 600, "always")
DUE = "MATCH (k:Case {id: $p.id}) RETURN k.due, k.version, k.tables"


@pytest.fixture
async def graph(store: Store) -> AsyncIterator[Store]:
    """A graph without cases and saved tables, and a process that computes by those of the program."""
    await wipe(store)
    use_tables(built_in(), 0)
    yield store
    use_tables(built_in(), 0)


@given(calendars())
def test_a_calendar_is_read_as_it_was_kept(calendar: Calendar) -> None:
    assert calendar_of(calendar.id, calendar.number, calendar.saved_at, calendar_text(calendar)) == calendar


def test_targets_are_read_as_they_were_kept_whatever_their_order() -> None:
    assert set(targets_of(1, "", targets_text(ROWS)).rows) == set(ROWS)
    assert targets_text(reversed(ROWS)) == targets_text(ROWS)


async def test_what_is_saved_twice_is_one_version(graph: Store) -> None:
    assert await save(graph, [ALWAYS_OPEN], [HOUR]) == 2
    assert await save(graph, [ALWAYS_OPEN], [HOUR]) == 0
    closed = replace(ALWAYS_OPEN, holidays=frozenset({date(2027, 1, 1)}))
    assert await save(graph, [closed], None) == 1
    assert (await take_up(graph), await take_up(graph), tables_number()) == (True, False, 3)
    assert [each.number for each in tables().calendars["always"]] == [1, 2]
    assert [each.number for each in tables().targets] == [1, 2]


async def test_what_comes_with_the_program_is_the_first_version(graph: Store) -> None:
    [office] = built_in().calendars[OFFICE]
    assert await save(graph, [office], ROWS) == 0
    assert await save(graph, [replace(office, zone="Europe/Paris")], None) == 1
    await take_up(graph)
    assert [(each.number, each.zone) for each in tables().calendars[OFFICE]] == [(1, "Asia/Tokyo"), (2, "Europe/Paris")]
    assert in_force(tables().calendars[OFFICE], "2026-02-01T00:00:00.000000Z").number == 1
    assert in_force(tables().calendars[OFFICE], utc_text(datetime.now(UTC))).number == 2


async def test_an_open_case_is_due_by_the_new_targets_and_one_that_nothing_changes_for_has_no_new_version(graph: Store) -> None:
    await tell(graph, person("1"))
    case = await opened(graph, customer=await customer(graph))
    [[before, version, number]] = await graph.read(DUE, {"id": case})
    assert number == 0
    await save(graph, [ALWAYS_OPEN], None)
    await take_up(graph)
    assert (await compute_anew(graph), await compute_anew(graph)) == (1, 0)
    assert await graph.read(DUE, {"id": case}) == [[before, version, 1]]

    await save(graph, [ALWAYS_OPEN], [replace(HOUR, seconds=60), replace(HOUR, id="whole", clock="RESOLUTION")])
    await take_up(graph)
    assert await compute_anew(graph) == 1
    [[due, later, number]] = await graph.read(DUE, {"id": case})
    assert (due < before, later, number) == (True, version + 1, 2)


def test_of_cases_that_are_due_at_the_same_time_the_longest_waiting_comes_first() -> None:
    # given three mails of a night, all of which are due with the same hour of the next morning
    use_tables(built_in(), 0)
    night = {case: 840 + minutes for case, minutes in (("c", 0), ("a", 30), ("b", 60))}  # from midnight in Tokyo on

    # when
    kept = {
        case: derived(case, [event(minutes, "OPENED"), event(minutes, "CUSTOMER_MESSAGE")], at(1200))
        for case, minutes in night.items()
    }

    # then
    assert len({each["due"] for each in kept.values()}) == 1
    assert sorted(kept, key=lambda case: kept[case]["turn"]) == ["c", "a", "b"]
    answered = derived("c", [event(840, "OPENED"), event(840, "CUSTOMER_MESSAGE"), event(850, "REPLY")], at(1200))
    assert answered["turn"] > kept["b"]["turn"], "what is answered is due later"


async def test_the_migration_has_open_cases_sorted_anew_by_the_next_server(graph: Store) -> None:
    await tell(graph, person("1"))
    case = await opened(graph, customer=await customer(graph))
    [[turn]] = await graph.read("MATCH (k:Case {id: $p.id}) RETURN k.turn", {"id": case})
    former = "MATCH (k:Case {id: $p.id}) SET k.turn = k.due + k.id"

    async def as_it_was(transaction: Transaction) -> None:
        await transaction.run(former, {"id": case})

    await graph.write(as_it_was)
    [migration] = [each for each in migrations() if each.name == "0043_longest_waiting"]
    for statement in migration.statements:
        await graph.write_in_batches(statement, seconds=60)
    assert (await compute_anew(graph), await compute_anew(graph)) == (1, 0)
    assert await graph.read("MATCH (k:Case {id: $p.id}) RETURN k.turn", {"id": case}) == [[turn]]
