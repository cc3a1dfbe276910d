"""What rules and a model make of a case over GraphQL: reasons, suggestions with similar cases, who reads them, taking one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.cases.opening import Opening, open_case
from graph.cases.priority_rules import Rule
from graph.cases.sorting.sorter import NO_SORTER, Sorter
from graph.store import Store
from resolvers.cases.sorting import use_sorter
from resolvers.engine import ids
from resolvers.execution import execute
from tests.conftest import wipe
from tests.graph.cases.models import VERSION, by_hand
from tests.graph.cases.working import author, customer, do, event, mail, opened, person, tell, touchpoint
from tests.resolvers.test_case_work import EXPERT, on, read
from tests.resolvers.test_cases import GINZA, HANAKO, opens

WORDS = {"topic": {"DELIVERY": "荷物が届きません", "RETURNS": "返品したい"}}
SHOWN = "kind actor topic priority rule model probability reasons { kind value } similar { number }"
SUGGESTIONS = f"suggestions {{ {SHOWN} }}"


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    ginza = event("store", "ginza", {"name": "ginza"}, "2026-04-01T00:00:00Z")
    await tell(store, ginza, person("1"), person("2", given="太郎"), mail("m1", store="ginza"), mail("m2", "2"))
    return store


@pytest.fixture(autouse=True)
def none_afterwards() -> Iterator[None]:
    yield
    use_sorter(lambda: NO_SORTER)


async def suggested(store: Store) -> str:
    """Open a case of a store for which a model suggests a topic, with a case of another store that is like it."""
    like = await opened(store, touchpoint=touchpoint("m2"), topic="DELIVERY")
    model = by_hand(WORDS, [(like, "荷物が届きません"), ("gone", "荷物が届きません")])  # type: ignore[arg-type]
    opening = Opening("荷物が届きません", touchpoint=touchpoint("m1"))
    return (await do(store, open_case(author(), opening, Sorter((), model))))["case"]


async def test_what_a_rule_has_set_says_by_which_and_why_in_the_history(graph: Store) -> None:
    use_sorter(lambda: Sorter((Rule("returns", words=("返品",), sets_topic="RETURNS", sets_priority="HIGH"),)))
    done = await opens(graph, customerId=ids.encode("Customer", await customer(graph)), subject="返品の件")
    own_id = ids.decode_as("Case", done["case"]["id"])
    case = await read(graph, own_id, f"topic priority history {{ edges {{ node {{ {SHOWN} }} }} }}")
    assert (case["topic"], case["priority"]) == ("RETURNS", "HIGH")
    by_rule = [edge["node"] for edge in case["history"]["edges"] if edge["node"]["rule"]]
    why = {"actor": None, "rule": "returns", "model": None, "probability": None, "similar": []}
    reasons = [{"kind": "WORDS", "value": "返品"}]
    assert by_rule == [
        {"kind": "PRIORITY_SET", "topic": None, "priority": "HIGH", "reasons": reasons, **why},
        {"kind": "TOPIC_SET", "topic": "RETURNS", "priority": None, "reasons": reasons, **why},
    ]


async def test_a_suggestion_has_its_words_and_the_past_cases_that_are_like_it(graph: Store) -> None:
    case = await read(graph, await suggested(graph), f"topic {SUGGESTIONS}")
    [found] = case["suggestions"]
    assert (case["topic"], found["topic"], found["model"], found["actor"]) == (None, "DELIVERY", VERSION, None)
    assert 0.9 < found["probability"] <= 1
    assert {each["value"] for each in found["reasons"]} == {"荷物が", "届きません"}
    assert found["similar"] == [{"number": "C-1001"}]


@pytest.mark.parametrize("topic", ["DELIVERY", "BILLING", ""])
async def test_a_suggestion_is_there_until_somebody_has_set_what_it_is_about(graph: Store, topic: str) -> None:
    own_id = await suggested(graph)
    await on(graph, "caseUpdate", own_id, priority="HIGH")
    assert len((await read(graph, own_id, SUGGESTIONS))["suggestions"]) == 1
    done = await on(graph, "caseUpdate", own_id, topic=topic or "X")
    if not topic:
        done = await on(graph, "caseUpdate", own_id, topic="")
    assert done["topic"] == (topic or None)
    assert (await read(graph, own_id, SUGGESTIONS))["suggestions"] == []


async def test_a_store_sees_of_the_similar_cases_its_own_alone_and_a_customer_no_suggestion(graph: Store) -> None:
    own_id = await suggested(graph)
    [found] = (await read(graph, own_id, SUGGESTIONS, GINZA))["suggestions"]
    assert (found["topic"], found["similar"]) == ("DELIVERY", [])
    assert (await read(graph, own_id, "history { edges { node { kind } } }", HANAKO))["history"]["edges"] == [
        {"node": {"kind": "CUSTOMER_MESSAGE"}},
        {"node": {"kind": "OPENED"}},
    ]
    document = f'{{ case(by: {{id: "{ids.encode("Case", own_id)}"}}) {{ {SUGGESTIONS} }} }}'
    assert "DELIVERY" not in str((await execute(graph, document, {}, None, HANAKO)).body)


async def test_who_is_asked_about_a_case_reads_no_other_one_by_its_suggestion(graph: Store) -> None:
    own_id = await suggested(graph)
    assert await read(graph, own_id, SUGGESTIONS, EXPERT) is None
