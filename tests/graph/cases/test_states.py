"""Each cell of the tables of states."""

from __future__ import annotations

import pytest

from graph.cases.states import (
    ANSWERED,
    BOUNCED,
    BY_ITSELF,
    BY_PERSON,
    CLOSED,
    ESCALATED,
    HAPPENINGS,
    MESSAGE,
    NEEDS_CODE,
    NEEDS_NOTE,
    NEW,
    NOT_FROM_HERE,
    OPEN,
    REPLY,
    RESOLVED,
    STATES,
    TAKEN,
    THANKS,
    TIME,
    WAITING_CUSTOMER,
    WAITING_INTERNAL,
    refusal,
    takes,
)

NOT = None


@pytest.mark.parametrize(
    ("happening", "new", "open_", "waiting_customer", "waiting_internal", "resolved", "closed"),
    [
        (MESSAGE, NEW, OPEN, OPEN, OPEN, OPEN, NOT),
        (THANKS, NEW, OPEN, OPEN, OPEN, RESOLVED, NOT),
        (REPLY, OPEN, OPEN, WAITING_CUSTOMER, WAITING_INTERNAL, RESOLVED, NOT),
        (BOUNCED, OPEN, OPEN, OPEN, WAITING_INTERNAL, OPEN, NOT),
        (TAKEN, OPEN, OPEN, WAITING_CUSTOMER, WAITING_INTERNAL, RESOLVED, NOT),
        (ESCALATED, WAITING_INTERNAL, WAITING_INTERNAL, WAITING_INTERNAL, WAITING_INTERNAL, NOT, NOT),
        (ANSWERED, NEW, OPEN, WAITING_CUSTOMER, OPEN, RESOLVED, NOT),
        (TIME, NOT, NOT, NOT, NOT, CLOSED, NOT),
    ],
)
def test_what_happens_leads_from_each_state_to_one(
    happening: str, new: str, open_: str, waiting_customer: str, waiting_internal: str, resolved: str, closed: str
) -> None:
    row = [BY_ITSELF[happening].get(state) for state in STATES]
    assert row == [new, open_, waiting_customer, waiting_internal, resolved, closed]
    assert [takes(state, happening) for state in STATES] == [after is not None for after in row]


def test_the_table_has_a_row_for_everything_that_happens() -> None:
    assert set(BY_ITSELF) == set(HAPPENINGS)
    assert set(BY_PERSON) == set(STATES)


@pytest.mark.parametrize(
    ("before", "may"),
    [
        (NEW, [OPEN, WAITING_CUSTOMER, WAITING_INTERNAL, RESOLVED]),
        (OPEN, [WAITING_CUSTOMER, WAITING_INTERNAL, RESOLVED]),
        (WAITING_CUSTOMER, [OPEN, WAITING_INTERNAL, RESOLVED]),
        (WAITING_INTERNAL, [OPEN, WAITING_CUSTOMER, RESOLVED]),
        (RESOLVED, [OPEN, CLOSED]),
        (CLOSED, []),
    ],
)
def test_a_person_may_set_these_states_and_no_other(before: str, may: list[str]) -> None:
    assert [after for after in STATES if refusal(before, after, "ANSWERED", "Sent the part.") is None] == may
    assert {refusal(before, after, "ANSWERED", "Sent the part.") for after in STATES if after not in may} == {NOT_FROM_HERE}


@pytest.mark.parametrize(
    ("code", "note", "why"),
    [
        (None, "Sent the part.", NEEDS_CODE),
        (" ", "Sent the part.", NEEDS_CODE),
        ("ANSWERED", None, NEEDS_NOTE),
        ("ANSWERED", "　", NEEDS_NOTE),
        ("ANSWERED", "Sent the part.", None),
    ],
)
def test_a_case_is_resolved_with_a_code_and_a_note(code: str | None, note: str | None, why: str | None) -> None:
    assert refusal(OPEN, RESOLVED, code, note) == why
