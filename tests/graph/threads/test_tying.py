"""The day of one conversation over four doors, what people say of it, forged replies, merges, erasure and retention."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from graph.commands.command import Answer, Author, Command, run
from graph.decisions import customers, identifiers
from graph.decisions.deciding import decide
from graph.decisions.table import Expected
from graph.errors import Conflict, NotFound, Outdated
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.keys import identifier_id, touchpoint_id
from graph.retention.expiring import EXPIRING_NOUNS, expire
from graph.store import Reader, Store
from graph.threads.naming import keyed_part
from graph.threads.span import declare_days
from graph.threads.steps import settle_all, settle_anew
from graph.threads.tying import tie, untie
from graph.writes.unit import execute
from tests.conftest import wipe

numbers = count()
KEY = b"a key for tests"
PHONE = {"kind": "PHONE", "value": "+819055550101"}
BOT, LINE, CALL, COUNTER = (touchpoint_id(f"/desk:{name}") for name in ("bot", "line", "call", "counter"))
OURS = keyed_part(KEY, "12" * 16)


def contact(name: str, kind: str, time: str, **data: Any) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": "customer360.interaction.v1", "source": "/desk", "id": f"t-{next(numbers)}"}
    return {**envelope, "subject": name, "time": time, "data": {"kind": kind, "by": {"identifiers": [PHONE]}, **data}}


DAY = (
    contact("bot", "BOT_SESSION", "2026-11-24T23:10:00+09:00", topic="delivery", language="en", handedOverTo="line desk",
            messages=[{"from": "customer", "text": "Where is my coat?"}], promise="An answer by 9:00"),
    contact("line", "SOCIAL_MESSAGE", "2026-11-25T08:30:00+09:00", topic="delivery", channel="LINE", promise="電話します"),
    contact("call", "CALL", "2026-11-25T12:05:00+09:00", topic="delivery", text="転写", promise="店頭で受け取り"),
    contact("counter", "STORE_VISIT", "2026-11-25T17:40:00+09:00", topic="delivery", store="ginza", promise="翌日発送"),
)  # fmt: skip
READ = """
MATCH (h:Thread)
WITH h, COLLECT { MATCH (h)<-[:IN_THREAD]-(t) RETURN t.external_id ORDER BY t.position } AS names ORDER BY names
RETURN names
"""
VERSION = "MATCH (:Touchpoint {id: $p.id})-[:IN_THREAD]->(h) RETURN h.version"
CUSTOMER = "MATCH (:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c) RETURN c.id, c.version"
NOTED = "MATCH (e:OutboxEntry {type: 'thread.changed'}) RETURN e.refs ORDER BY e.id DESC LIMIT 1"


async def tell(store: Store, *events: dict[str, Any]) -> None:
    receipts = await record(store, [read_event(raw, KEY) for raw in events])
    assert [receipt.error for receipt in receipts if receipt.error] == []


async def threads(store: Store) -> list[list[str]]:
    return [names for (names,) in await store.read(READ)]


async def version(store: Store, own_id: str) -> int:
    rows = await store.read(VERSION, {"id": own_id})
    return rows[0][0] if rows else 0


async def say(store: Store, command: Command) -> Answer:
    async def itself(answer: Answer, _: Reader) -> Answer:
        return answer

    return await run(store, command, itself)


def author() -> Author:
    return Author("tests", "op-1", f"tying-{next(numbers)}", "because")


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    await tell(store, *DAY)
    return store


async def test_four_doors_in_one_day_are_one_thread(graph: Store) -> None:
    assert await threads(graph) == [["bot", "line", "call", "counter"]]
    assert [ref for ref in (await graph.read(NOTED))[0][0] if ref.startswith("Touchpoint")] != []


async def test_what_is_untied_stands_alone_and_is_as_it_was_when_it_is_tied_again(graph: Store) -> None:
    before = await graph.read("MATCH (t)-[i:IN_THREAD]->(h) RETURN t.id, i.rule, h.id ORDER BY t.id")
    await say(graph, untie(author(), CALL, await version(graph, CALL)))
    assert await threads(graph) == [["bot", "line", "counter"], ["call"]]
    await tell(graph, contact("later", "CALL", "2026-11-26T10:00:00+09:00", topic="delivery"))
    assert await threads(graph) == [["bot", "line", "counter", "later"], ["call"]]
    await say(graph, tie(author(), CALL, BOT, await version(graph, BOT)))
    assert await threads(graph) == [["bot", "line", "call", "counter", "later"]]
    after = await graph.read("MATCH (t)-[i:IN_THREAD]->(h) RETURN t.id, i.rule, h.id ORDER BY t.id")
    assert [row for row in after if row[0] != touchpoint_id("/desk:later")] == before


async def test_what_a_person_ties_comes_with_its_thread_and_is_parted_when_that_is_taken_back(graph: Store) -> None:
    others = [contact(name, "CALL", f"2026-06-0{day}T10:00:00Z", topic="size") for name, day in (("x", 1), ("y", 2))]
    await tell(graph, *others)
    own = touchpoint_id("/desk:y")
    await say(graph, tie(author(), own, COUNTER, await version(graph, COUNTER)))
    assert await threads(graph) == [["x", "y", "bot", "line", "call", "counter"]]
    await say(graph, untie(author(), own, await version(graph, own)))
    assert await threads(graph) == [["bot", "line", "call", "counter"], ["x", "y"]]


async def test_what_is_no_thread_or_has_changed_is_refused(graph: Store) -> None:
    await tell(graph, contact("note", "NOTE", "2026-11-25T10:00:00Z"), contact("alone", "CALL", "2026-01-25T10:00:00Z"))
    alone, current = touchpoint_id("/desk:alone"), await version(graph, BOT)
    for refused, command, pointer in (
        (NotFound, tie(author(), "none", BOT, current), "/touchpointId"),
        (Conflict, tie(author(), touchpoint_id("/desk:note"), BOT, current), "/touchpointId"),
        (Conflict, tie(author(), CALL, BOT, current), "/toTouchpointId"),
        (Outdated, tie(author(), alone, BOT, current + 1), "/version"),
        (Conflict, untie(author(), alone, 0), "/touchpointId"),
    ):
        with pytest.raises(refused) as told:
            await say(graph, command)
        assert told.value.pointer == pointer


async def test_a_reply_to_our_message_is_tied_and_one_with_a_wrong_keyed_part_is_not(graph: Store) -> None:
    ours, forged = f"<{OURS}@shop.example.jp>", f"<{OURS[:-16]}{'0' * 16}@shop.example.jp>"
    stranger = {"identifiers": [{"kind": "EMAIL", "value": "stranger@example.jp"}]}
    await tell(
        graph,
        contact("reply", "EMAIL", "2026-03-03T10:00:00Z", inReplyTo=ours, by=stranger),
        contact("forged", "EMAIL", "2026-03-04T10:00:00Z", inReplyTo=forged, by=stranger),
        contact("quoted", "EMAIL", "2026-03-05T10:00:00Z", text=f"> [{OURS}]", by=stranger),
        contact("answer", "EMAIL", "2026-03-01T10:00:00Z", messageId=ours, direction="OUTBOUND"),
    )
    assert await threads(graph) == [["answer", "reply", "quoted"], ["bot", "line", "call", "counter"], ["forged"]]
    assert await graph.read("MATCH (t {external_id: 'forged'}) RETURN t.replied_names") == [[["forged:" + "12" * 16]]]


async def test_an_id_of_another_mail_ties_the_same_participants_only(graph: Store) -> None:
    other = {"identifiers": [{"kind": "EMAIL", "value": "other@example.jp"}]}
    await tell(
        graph,
        contact("m1", "EMAIL", "2026-03-01T10:00:00Z", messageId="<m1@mail.example.jp>"),
        contact("m2", "EMAIL", "2026-03-09T10:00:00Z", references=["<m0@mail.example.jp> <m1@mail.example.jp>"]),
        contact("m3", "EMAIL", "2026-03-10T10:00:00Z", inReplyTo="<m1@mail.example.jp>", by=other),
    )
    assert [names for names in await threads(graph) if "m1" in names or "m3" in names] == [["m1", "m2"], ["m3"]]


async def test_a_merge_and_its_undoing_move_no_thread(graph: Store) -> None:
    for number in (1, 2):
        held = [{"kind": "POS_CARD", "value": f"C{number}"}]
        person = {"name": {"family": "試験", "given": f"{number}郎"}, "identifiers": held}
        envelope = {"specversion": "1.0", "type": "customer360.person.v1", "source": "/pos", "time": "2026-04-01T10:00:00Z"}
        await tell(graph, {**envelope, "id": f"p{number}", "subject": str(number), "data": person})
        by = {"record": {"source": "/pos", "subject": str(number)}}
        await tell(
            graph, *(contact(f"c{number}{day}", "CALL", f"2026-05-0{day}T10:00:00Z", by=by, topic="size") for day in (1, 2))
        )
    before = await threads(graph)
    both = [Expected(*(await graph.read(CUSTOMER, {"key": f"/pos:{number}"}))[0]) for number in (1, 2)]
    done = await decide(graph, author(), customers.merge(both))
    assert await threads(graph) == before
    one = Expected(*(await graph.read(CUSTOMER, {"key": "/pos:1"}))[0])
    await decide(graph, author(), customers.undo(one, done.decision))
    assert await threads(graph) == before
    assert [names for names in before if names[0].startswith("c1") or names[0].startswith("c2")] == [
        ["c11", "c12"],
        ["c21", "c22"],
    ]


async def test_a_value_that_is_blocked_ties_no_more_and_ties_again_when_it_is_freed(graph: Store) -> None:
    own = identifier_id("PHONE::+819055550101")
    await decide(graph, author(), identifiers.block(own))
    await settle_all(graph, most=2)
    assert await threads(graph) == []
    await decide(graph, author(), identifiers.free(own))
    await settle_all(graph, most=2)
    assert await threads(graph) == [["bot", "line", "call", "counter"]]


async def test_another_span_holds_once_all_is_settled_anew(graph: Store) -> None:
    await tell(graph, contact("late", "CALL", "2026-12-20T10:00:00Z", topic="delivery"))
    await declare_days(graph, 60)
    assert await settle_anew(graph, most=2) == 5
    assert await threads(graph) == [["bot", "line", "call", "counter", "late"]]


async def test_what_is_deleted_for_its_age_leaves_its_thread_to_the_others(graph: Store) -> None:
    await execute(graph, EXPIRING_NOUNS, lambda unit: expire(unit, [BOT, CALL]))
    assert await threads(graph) == [["line", "counter"]]
    await execute(graph, EXPIRING_NOUNS, lambda unit: expire(unit, [LINE, COUNTER]))
    assert await graph.read("MATCH (n) WHERE n:Thread OR n:ThreadKey RETURN n") == []
