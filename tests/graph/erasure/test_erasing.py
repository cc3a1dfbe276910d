"""An erasure: nothing that identifies the customer is anywhere afterwards, whatever is sent, rebuilt or restored."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any, LiteralString

import orjson
import pytest
from structlog.testing import capture_logs

from admin.documents.document import documents
from graph.commands.command import Answer, Author, run
from graph.decisions import contacts as deciding_contacts
from graph.decisions.customers import merge
from graph.decisions.deciding import Decision, decide
from graph.decisions.table import Expected
from graph.erasure import erasing as steps
from graph.erasure.applying import apply
from graph.erasure.asking import approval, erasure
from graph.erasure.erasing import ERASURE, Erasing
from graph.erasure.sparing import ERASED
from graph.errors import Conflict
from graph.exports.asking import export
from graph.exports.exporting import EXPORT, Exporting
from graph.identity.blocking import NOTHING_LISTED
from graph.intake.reading import read_event
from graph.intake.receipts import Receipt
from graph.intake.record import record
from graph.jobs.running import run_next
from graph.keys import scoped, touchpoint_id
from graph.resolution.attribution_steps import attribute_all
from graph.resolution.rebuild import rebuild
from graph.resolution.rebuild_parts import Position
from graph.store import Reader, Store, Transaction
from graph.words import CATALOGUE
from tests.conftest import wipe
from tests.graph.erasure import hanako
from tests.graph.erasure.hanako import CANARIES, KEY, Raw
from tests.graph.jobs.test_running import end_lease, job
from tests.graph.resolution.fingerprint import differences, fingerprint

CUSTOMER_OF = "MATCH (:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c) RETURN c.id, c.version"
EVERYTHING = """
MATCH (n) RETURN labels(n) AS what, properties(n) AS told
UNION ALL
MATCH ()-[r]->() RETURN [type(r)] AS what, properties(r) AS told
"""


@dataclass(slots=True)
class House:
    """The graph, its data folder, and what erases in it."""

    store: Store
    folder: Path
    erasing: Erasing
    exporting: Exporting

    async def send(self, raws: list[Raw]) -> list[Receipt]:
        receipts = await record(self.store, [read_event(raw, KEY) for raw in raws])
        assert [each.error for each in receipts if each.error] == []
        await attribute_all(self.store)
        return receipts

    async def customer(self, key: str) -> Expected:
        [found] = await self.store.read(CUSTOMER_OF, {"key": key})
        return Expected(*found)

    async def found(self, *beside: str) -> dict[str, list[str]]:
        """Return which canaries stand where: in the graph by label, in the files of the data folder, and in texts beside."""
        rows = await self.store.read(EVERYTHING)
        texts = [(str(labels), f"{properties!r}") for labels, properties in rows] + [("beside", each) for each in beside]
        texts += [(path.name, path.read_bytes().decode("utf-8", "replace")) for path in self.folder.rglob("*") if path.is_file()]
        hits: dict[str, list[str]] = {}
        for place, text in texts:
            for each in CANARIES:
                if each.lower() in text.lower():
                    hits.setdefault(place, []).append(each)
        return hits

    async def forget_receipts(self) -> None:
        async def delete(transaction: Transaction) -> None:
            await transaction.run("MATCH (r:Receipt) DELETE r")

        await self.store.write(delete)


async def itself(answer: Answer, _: Reader) -> Answer:
    return answer


async def done(house: House, key: str = "erase", customer: str | None = None) -> str:
    """Ask for her erasure, have it approved by somebody else and done; return the job."""
    own_id = await asked(house, key, customer)
    await run(house.store, approval(Author("tests", "second", f"approve {key}"), own_id), itself)
    assert await run_next(house.store, "runner", {ERASURE: house.erasing.run})
    told = await job(house.store, own_id)
    assert (told["state"], told.get("failure")) == ("DONE", None)
    return own_id


async def asked(house: House, key: str, customer: str | None = None) -> str:
    who = customer or (await house.customer("/ec:canary-1")).id
    return (await run(house.store, erasure(Author("tests", "first", key, "canary ご本人の請求"), who), itself))["job"]


@pytest.fixture
async def house(store: Store, tmp_path: Path) -> House:
    """Hanako with all that there can be of her: a merge and an assignment that people made, an export, who looked."""
    await wipe(store)
    erasing = Erasing(store, KEY, tmp_path / "erasures.jsonl", tmp_path / "exports")
    made = House(store, tmp_path, erasing, Exporting(store, tmp_path / "exports", documents(CATALOGUE, UTC), 7))
    await made.send(hanako.everything())
    await judge(made, "merge", merge([await made.customer("/ec:canary-1"), await made.customer("/old:canary-3")]))
    her = await made.customer("/ec:canary-1")
    await judge(made, "assign", deciding_contacts.assign(touchpoint_id(scoped("/ec", "home-call")), her))
    await judge(made, "unassign", deciding_contacts.assign(touchpoint_id(scoped("/ec", "home-call")), None))
    return made


async def judge(house: House, key: str, decision: Decision) -> None:
    await decide(house.store, Author("tests", "steward", key, "canary と名乗った"), decision)


COMPOSITES: LiteralString = "MATCH (k:CompositeKey) UNWIND k.holders AS holder RETURN DISTINCT holder"


async def test_what_she_told_of_herself_links_nobody_any_more(house: House) -> None:
    hers = {holder for [holder] in await house.store.read(COMPOSITES)}
    assert "/ec:canary-1" in hers
    await done(house)
    assert await house.store.read(COMPOSITES) == []
    assert await house.store.read("MATCH (k:CompositeKey) WHERE NOT k.closed RETURN k.key") == []


async def test_nothing_that_identifies_her_is_left_anywhere(house: House) -> None:
    author = Author("tests", "first", "export", "canary reason")
    await run(house.store, export(author, (await house.customer("/ec:canary-1")).id), itself)
    assert await run_next(house.store, "runner", {EXPORT: house.exporting.run})
    before = await house.found()
    assert {each for hits in before.values() for each in hits} == set(CANARIES)
    with capture_logs() as lines:
        await done(house)
    assert await house.found(str(lines)) == {}
    assert list((house.folder / "exports").iterdir()) == []


async def test_what_is_sent_once_more_brings_nothing_back_and_is_accepted(house: House) -> None:
    await done(house)
    for raws, forgotten in ((hanako.everything(), False), (hanako.everything(), True), (hanako.said_again(), False)):
        if forgotten:
            await house.forget_receipts()
        with capture_logs() as lines:
            receipts = await house.send(raws)
        assert await house.found(str(lines)) == {}
        warned = {raw["id"] for raw, receipt in zip(raws, receipts, strict=True) if ERASED in receipt.warnings}
        named = {raw["id"] for raw in raws if any(each in str(raw).lower() for each in ("canary", "鳥籠", "7777-0001"))}
        assert warned == (named if receipts[0].outcome != "REPEATED" else set())
    hers = [[number, 3000, "ginza", 1, None] for number in ("A-1", "A-2")]
    assert await orders_of(house) == [*hers, ["A-3", 500, None, 0, "/ec:taro"]]
    assert (await fingerprint(house.store)).partition == {frozenset({"/ec:taro"})}


async def orders_of(house: House) -> list[list[Any]]:
    return await house.store.read("""
        MATCH (o:Order) OPTIONAL MATCH (o)<-[:DID]-(r)
        RETURN o.number, o.total, o.store_code, COUNT { (o)-[:HAS_LINE]->() }, r.key ORDER BY o.number
    """)


async def test_lawful_facts_of_orders_stay_and_are_nobodys(house: House) -> None:
    facts = ("number", "total", "currency", "status", "store_code", "position", "kind", "channel")
    read = "MATCH (o:Order {number: 'A-1'})-[:SOLD_AT]->(s:Store) RETURN properties(o), s.code"
    [[before, _]] = await house.store.read(read)
    await done(house)
    [[after, store]] = await house.store.read(read)
    assert ({name: after[name] for name in facts}, store) == ({name: before[name] for name in facts}, "ginza")
    assert after.keys().isdisjoint({"text", "coupon_codes", "fulfillments", "reference", "summary", "subject", "staff"})
    assert (after["record"], after["via"]) == (after["id"], [])
    assert await house.store.read("MATCH (:Order {number: 'A-1'})<--(n) RETURN labels(n)") == []


async def test_others_keep_what_is_theirs_and_get_nothing_of_hers(house: House) -> None:
    [[him]] = await house.store.read("MATCH (r {key: '/ec:taro'})-[:RESOLVES_TO]->(c) RETURN properties(c)")
    await done(house)
    [[after]] = await house.store.read("MATCH (r {key: '/ec:taro'})-[:RESOLVES_TO]->(c) RETURN properties(c)")
    assert after == him
    [[landline]] = await house.store.read("MATCH (i:Identifier {value: '+81377770003'}) RETURN properties(i)")
    assert (landline["holders"], landline["state"], landline["given_names"]) == (["/ec:taro"], "ACTIVE", ["N:太郎"])
    his = await house.store.read("MATCH (r {key: '/ec:taro'})-[:DID]->(t) RETURN coalesce(t.number, t.text), t.via ORDER BY 1")
    assert sorted(his) == [["A-3", []], ["夫の電話", []]]
    assert await house.store.read("MATCH (t {text: '家の電話'}) RETURN t.record = t.id, t.assigned") == [[True, ""]]
    assert len(await house.store.read("MATCH (r {key: '/ec:taro'})-[:SAID]->(c:Consent)-[:COVERS]->(i) RETURN i.key")) == 1


async def test_a_rebuild_brings_nothing_back_and_finds_nothing_to_change(house: House) -> None:
    await done(house)
    before = await fingerprint(house.store)
    async for _ in rebuild(house.store, NOTHING_LISTED, Position(), page=2):
        pass
    assert await house.found() == {}
    assert differences(before, await fingerprint(house.store)) == []


async def test_a_restored_backup_is_erased_again_when_it_is_opened(house: House) -> None:
    await done(house)
    erased = await fingerprint(house.store)
    await wipe(house.store)
    await house.send(hanako.everything())
    assert await house.found() != {}
    assert await apply(house.erasing) == 1
    assert await house.found() == {}
    assert await apply(house.erasing) == 0
    await house.forget_receipts()
    await house.send(hanako.said_again())
    assert await house.found() == {}
    assert (await fingerprint(house.store)).partition == erased.partition == {frozenset({"/ec:taro"})}


async def test_a_graph_that_is_filled_anew_after_an_erasure_never_knows_her(house: House) -> None:
    await done(house)
    await wipe(house.store)
    assert await apply(house.erasing) == 1
    await house.send(hanako.everything())
    assert await house.found() == {}


async def test_who_asks_cannot_approve_and_nothing_is_done_until_somebody_else_has(house: House) -> None:
    own_id = await asked(house, "alone")
    assert not await run_next(house.store, "runner", {ERASURE: house.erasing.run})
    with pytest.raises(Conflict):
        await run(house.store, approval(Author("tests", "first", "approve myself"), own_id), itself)
    with pytest.raises(Conflict):
        await asked(house, "twice")
    assert (await job(house.store, own_id))["state"] == "WAITING"
    await run(house.store, approval(Author("tests", "second", "approve"), own_id), itself)
    with pytest.raises(Conflict):
        await run(house.store, approval(Author("tests", "third", "approve again"), own_id), itself)
    assert (await job(house.store, own_id))["approved_by"] == "second"


async def test_who_became_somebody_else_while_it_waited_is_not_erased(house: House) -> None:
    own_id = await asked(house, "before the merge")
    other = {"name": {"full": "別人 太郎"}, "identifiers": [{"kind": "PHONE", "value": "080-5555-0001"}]}
    envelope = {"specversion": "1.0", "type": "customer360.person.v1", "source": "/pos", "id": "o", "subject": "other"}
    await house.send([{**envelope, "time": "2026-04-01T10:00:00Z", "data": other}])
    both = [await house.customer("/ec:canary-1"), await house.customer("/pos:other")]
    await judge(house, "merged meanwhile", merge(both))
    await run(house.store, approval(Author("tests", "second", "too late"), own_id), itself)
    assert await run_next(house.store, "runner", {ERASURE: house.erasing.run})
    told = await job(house.store, own_id)
    assert (told["state"], told["failure"]) == ("FAILED", "CONFLICT")
    assert await house.found() != {}
    await asked(house, "asked again")


async def test_the_preview_counts_what_the_receipt_says(house: House) -> None:
    her = (await house.customer("/ec:canary-1")).id
    before = await fingerprint(house.store)
    command = erasure(Author("tests", "first", "preview"), her)
    counts = (await run(house.store, command, itself, dry_run=True))["counts"]
    assert differences(before, await fingerprint(house.store)) == []
    receipt = orjson.loads((await job(house.store, await done(house)))["receipt"])
    assert {name: receipt[name] for name in receipt} == {name: counts[name] for name in receipt}
    assert (counts["orders"], counts["records"], counts["shared"], counts["consents"]) == (2, 4, 1, 1)


class Died(BaseException):
    """The process has ended."""


@pytest.mark.parametrize("after", range(6))
async def test_an_erasure_that_is_cut_short_anywhere_is_gone_on_with_and_ends_the_same(
    house: House, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(steps, "PAGE", 9)
    own_id = await asked(house, "cut short")
    await run(house.store, approval(Author("tests", "second", "approve"), own_id), itself)
    kept, calls = steps.keep, [0]

    def keep_or_die(*arguments: Any) -> None:
        if calls[0] == after:
            raise Died
        calls[0] += 1
        kept(*arguments)

    monkeypatch.setattr(steps, "keep", keep_or_die)
    died = False
    try:
        await run_next(house.store, "dies", {ERASURE: house.erasing.run})
    except Died:
        died = True
    monkeypatch.setattr(steps, "keep", kept)
    await end_lease(house.store, own_id)
    assert await run_next(house.store, "goes on", {ERASURE: house.erasing.run}) == died
    told = await job(house.store, own_id)
    receipt = orjson.loads(told["receipt"])
    assert (told["state"], receipt["orders"], receipt["records"]) == ("DONE", 2, 4)
    assert receipt["touchpoints"] == len(hanako.contacts()) - 2
    assert await house.found() == {}


async def test_the_file_of_hashes_is_its_owners_alone_and_outlives_a_torn_line(house: House) -> None:
    await done(house)
    path = house.erasing.file
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_bytes(path.read_bytes() + b'{"erasure":"torn","tombst')
    steps.keep(path, "later", ["b", "a"])
    lines = path.read_bytes().splitlines()
    assert orjson.loads(lines[-1]) == {"erasure": "later", "tombstones": ["a", "b"]}
    assert await apply(house.erasing) == 1
