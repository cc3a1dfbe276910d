"""Work on a case over GraphQL: notes, questions to another team, promises, what belongs to it, and its clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from graph.store import Store, Transaction
from resolvers.access.roles import Role
from resolvers.access.viewer import Viewer
from resolvers.engine import ids
from tests.conftest import wipe
from tests.graph.cases.working import customer, mail, not_sent, opened, person, tell, touchpoint
from tests.resolvers.test_cases import HANAKO, OPERATOR, ask, listed

keys = count()
ADMIN = Viewer("admin-1", frozenset({Role.ADMIN}))
EXPERT = Viewer("expert-1", frozenset({Role.EXPERT}))
SHOWN = "version subject state priority topic tags snoozedUntil escalatedTo unanswered"


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    await tell(store, person("1"), person("2", given="太郎"), mail("m1"), mail("m2", time="2026-04-01T02:00:00Z"))
    team = {"code": "product", "name": "商品部", "members": [{"account": "expert-1", "languages": ["ja"], "skills": ["PEN"]}]}
    answer = await do(store, "teamPut", "team { code members { account languages skills capacity } }", ADMIN, **team)
    member = {"account": "expert-1", "languages": ["ja"], "skills": ["PEN"], "capacity": 6}
    assert answer == {"team": {"code": "product", "members": [member]}, "userErrors": []}
    return store


async def do(store: Store, name: str, shown: str, viewer: Viewer = OPERATOR, /, **given: Any) -> Any:
    """Return what a mutation answers."""
    document = (
        f"mutation($input: {name[0].upper()}{name[1:]}Input!) "
        f"{{ {name}(input: $input) {{ {shown} userErrors {{ code path }} }} }}"
    )
    return (await ask(store, document, viewer, input={"idempotencyKey": f"w{next(keys)}", **given}))[name]


async def on(store: Store, name: str, own_id: str, viewer: Viewer = OPERATOR, /, **given: Any) -> Any:
    """Return the case as a mutation on it answers; its refusals are told instead."""
    answer = await do(store, name, f"case {{ {SHOWN} }}", viewer, case={"id": ids.encode("Case", own_id)}, **given)
    return answer["case"] or answer["userErrors"]


async def read(store: Store, own_id: str, shown: str, viewer: Viewer = OPERATOR) -> Any:
    return (await ask(store, f'{{ case(by: {{id: "{ids.encode("Case", own_id)}"}}) {{ {shown} }} }}', viewer))["case"]


def later(hours: int) -> str:
    return (datetime.now(UTC) + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


async def test_a_case_is_changed_snoozed_and_tagged(graph: Store) -> None:
    own_id = await opened(graph, customer=await customer(graph))
    changed = await on(graph, "caseUpdate", own_id, subject="色違い", priority="URGENT", topic="WRONG_ITEM")
    assert (changed["subject"], changed["priority"], changed["topic"], changed["version"]) == (
        "色違い",
        "URGENT",
        "WRONG_ITEM",
        2,
    )
    assert (await on(graph, "caseUpdate", own_id, topic=""))["topic"] is None
    assert (await on(graph, "caseSnooze", own_id, until=later(5)))["snoozedUntil"] is not None
    assert await listed(graph, chosen="(filter: {snoozed: true})") == ["C-1001"]
    assert await on(graph, "caseSnooze", own_id, until="2026-01-01T00:00:00Z") == [
        {"code": "INVALID_INPUT", "path": ["input", "until"]}
    ]
    for name, tags in (("caseTag", ["VIP"]), ("caseTag", ["VIP"]), ("caseUntag", [])):
        answer = await do(graph, name, "cases { tags }", cases=[{"id": ids.encode("Case", own_id)}], tag="VIP")
        assert answer["cases"] == [{"tags": tags}]


async def test_a_team_that_is_asked_reads_the_case_as_long_as_it_is_open(graph: Store) -> None:
    own_id, other = [await opened(graph, customer=await customer(graph)) for _ in range(2)]
    assert (await listed(graph, EXPERT), await on(graph, "caseAnswer", other, EXPERT, note="答え")) == (
        [],
        [{"code": "NOT_FOUND", "path": ["input", "case", "id"]}],
    )
    asked = await on(graph, "caseEscalate", own_id, team="product", note="在庫は?", answerBy=later(8))
    assert (asked["escalatedTo"], asked["state"]) == ("product", "WAITING_INTERNAL")
    assert await listed(graph, EXPERT) == ["C-1001"]
    shown = await read(graph, own_id, "subject history { edges { node { kind note } } }", EXPERT)
    assert shown["history"]["edges"][-1]["node"] == {"kind": "ESCALATED", "note": "在庫は?"}
    assert await listed(graph, chosen='(filter: {escalatedTo: "product"})') == ["C-1001"]
    await do(graph, "caseAnswer", "userErrors { code }", EXPERT, case={"id": ids.encode("Case", own_id)}, note="来週入荷します")
    assert (await read(graph, own_id, "state escalatedTo"), await listed(graph, EXPERT)) == (
        {"state": "OPEN", "escalatedTo": None},
        ["C-1001"],
    )
    assert await on(graph, "caseAnswer", own_id, EXPERT, note="もう一度") == [{"code": "CONFLICT", "path": ["input", "case"]}]
    resolved = {"cases": [{"id": ids.encode("Case", own_id)}], "state": "RESOLVED", "code": "SOLVED", "note": "解決"}
    await do(graph, "caseSetState", "userErrors { code }", **resolved)
    assert (await read(graph, own_id, "id", EXPERT), await listed(graph, EXPERT)) == (None, [])


async def test_untied_an_interaction_leaves_no_trace_and_tied_again_it_stands_where_it_stood(graph: Store) -> None:
    own_id = await opened(graph, touchpoint=touchpoint("m1"))
    second = ids.encode("Email", touchpoint("m2"))
    await on(graph, "caseTie", own_id, touchpointId=second)
    shown = "dueAt unanswered lastMessageAt history { edges { node { kind occurredAt } } } clocks { kind startedAt dueAt }"
    before = await read(graph, own_id, shown)
    assert before["lastMessageAt"] == "2026-04-01T02:00:00Z"
    await on(graph, "caseUntie", own_id, touchpointId=second)
    assert (await read(graph, own_id, shown))["lastMessageAt"] == "2026-04-01T01:00:00Z"
    assert await on(graph, "caseUntie", own_id, touchpointId=second) == [{"code": "CONFLICT", "path": ["input", "touchpointId"]}]
    await on(graph, "caseTie", own_id, touchpointId=second)
    assert await read(graph, own_id, shown) == before


async def test_a_promise_is_seen_with_the_case_and_the_customer_and_kept_once(graph: Store) -> None:
    own_id = await opened(graph, customer=await customer(graph))
    case = {"id": ids.encode("Case", own_id)}
    made = await do(
        graph,
        "promiseMake",
        "promise { id state owner text }",
        case=case,
        text="明日までにお電話します",
        dueAt=later(20),
        door="PHONE",
    )
    promise = made["promise"]
    assert (promise["state"], promise["owner"]) == ("OPEN", "op-1")
    document = "{ me { promises { edges { node { text state owner } } } cases { edges { node { number } } } } }"
    mine = (await ask(graph, document.replace(" owner", ""), HANAKO))["me"]
    assert mine["promises"]["edges"] == [{"node": {"text": "明日までにお電話します", "state": "OPEN"}}]
    assert mine["cases"]["edges"] == [{"node": {"number": "C-1001"}}]
    assert (await ask(graph, "{ caseCounts { promisedToday open } }"))["caseCounts"] == {"promisedToday": 1, "open": 1}
    kept = await do(graph, "promiseKeep", "promise { state }", promiseId=promise["id"])
    again = await do(graph, "promiseWithdraw", "promise { state }", promiseId=promise["id"])
    assert (kept["promise"], again["userErrors"][0]["code"]) == ({"state": "KEPT"}, "CONFLICT")
    past = await do(graph, "promiseMake", "promise { id }", case=case, text="昨日", dueAt="2026-01-01T00:00:00Z")
    assert past["userErrors"] == [{"code": "INVALID_INPUT", "path": ["input", "dueAt"]}]


async def test_counts_are_of_the_lists_and_of_one_team_where_it_is_named(graph: Store) -> None:
    whose = await customer(graph)
    await opened(graph, touchpoint=touchpoint("m1"))
    await opened(graph, customer=whose, staff="op-1")
    await opened(graph, customer=whose, team="product")
    shown = "{ open mine unassigned unanswered overdue escalated waitingTooLong bounced }"
    counts = {"open": 3, "mine": 1, "unassigned": 2, "unanswered": 1, "overdue": 0, "escalated": 0, "waitingTooLong": 0}
    counts["bounced"] = 0
    assert (await ask(graph, f"{{ caseCounts {shown} }}"))["caseCounts"] == counts
    assert (await ask(graph, '{ caseCounts(team: "product") { open mine } }'))["caseCounts"] == {"open": 1, "mine": 0}


async def test_cases_of_which_a_reply_was_not_delivered_are_a_list_and_a_count(graph: Store) -> None:
    one, other = [await opened(graph, customer=await customer(graph), team=team) for team in ("product", None)]
    await opened(graph, customer=await customer(graph))
    assert await listed(graph, chosen="(filter: {bounced: true})") == []
    await not_sent(graph, one, other)
    assert sorted(await listed(graph, chosen="(filter: {bounced: true})")) == ["C-1001", "C-1002"]
    assert await listed(graph, chosen='(filter: {bounced: true, team: "product"})') == ["C-1001"]
    assert len(await listed(graph, chosen="(filter: {bounced: false})")) == 3
    counts = '{ all: caseCounts { bounced } theirs: caseCounts(team: "product") { bounced } }'
    assert await ask(graph, counts) == {"all": {"bounced": 2}, "theirs": {"bounced": 1}}


async def test_the_clocks_of_a_case_name_their_calendar_and_its_version(graph: Store) -> None:
    own_id = await opened(graph, customer=await customer(graph))
    [first, last] = (await read(graph, own_id, "clocks { kind state paused calendar calendarVersion target dueAt }"))["clocks"]
    assert (first["kind"], last["kind"], first["state"]) == ("FIRST_RESPONSE", "RESOLUTION", "PENDING")
    assert (first["calendar"], first["calendarVersion"], first["target"]) == ("office", 1, "first")


async def test_the_timeline_shows_the_cases_of_an_interaction(graph: Store) -> None:
    await opened(graph, touchpoint=touchpoint("m1"))
    shown = await ask(
        graph, f'{{ node(id: "{ids.encode("Email", touchpoint("m1"))}") {{ ... on Email {{ cases {{ number }} }} }} }}'
    )
    assert shown["node"] == {"cases": [{"number": "C-1001"}]}


async def test_a_document_without_variables_counts_for_each_who_asks_and_as_of_now(graph: Store) -> None:
    whose, document = await customer(graph), "{ caseCounts { mine overdue } cases(filter: {overdue: true}) { totalCount } }"
    other = Viewer("op-2", frozenset({Role.CALL_CENTER}))
    [own_id, late] = [await opened(graph, customer=whose) for _ in range(2)]
    await do(graph, "caseAssign", "cases { id }", cases=[{"id": ids.encode("Case", own_id)}], take=True)
    assert await ask(graph, document) == {"caseCounts": {"mine": 1, "overdue": 0}, "cases": {"totalCount": 0}}
    assert (await ask(graph, document, other))["caseCounts"]["mine"] == 0
    # Due a moment later than that answer was made
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    async def fall_due(transaction: Transaction) -> None:
        await transaction.run("MATCH (k:Case {id: $p.id}) SET k.turn = $p.now + k.id, k.due = $p.now", {"id": late, "now": now})

    await graph.write(fall_due)
    assert await ask(graph, document) == {"caseCounts": {"mine": 1, "overdue": 1}, "cases": {"totalCount": 1}}
