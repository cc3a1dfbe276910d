"""Interactions open cases by themselves, join the ones that they belong to, and do either once, whatever crashes."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.cases.automatic import take
from graph.cases.case import case_of_touchpoint
from graph.cases.following import close_resolved, follow_next
from graph.cases.opening_rules import DEFAULT_RULES
from graph.cases.setting import set_state
from graph.changes import taking_up
from graph.changes.numbering import number_changes
from graph.decisions.customers import merge, undo
from graph.decisions.deciding import decide
from graph.decisions.table import Expected
from graph.events.newest import utc_text
from graph.store import Store
from graph.threads.span import declare_days
from tests.conftest import wipe
from tests.graph.cases.working import author, case, customer, do, event, kinds, mail, opened, person, seen, tell, touchpoint

NOW = datetime.now(UTC)


def at(hours: float) -> str:
    """Return the time so many hours before now."""
    return utc_text(NOW - timedelta(hours=hours))


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    await tell(store, person("1"), person("2", given="太郎"))
    return store


async def follow(store: Store) -> None:
    """Let everything that has come be taken up."""
    while await number_changes(store, "tests"):
        pass
    while await follow_next(store, "tests", DEFAULT_RULES):
        pass


async def cases(store: Store) -> list[list[Any]]:
    """Return (number, state, interactions with their rules in order) of each case."""
    return await store.read(
        "MATCH (k:Case) RETURN k.number, k.state, COLLECT { MATCH (k)<-[i:IN_CASE]-(t:Touchpoint) "
        "RETURN t.external_id + ' ' + i.rule ORDER BY t.position } ORDER BY k.number"
    )


def interaction(kind: str, name: str, /, hours: float = 2, code: str = "1", **more: Any) -> dict[str, Any]:
    data = {"kind": kind, "by": {"record": {"source": "/crm", "subject": code}}, "direction": "INBOUND", **more}
    return event("interaction", name, data, at(hours))


async def test_a_mail_opens_a_case_whose_beginning_it_is(graph: Store) -> None:
    await tell(graph, mail("m1", time=at(2), subject="荷物について", topic="DELIVERY", language="ja"))
    await follow(graph)
    assert await cases(graph) == [[1001, "NEW", ["m1 OPENED"]]]
    found = await case(graph, case_of_touchpoint(touchpoint("m1")))
    assert (found["subject"], found["topic"], found["opened_at"], found["channel"]) == (
        "荷物について",
        "DELIVERY",
        at(2),
        "EMAIL",
    )
    assert found["due"] > found["opened_at"]


@pytest.mark.parametrize(
    ("told", "opens"),
    [
        (interaction("WEB_FORM", "a"), True),
        (interaction("CALL", "a", durationSeconds=0), True),
        (interaction("CALL", "a", durationSeconds=90), False),
        (interaction("SOCIAL_MESSAGE", "a", messages=[{"from": "customer", "text": "在庫は?"}]), True),
        (interaction("NOTE", "a", channel="PORTAL", text="請求書を再発行してください"), True),
        (interaction("NOTE", "a", channel="STORE"), False),
        (interaction("SURVEY", "a", score=1, scale="5"), False),
        (interaction("NEWSLETTER", "a"), False),
        (interaction("EMAIL", "a", text="ありがとうございました"), False),
        (interaction("EMAIL", "a", subject="自動返信: 不在にしております", text="不在です"), False),
        (interaction("EMAIL", "a", text="不在です", autoSubmitted=True), False),
        (interaction("SOCIAL_MESSAGE", "a", text="自動応答です", autoSubmitted=True), False),
        (interaction("EMAIL", "a", hours=24 * 30, text="届きません"), False),
    ],
)
async def test_which_interactions_open_a_case(graph: Store, told: dict[str, Any], opens: bool) -> None:
    await tell(graph, told)
    await follow(graph)
    assert (await graph.read("MATCH (k:Case) RETURN count(k)")) == [[int(opens)]]


@pytest.mark.parametrize(
    ("second", "rule"),
    [
        ({"topic": "DELIVERY"}, "THREAD"),
        ({"orders": ["A-1"]}, "THREAD"),
        ({"reference": "C-1001"}, "REFERENCE"),
        ({"subject": "Re: [C-1001] 荷物"}, "NUMBER_IN_SUBJECT"),
        ({"topic": "BILLING"}, None),
    ],
)
async def test_a_second_mail_joins_the_case_for_which_something_speaks(
    graph: Store, second: dict[str, Any], rule: str | None
) -> None:
    await tell(graph, mail("m1", time=at(3), topic="DELIVERY", orders=["A-1"]))
    await follow(graph)
    await tell(graph, mail("m2", time=at(2), text="まだ届きません。", **second))
    await follow(graph)
    apart = [[1001, "NEW", ["m1 OPENED"]], [1002, "NEW", ["m2 OPENED"]]]
    assert await cases(graph) == ([[1001, "NEW", ["m1 OPENED", f"m2 {rule}"]]] if rule else apart)


@pytest.mark.parametrize(
    ("second", "rule"), [({"topic": "DELIVERY"}, "SAME_TOPIC"), ({"orders": ["A-1"]}, "SAME_ORDER"), ({"topic": "BILLING"}, None)]
)
async def test_what_is_too_late_for_the_thread_joins_the_case_by_what_it_is_about(
    graph: Store, second: dict[str, Any], rule: str | None
) -> None:
    await declare_days(graph, 1)
    await tell(graph, mail("m1", time=at(60), topic="DELIVERY", orders=["A-1"]))
    await follow(graph)
    await tell(graph, mail("m2", time=at(2), text="まだ届きません。", **second))
    await follow(graph)
    [first, *apart] = await cases(graph)
    assert first == [1001, "NEW", ["m1 OPENED", *([f"m2 {rule}"] if rule else [])]]
    assert len(apart) == (0 if rule else 1)


async def test_the_number_of_a_case_in_the_subject_of_a_stranger_opens_a_case_of_its_own(graph: Store) -> None:
    await tell(graph, mail("m1", time=at(3)))
    await follow(graph)
    await tell(graph, mail("m2", "2", time=at(2), subject="[C-1001] 教えてください"))
    await follow(graph)
    assert await cases(graph) == [[1001, "NEW", ["m1 OPENED"]], [1002, "NEW", ["m2 OPENED"]]]


async def test_an_answer_is_a_reply_in_the_case_and_a_message_after_that_waits_again(graph: Store) -> None:
    await tell(graph, mail("m1", time=at(3)))
    await follow(graph)
    own_id = case_of_touchpoint(touchpoint("m1"))
    await tell(graph, mail("r1", time=at(2), direction="OUTBOUND", staff="op-1", text="お調べします。"))
    await follow(graph)
    assert sorted(await kinds(graph, own_id)) == ["CUSTOMER_MESSAGE", "OPENED", "REPLY"]
    assert (await case(graph, own_id))["unanswered"] is False
    await tell(graph, mail("m2", time=at(1), text="いつ届きますか。"))
    await follow(graph)
    assert (await case(graph, own_id))["unanswered"] is True


async def test_thanks_reopen_nothing_and_any_other_message_does(graph: Store) -> None:
    await tell(graph, mail("m1", time=at(3)))
    await follow(graph)
    own_id = case_of_touchpoint(touchpoint("m1"))
    await do(graph, set_state(author(), [seen(own_id)], "RESOLVED", "RESENT", "再送した"))
    await tell(graph, mail("m2", time=utc_text(datetime.now(UTC)), text="ありがとうございました。"))
    await follow(graph)
    assert await cases(graph) == [[1001, "RESOLVED", ["m1 OPENED", "m2 SAME_CHANNEL"]]]
    await tell(graph, mail("m3", time=utc_text(datetime.now(UTC)), text="まだ届きません。"))
    await follow(graph)
    assert ((await case(graph, own_id))["state"], (await case(graph, own_id))["reopen_count"]) == ("OPEN", 1)


async def test_a_closed_case_is_followed_by_a_new_one(graph: Store) -> None:
    await tell(graph, mail("m1", time=at(3)))
    await follow(graph)
    own_id = case_of_touchpoint(touchpoint("m1"))
    await do(graph, set_state(author(), [seen(own_id)], "RESOLVED", "RESENT", "再送した"))
    await do(graph, set_state(author(), [seen(own_id)], "CLOSED", None, None))
    await tell(graph, mail("m2", time=utc_text(datetime.now(UTC)), text="また届きません。", reference="C-1001"))
    await follow(graph)
    assert await graph.read("MATCH (k:Case)-[:FOLLOWS]->(f:Case) RETURN k.number, f.number") == [[1002, 1001]]


async def test_a_crash_between_opening_and_moving_the_place_opens_nothing_twice(
    graph: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await tell(graph, mail("m1", time=at(2)), mail("m2", "2", time=at(1)))
    while await number_changes(graph, "tests"):
        pass

    async def crash(*_: Any) -> bool:
        raise asyncio.CancelledError

    with monkeypatch.context() as broken:
        broken.setattr(taking_up, "move_place", crash)
        with pytest.raises(asyncio.CancelledError):
            await follow_next(graph, "tests", DEFAULT_RULES)
    before = await cases(graph)
    assert len(before) == 2
    await follow(graph)
    assert await cases(graph) == before


async def test_one_case_is_opened_for_an_interaction_by_many_at_once(graph: Store) -> None:
    await tell(graph, mail("m1", time=at(2)))
    await asyncio.gather(*(take(graph, touchpoint("m1"), DEFAULT_RULES) for _ in range(8)))
    assert await cases(graph) == [[1001, "NEW", ["m1 OPENED"]]]


async def test_an_interaction_that_a_person_has_opened_a_case_for_opens_no_other(graph: Store) -> None:
    await tell(graph, mail("m1", time=at(2)))
    await opened(graph, touchpoint=touchpoint("m1"))
    await follow(graph)
    assert await cases(graph) == [[1001, "NEW", ["m1 PERSON"]]]


async def test_a_call_that_is_told_later_to_have_been_answered_is_a_reply(graph: Store) -> None:
    await tell(graph, interaction("CALL", "c1", durationSeconds=0))
    await follow(graph)
    later = interaction("CALL", "c1", durationSeconds=60, staff="op-1")
    await tell(graph, {**later, "time": at(1)})
    await follow(graph)
    own_id = case_of_touchpoint(touchpoint("c1"))
    assert await kinds(graph, own_id) == ["OPENED", "REPLY"]


async def test_a_resolved_case_closes_by_itself(graph: Store) -> None:
    own_id = await opened(graph, customer=await customer(graph))
    await do(graph, set_state(author(), [seen(own_id)], "RESOLVED", "DONE", "済み"))
    assert await close_resolved(graph) == 0

    async def age(transaction: Any) -> None:
        await transaction.run(
            "MATCH (k:Case {id: $p.id})-[:HAS_EVENT]->(e) SET e.at = '2026' + right(e.at, 23), k.closes_at = '2026-01-08' "
            "SET e.at = '2025' + right(e.at, 23), e.position = e.at + e.id",
            {"id": own_id},
        )

    await graph.write(age)
    assert await close_resolved(graph) == 1
    assert (await case(graph, own_id))["state"] == "CLOSED"


async def test_a_merge_and_its_undoing_leave_a_case_as_it_was(graph: Store) -> None:
    await tell(graph, mail("m1", time=at(3)), mail("m2", "2", time=at(2), topic="OTHER"))
    await follow(graph)
    before = [await case(graph, case_of_touchpoint(touchpoint(each))) for each in ("m1", "m2")]
    steward, ids = replace(author("steward-1"), reason="試験のため"), [await customer(graph, code) for code in "12"]
    merged = await decide(graph, steward, merge([await known(graph, code) for code in "12"]))
    assert len({owner for _, owner in await graph.read(WHOSE)}) == 1
    await decide(graph, replace(steward, key="undo"), undo(await known(graph, "1"), merged.decision))
    assert [owner for _, owner in await graph.read(WHOSE)] == ids
    assert [await case(graph, case_of_touchpoint(touchpoint(each))) for each in ("m1", "m2")] == before


WHOSE = "MATCH (k:Case)<-[:IN_CASE]-()<-[:DID]-()-[:RESOLVES_TO]->(c:Customer) RETURN k.number, c.id ORDER BY k.number"


async def known(store: Store, code: str) -> Expected:
    own_id = await customer(store, code)
    [[version]] = await store.read("MATCH (c:Customer {id: $p.id}) RETURN c.version", {"id": own_id})
    return Expected(own_id, version)
