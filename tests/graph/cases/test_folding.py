"""How a case stands after what has happened to it, in tables; and as laws over how its events arrive."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.cases.folding import fold
from graph.cases.history import CaseEvent
from graph.cases.states import CLOSED, NEW, OPEN, RESOLVED, STATES, WAITING_CUSTOMER, WAITING_INTERNAL
from tests.graph.cases.histories import at, event, histories, resolved

DAY = 24 * 60
OPENED = event(0, "OPENED", topic="delivery", priority="HIGH", language="ja", channel="EMAIL", team="red")
MESSAGE = event(0, "CUSTOMER_MESSAGE", channel="EMAIL")
TAKEN = event(5, "ASSIGNED", team="red", staff="s1")


def state_of(*events: CaseEvent, now: float = 60) -> str:
    return fold([OPENED, *events], 7, at(now)).state


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], NEW),
        ([MESSAGE], NEW),
        ([TAKEN], OPEN),
        ([event(5, "ASSIGNED", team="red")], NEW),
        ([event(5, "REPLY")], OPEN),
        ([TAKEN, event(6, "STATE_SET", state=WAITING_CUSTOMER)], WAITING_CUSTOMER),
        ([TAKEN, event(6, "STATE_SET", state=WAITING_CUSTOMER), event(7, "CUSTOMER_MESSAGE")], OPEN),
        ([TAKEN, event(6, "STATE_SET", state=WAITING_CUSTOMER), event(7, "NOTE", note="Called.")], WAITING_CUSTOMER),
        ([event(6, "ESCALATED", team="product")], WAITING_INTERNAL),
        ([event(6, "ESCALATED", team="product", id="x"), event(7, "ESCALATION_ANSWERED", about="x")], OPEN),
        ([TAKEN, resolved(10)], RESOLVED),
        ([TAKEN, resolved(10), event(11, "CUSTOMER_MESSAGE")], OPEN),
        ([TAKEN, resolved(10), event(11, "CUSTOMER_MESSAGE", only_thanks=True)], RESOLVED),
        ([TAKEN, event(9, "REPLY", id="r"), resolved(10), event(11, "BOUNCED", about="r")], OPEN),
        ([TAKEN, resolved(10), event(11, "STATE_SET", state=CLOSED), event(12, "CUSTOMER_MESSAGE")], CLOSED),
    ],
)
def test_a_case_stands_where_its_history_leads(events: list[CaseEvent], state: str) -> None:
    assert state_of(*events) == state


def test_a_resolved_case_closes_by_itself_after_so_many_days_and_takes_no_message_then() -> None:
    events = [OPENED, MESSAGE, TAKEN, resolved(10)]
    assert fold(events, 7, at(10 + 7 * DAY - 1)).state == RESOLVED
    closed = fold(events, 7, at(10 + 7 * DAY))
    assert (closed.state, closed.since) == (CLOSED, at(10 + 7 * DAY))
    late = event(10 + 8 * DAY, "CUSTOMER_MESSAGE")
    after = fold([*events, late], 7, at(10 + 9 * DAY))
    assert (after.state, after.ignored, after.last_message) == (CLOSED, (late.id,), MESSAGE.at)


def test_a_message_at_the_moment_at_which_a_case_closes_comes_too_late() -> None:
    events = [OPENED, TAKEN, resolved(10), event(10 + 7 * DAY, "CUSTOMER_MESSAGE")]
    assert fold(events, 7, at(10 + 7 * DAY)).state == CLOSED


def test_a_message_that_arrives_late_reopens_a_case_that_had_closed_by_itself() -> None:
    """The message was sent in time, and only its event took weeks."""
    events = [OPENED, MESSAGE, TAKEN, resolved(10), event(6 * DAY, "CUSTOMER_MESSAGE")]
    state = fold(events, 7, at(30 * DAY))
    assert (state.state, state.since, state.reopen_count, state.closes_at) == (OPEN, at(6 * DAY), 1, None)


def test_each_reopening_is_counted_and_the_last_resolution_is_kept() -> None:
    events = [OPENED, TAKEN, resolved(10), event(20, "CUSTOMER_MESSAGE"), resolved(30), event(40, "STATE_SET", state=OPEN)]
    state = fold(events, 7, at(50))
    assert (state.reopen_count, state.resolved_at, state.code, state.note) == (2, at(30), "ANSWERED", "Told them.")
    assert state.stays == (
        (at(0), NEW), (at(5), OPEN), (at(10), RESOLVED), (at(20), OPEN), (at(30), RESOLVED), (at(40), OPEN),
    )  # fmt: skip


def test_thanks_leave_a_case_resolved_until_somebody_says_that_they_are_more() -> None:
    events = [OPENED, TAKEN, resolved(10), event(20, "CUSTOMER_MESSAGE", only_thanks=True, id="m")]
    thanked = fold(events, 7, at(60))
    assert (thanked.state, thanked.reopen_count, thanked.waiting_since, thanked.last_message) == (RESOLVED, 0, None, at(20))
    undone = fold([*events, event(50, "THANKS_UNDONE", about="m")], 7, at(60))
    assert (undone.state, undone.since, undone.reopen_count, undone.waiting_since) == (OPEN, at(20), 1, at(20))


def test_a_customer_waits_since_the_first_message_after_the_last_reply() -> None:
    events = [OPENED, MESSAGE, event(5, "REPLY"), event(20, "CUSTOMER_MESSAGE"), event(30, "CUSTOMER_MESSAGE")]
    assert fold(events, 7, at(60)).waiting_since == at(20)
    assert fold([*events, event(40, "REPLY")], 7, at(60)).waiting_since is None


def test_a_reply_that_bounced_has_answered_nobody() -> None:
    events = [OPENED, MESSAGE, event(5, "REPLY", id="r"), event(6, "BOUNCED", about="r")]
    state = fold(events, 7, at(60))
    assert (state.last_reply, state.bounced_at, state.waiting_since) == (None, at(5), at(0))
    again = fold([*events, event(9, "REPLY")], 7, at(60))
    assert (again.last_reply, again.bounced_at, again.waiting_since) == (at(9), None, None)


def test_a_reply_that_bounces_in_a_resolved_case_leaves_the_customer_waiting_since_then() -> None:
    events = [OPENED, MESSAGE, event(5, "REPLY", id="r"), resolved(6), event(7, "BOUNCED", about="r")]
    state = fold(events, 7, at(60))
    assert (state.state, state.reopen_count, state.waiting_since) == (OPEN, 1, at(7))


def test_a_bounce_after_which_another_reply_has_left_changes_nothing() -> None:
    events = [OPENED, MESSAGE, event(5, "REPLY", id="r"), event(6, "REPLY"), resolved(7), event(8, "BOUNCED", about="r")]
    assert fold(events, 7, at(60)).state == RESOLVED


def test_a_case_has_bounced_until_something_goes_out_or_comes_in() -> None:
    returned = [OPENED, MESSAGE, event(5, "REPLY", id="r"), event(20, "CUSTOMER_MESSAGE"), event(30, "BOUNCED", about="r")]
    refused = [OPENED, MESSAGE, event(30, "NOT_SENT", about="letter", code="MAIL_REFUSED")]
    for events in (returned, refused):
        assert fold(events, 7, at(60)).bounced
        assert fold([*events, event(40, "NOTE"), event(41, "ASSIGNED", staff="s1")], 7, at(60)).bounced
        assert not fold([*events, event(40, "REPLY", id="again")], 7, at(60)).bounced
        assert not fold([*events, event(40, "CUSTOMER_MESSAGE", only_thanks=True)], 7, at(60)).bounced
        assert not fold([*events, event(10, "REPLY", id="between")], 7, at(60)).bounced or events is refused
    assert not fold([OPENED, MESSAGE, event(5, "REPLY", id="r")], 7, at(60)).bounced


def test_a_reply_that_could_not_be_sent_opens_a_resolved_case_again() -> None:
    events = [OPENED, MESSAGE, resolved(6), event(7, "NOT_SENT", about="letter", code="MAIL_REFUSED")]
    state = fold(events, 7, at(60))
    assert (state.state, state.reopen_count, state.waiting_since, state.bounced) == (OPEN, 1, at(7), True)
    assert fold([*events, resolved(8), event(9, "NOTE")], 7, at(60)).state == RESOLVED


def test_escalations_stay_until_each_of_them_is_answered() -> None:
    asked = [event(6, "ESCALATED", team=team, answer_by=at(DAY), id=team) for team in ("product", "store")]
    one = fold([OPENED, *asked, event(8, "ESCALATION_ANSWERED", about="product")], 7, at(60))
    assert [(each.team, each.answer_by) for each in one.escalations] == [("store", at(DAY))]
    assert one.asked == {"product", "store"}


def test_a_question_that_nobody_could_ask_any_more_asks_nobody() -> None:
    late = event(9, "ESCALATED", team="product", id="late")
    state = fold([OPENED, resolved(6), late], 7, at(60))
    assert (state.escalations, state.asked, state.ignored) == ((), set(), ("late",))


def test_opening_fills_in_what_nobody_has_set() -> None:
    before = [event(-2, "TOPIC_SET", topic="returns"), event(-1, "PRIORITY_SET", priority="URGENT")]
    state = fold([OPENED, *before], 7, at(60))
    assert (state.topic, state.priority, state.team, state.language, state.opened_at) == ("returns", "URGENT", "red", "ja", at(0))


def test_a_message_wakes_a_snoozed_case_and_thanks_do_not() -> None:
    snoozed = event(10, "SNOOZED", until=at(DAY))
    assert fold([OPENED, snoozed, event(11, "CUSTOMER_MESSAGE", only_thanks=True)], 7, at(60)).snoozed_until == at(DAY)
    assert fold([OPENED, snoozed, event(11, "CUSTOMER_MESSAGE")], 7, at(60)).snoozed_until is None
    assert fold([OPENED, snoozed, event(11, "SNOOZED")], 7, at(60)).snoozed_until is None


def test_tags_and_owners_are_the_last_that_were_set() -> None:
    events = [
        TAKEN, event(6, "TAGGED", tag="gift"), event(7, "TAGGED", tag="vip"), event(8, "UNTAGGED", tag="gift"),
        event(9, "ASSIGNED", team="blue"),
    ]  # fmt: skip
    state = fold([OPENED, *events], 7, at(60))
    assert (state.tags, state.team, state.staff, state.last_owner) == ({"vip"}, "blue", None, "s1")


def test_a_state_that_the_table_does_not_allow_changes_nothing_and_is_told() -> None:
    wrong = event(20, "STATE_SET", state=WAITING_CUSTOMER)
    state = fold([OPENED, TAKEN, resolved(10), wrong], 7, at(60))
    assert (state.state, state.ignored) == (RESOLVED, (wrong.id,))


@given(st.data(), histories(), st.integers(0, 40_000))
def test_events_in_any_order_and_repeated_give_the_same(data: Any, events: list[CaseEvent], now: int) -> None:
    arrived = data.draw(st.permutations([*events, *data.draw(st.lists(st.sampled_from(events), max_size=4))]))
    assert fold(arrived, 7, at(now)) == fold(events, 7, at(now))


@given(histories(), st.integers(0, 40_000))
def test_states_follow_one_another_and_each_event_is_heard_or_told_to_be_ignored(events: list[CaseEvent], now: int) -> None:
    state = fold(events, 7, at(now))
    assert state.state in STATES
    assert state.stays[-1] == (state.since, state.state)
    assert list(state.stays) == sorted(state.stays, key=lambda stay: stay[0])
    assert all(before[1] != after[1] for before, after in zip(state.stays, state.stays[1:], strict=False))
    assert state.reopen_count == sum(
        before[1] == RESOLVED and after[1] == OPEN for before, after in zip(state.stays, state.stays[1:], strict=False)
    )
    assert set(state.ignored) <= {event.id for event in events}
