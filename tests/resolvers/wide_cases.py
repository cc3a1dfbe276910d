"""Cases beside the wide town: of an interaction and of a record, one that is done, one that follows it, promises and a team."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from graph.cases.assigning import assign
from graph.cases.availability import set_available
from graph.cases.distributing import distribute
from graph.cases.expected import Expected
from graph.cases.opening import Opening, open_case
from graph.cases.presence import Sign
from graph.cases.present import say
from graph.cases.priority_rules import Rule
from graph.cases.promises import KEPT, Promise, end, make
from graph.cases.setting import set_state, tag
from graph.cases.sorting.sorter import Sorter
from graph.cases.teams import Assigning, Member, put_team
from graph.cases.writing import escalate, write_note
from graph.commands.command import Answer, Author, Command, run
from graph.events.newest import utc_text
from graph.keys import store_id
from graph.replies.writing import Letter, reply
from graph.store import Reader, Store, Transaction
from tests.graph.cases.models import by_hand

# So that who is on a case stays there for as long as the tests run
STAYING = "MATCH (p:CasePresence) SET p.until = timestamp() + 86400000"
# (:Customer)<-[:RESOLVES_TO]-(:SourceRecord)-[:HAS_IDENTIFIER]->(:Identifier)
ADDRESS = (
    "MATCH (:Customer {id: $p.customer})<-[:RESOLVES_TO]-(:SourceRecord)-[:HAS_IDENTIFIER]->(i:Identifier) "
    "WHERE i.kind = 'EMAIL' AND i.state = 'ACTIVE' RETURN DISTINCT i.id ORDER BY i.id LIMIT 1"
)


async def owe(store: Store, customer: str, touchpoint: str) -> Mapping[str, str]:
    """Open them for a customer and an interaction, by their raw ids; return their own raw ids with their types."""
    done = 0

    async def do(command: Command) -> Answer:
        async def itself(answer: Answer, _: Reader) -> Answer:
            return answer

        return await run(store, command, itself)

    def author() -> Author:
        nonlocal done
        done += 1
        return Author("tests", "op-1", f"wide-case-{done}")

    ahead = utc_text(datetime.now(UTC) + timedelta(days=30))
    await do(put_team(author(), "product", "商品部", [Member("expert-1", ["PEN"], ["ja", "en"])]))
    first = (await do(open_case(author(), Opening("ペンのインク", touchpoint=touchpoint, topic="PEN", note="試験"))))["case"]
    model = by_hand({"topic": {"BILLING": "請求書", "PEN": "インク"}}, [(first, "請求書のペン")])
    sorter = Sorter((Rule("bills", words=("請求書",), sets_priority="HIGH"),), model)
    owed = Opening("請求書", customer=customer, store=store_id("S001"), team="product")
    second = (await do(open_case(author(), owed, sorter)))["case"]
    third = (await do(open_case(author(), Opening("済んだこと", customer=customer, priority="HIGH"))))["case"]
    await do(assign(author(), [Expected(first)], take=True, team=None, staff=None))
    await do(tag(author(), [Expected(first), Expected(second)], "VIP", on=True))
    await do(escalate(author(), Expected(second), "product", "教えてください", ahead))
    await do(write_note(author(), Expected(second), "返事を待つ"))
    await do(set_state(author(), [Expected(third)], "RESOLVED", "DONE", "済み"))
    made = (
        Promise("折り返し", ahead, "op-1", "PHONE", Expected(first), touchpoint=touchpoint),
        Promise("見積もり", ahead, "op-1", customer=customer),
    )
    promises = [(await do(make(author(), each)))["promise"] for each in made]
    await do(end(author(), promises[1], KEPT))
    [[address]] = await store.read(ADDRESS, {"customer": customer})
    await do(reply(author(), Expected(second), Letter(address, "お送りします。", "請求書の件"), ["EMAIL"]))
    # One that was assigned automatically, and one that was and has begun
    members = [Member("op-1", capacity=9), Member("tester", languages=["ja"], capacity=2, shift="office")]
    await do(put_team(author(), "care", "お客様係", members, Assigning(True, 30)))
    await do(set_available(author(), True))
    queued = [
        (await do(open_case(author(), Opening(subject, customer=customer, team="care"))))["case"] for subject in ("返品", "交換")
    ]
    await distribute(store)
    await do(write_note(author(), Expected(queued[0]), "着手"))
    await attend(store, first, second)
    return {**dict.fromkeys((first, second, third, *queued), "Case"), **dict.fromkeys(promises, "Promise")}


async def attend(store: Store, case: str, other: str) -> None:
    """Let somebody have a case open twice, another one with a reply begun, and a third person have left it."""
    signs = [
        Sign(case, "op-1", "op-1", "a" * 32),
        Sign(case, "op-1", "op-1", "b" * 32, writing=True),
        Sign(case, "op-2", "佐藤 見本", "a" * 32),
        Sign(other, "op-2", "佐藤 見本", "b" * 32, writing=True),
        Sign(other, "op-3", "op-3", "a" * 32, left=True),
    ]
    for sign in signs:
        await say(store, [sign])

    async def stay(transaction: Transaction) -> None:
        await transaction.run(STAYING)

    await store.write(stay)
