"""A case that is opened is sorted by the rules: by itself or by a person, with what made them apply in its history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.cases.automatic import take
from graph.cases.case import case_of_touchpoint
from graph.cases.opening import Opening, open_case
from graph.cases.opening_rules import DEFAULT_RULES
from graph.cases.priority_rules import Incoming, Rule
from graph.cases.promises import Promise, make
from graph.cases.setting import update
from graph.cases.sorting.reading import past_cases
from graph.cases.sorting.sorter import Mode, Sorter, Unsorted, sorted_by, sorter_of
from graph.events.newest import utc_text
from graph.store import Store
from tests.conftest import wipe
from tests.graph.cases.models import VERSION, by_hand
from tests.graph.cases.working import author, case, customer, do, event, mail, opened, person, seen, tell, touchpoint

NOW = datetime.now(UTC)
RULES = Sorter((
    Rule("returns", words=("返品",), sets_topic="RETURNS"),
    Rule("gold", topic="RETURNS", rank="GOLD", sets_priority="HIGH"),
    Rule("promised", promise_overdue=True, sets_priority="URGENT"),
))  # fmt: skip


def at(hours: float) -> str:
    return utc_text(NOW - timedelta(hours=hours))


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    gold = {"name": {"family": "試験", "given": "金子"}, "attributes": {"rank": "GOLD"}}
    await tell(store, person("1"), event("person", "2", gold, at(9)))
    return store


async def arrives(store: Store, name: str, code: str = "1", **more: Any) -> str:
    """Have a mail arrive and be taken up, and return the id of its case."""
    await tell(store, mail(name, code, time=at(2), **more))
    await take(store, touchpoint(name), DEFAULT_RULES, RULES)
    return case_of_touchpoint(touchpoint(name))


async def by_itself(store: Store, own_id: str) -> list[tuple[str, str, list[str]]]:
    """Return what rules have set in a case: (value, rule, why)."""
    return [
        (topic or priority, rule, why)
        for topic, priority, rule, why, actor in await store.read(
            "MATCH (e:CaseEvent {case: $p.id}) WHERE e.rule IS NOT NULL "
            "RETURN e.topic, e.priority, e.rule, e.why, e.actor ORDER BY e.kind DESC",
            {"id": own_id},
        )
        if actor is None
    ]


async def test_a_mail_is_sorted_by_the_rules_and_its_history_says_by_which_and_why(graph: Store) -> None:
    own_id = await arrives(graph, "m1", code="2", text="返品したいです。")
    assert await by_itself(graph, own_id) == [
        ("RETURNS", "returns", ["WORDS 返品"]),
        ("HIGH", "gold", ["RANK GOLD", "TOPIC RETURNS"]),
    ]
    found = await case(graph, own_id)
    assert (found["topic"], found["priority"]) == ("RETURNS", "HIGH")


async def test_the_clocks_run_by_the_priority_that_a_rule_has_set(graph: Store) -> None:
    urgent = Sorter((Rule("now", words=("返品",), sets_priority="URGENT"),))
    for name, code, sorter in (("m1", "1", urgent), ("m2", "2", Sorter())):
        await tell(graph, mail(name, code, time=at(2), text="返品したいです。"))
        await take(graph, touchpoint(name), DEFAULT_RULES, sorter)
    soon, later = [(await case(graph, case_of_touchpoint(touchpoint(name))))["due"] for name in ("m1", "m2")]
    assert soon < later


async def test_a_topic_that_the_form_has_told_stays_and_the_rules_of_priority_ask_for_it(graph: Store) -> None:
    own_id = await arrives(graph, "m1", code="2", text="返品?", topic="BILLING")
    assert await by_itself(graph, own_id) == []
    assert (await case(graph, own_id))["topic"] == "BILLING"


async def test_nothing_is_set_where_no_rule_applies(graph: Store) -> None:
    own_id = await arrives(graph, "m1", text="こんにちは")
    assert await by_itself(graph, own_id) == []
    assert ((await case(graph, own_id))["topic"], (await case(graph, own_id))["priority"]) == ("", "NORMAL")


@pytest.mark.parametrize("made", ["for the customer", "for a case"])
async def test_a_promise_that_is_overdue_raises_the_next_case_of_its_customer(graph: Store, made: str) -> None:
    about: dict[str, Any] = {"customer": await customer(graph)}
    if made == "for a case":
        about = {"case": seen(await arrives(graph, "m0", topic="BILLING"))}
    await do(graph, make(author(), Promise("お電話します", utc_text(datetime.now(UTC) + timedelta(hours=1)), "op-1", **about)))
    assert await by_itself(graph, await arrives(graph, "m1", topic="DELIVERY")) == []

    async def make_late(transaction: Any) -> None:
        await transaction.run("MATCH (m:Promise) SET m.due = $p.due", {"due": at(1)})

    await graph.write(make_late)
    assert await by_itself(graph, await arrives(graph, "m2", topic="STOCK")) == [("URGENT", "promised", ["PROMISE_OVERDUE "])]


@pytest.mark.parametrize(
    ("told", "topic", "priority"),
    [
        ({}, "RETURNS", "HIGH"),
        ({"topic": "BILLING"}, "BILLING", "NORMAL"),
        ({"topic": "RETURNS"}, "RETURNS", "HIGH"),
        ({"priority": "NORMAL"}, "RETURNS", "NORMAL"),
        ({"priority": "LOW", "topic": "BILLING"}, "BILLING", "LOW"),
    ],
)
async def test_rules_set_what_the_person_who_opens_a_case_has_not_told(
    graph: Store, told: dict[str, Any], topic: str, priority: str
) -> None:
    opening = Opening("返品の件", customer=await customer(graph, "2"), **told)
    own_id = (await do(graph, open_case(author(), opening, RULES)))["case"]
    found = await case(graph, own_id)
    assert (found["topic"], found["priority"]) == (topic, priority)


async def test_taken_up_again_nothing_is_set_twice_and_what_a_person_has_set_stays(graph: Store) -> None:
    own_id = await arrives(graph, "m1", code="2", text="返品したいです。")
    before = await case(graph, own_id)
    await take(graph, touchpoint("m1"), DEFAULT_RULES, RULES)
    assert await case(graph, own_id) == before


async def test_without_rules_a_case_is_as_whoever_opened_it_has_told(graph: Store) -> None:
    own_id = await opened(graph, customer=await customer(graph))
    assert ((await case(graph, own_id))["topic"], (await case(graph, own_id))["priority"]) == ("", "NORMAL")


def of_model(mode: Mode, past: tuple[tuple[str, str], ...] = (), *, right: int = 60, rules: Sorter = Sorter()) -> Sorter:
    fields = {"topic": {"DELIVERY": "荷物が届きません", "RETURNS": "返品したい"}, "priority": {"HIGH": "至急", "NORMAL": "荷物"}}
    return sorter_of(rules.rules, by_hand(fields, past, right=right), mode, 0.9)


async def sorted_so(store: Store, sorter: Sorter, name: str = "m1", **told: Any) -> tuple[str, list[list[Any]]]:
    """Have a mail be taken up, and return its case with what the model did in it: (kind, topic, priority, why, similar)."""
    await tell(store, mail(name, time=at(2), **{"text": "荷物が届きません。", **told}))
    await take(store, touchpoint(name), DEFAULT_RULES, sorter)
    own_id = case_of_touchpoint(touchpoint(name))
    events = await store.read(
        "MATCH (e:CaseEvent {case: $p.id}) WHERE e.model = $p.model AND e.actor IS NULL "
        "RETURN e.kind, e.topic, e.priority, e.why, e.similar ORDER BY e.kind, e.topic",
        {"id": own_id, "model": VERSION},
    )
    return own_id, events


@pytest.mark.parametrize(
    ("mode", "right", "kind", "topic"),
    [
        ("fill", 60, "TOPIC_SET", "DELIVERY"),
        ("fill", 52, "SUGGESTED", ""),
        ("suggest", 60, "SUGGESTED", ""),
    ],
)
async def test_a_model_fills_in_what_it_is_right_in_often_enough_and_suggests_the_rest(
    graph: Store, mode: Mode, right: int, kind: str, topic: str
) -> None:
    own_id, [[happened, said, _, why, _]] = await sorted_so(graph, of_model(mode, right=right))
    assert (happened, said, (await case(graph, own_id))["topic"]) == (kind, "DELIVERY", topic)
    assert why[0].startswith("WORDS ")
    assert {each.removeprefix("WORDS ") for each in why} == {"荷物が", "届きません"}


def test_a_topic_may_be_called_as_a_priority_is() -> None:
    model = by_hand({"topic": {"NORMAL": "荷物が届きません", "RETURNS": "返品したい"}})
    found = sorted_by(sorter_of((), model, "suggest", 0.9), Unsorted("c", at(2), Incoming("荷物が届きません", "EMAIL")))
    assert [(event.kind, event.topic) for event in found.happened] == [("SUGGESTED", "NORMAL")]


async def test_a_model_that_watches_changes_nothing_and_what_it_said_is_kept(graph: Store) -> None:
    own_id, events = await sorted_so(graph, of_model("watch"))
    assert events == []
    found = await case(graph, own_id)
    assert (found["topic"], found["priority"]) == ("", "NORMAL")
    assert [each.split()[::2] for each in found["forecasts"]] == [["topic", "DELIVERY"], ["priority", "NORMAL"]]


async def test_where_a_rule_or_the_customer_has_told_the_model_says_nothing(graph: Store) -> None:
    by_rule = Sorter((Rule("parcels", words=("荷物",), sets_topic="PARCELS", sets_priority="LOW"),))
    for name, told, topic in (("m1", {}, "PARCELS"), ("m2", {"topic": "BILLING"}, "BILLING")):
        own_id, events = await sorted_so(graph, of_model("fill", rules=by_rule), name, **told)
        assert (events, (await case(graph, own_id))["topic"]) == ([], topic)


async def test_past_cases_that_are_like_it_stand_beside_what_is_suggested(graph: Store) -> None:
    past = (("far", "返品したい"), ("near", "荷物が届きません"), ("nothing", "こんにちは"))
    _, [[*_, similar]] = await sorted_so(graph, of_model("suggest", past))
    assert similar == ["near"]


async def labels(store: Store) -> dict[str, tuple[str | None, str | None]]:
    """Return what people have said of each case by its id: (topic, priority)."""
    return {each.case.id: (each.case.topic, each.case.priority) async for each in past_cases(store)}


async def test_what_rules_and_models_have_set_is_learned_from_only_once_a_person_has_set_it(graph: Store) -> None:
    by_model, _ = await sorted_so(graph, of_model("fill"))
    by_rule = await arrives(graph, "m2", code="2", text="返品したいです。")
    told = await opened(graph, customer=await customer(graph), topic="STOCK", priority="LOW")
    assert await labels(graph) == {by_model: (None, None), by_rule: (None, None), told: ("STOCK", "LOW")}
    for own_id in (by_model, by_rule):
        await do(graph, update(author(), seen(own_id), subject=None, priority="URGENT", topic="LOST"))
    assert await labels(graph) == {by_model: ("LOST", "URGENT"), by_rule: ("LOST", "URGENT"), told: ("STOCK", "LOW")}


async def test_a_past_case_has_the_text_that_a_new_one_is_sorted_by_and_what_was_said_of_it(graph: Store) -> None:
    await sorted_so(graph, of_model("watch"), subject="荷物")
    [read] = [each async for each in past_cases(graph)]
    assert (read.case.text, read.case.who) == ("荷物\n荷物が届きません。", await customer(graph))
    assert [(name, label) for name, _, label in read.forecasts] == [("topic", "DELIVERY"), ("priority", "NORMAL")]
