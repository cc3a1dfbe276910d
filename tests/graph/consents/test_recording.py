"""What somebody records of what a customer said: as whose voice it stands, what outlives it, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from graph.commands.command import Answer, Author, run
from graph.consents.recording import SOURCE, Statement, record_consent
from graph.decisions import customers
from graph.decisions.deciding import decide
from graph.decisions.table import Expected
from graph.errors import Conflict, Customer360Error, InvalidInput, NotFound, Outdated
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.keys import identifier_id, record_id, recorded_consent_id
from graph.store import Reader, Store
from tests.conftest import wipe
from tests.graph.resolution.fingerprint import differences, fingerprint
from tests.graph.resolution.recomputation import recompute

numbers: Iterator[int] = count()
PHONE, MAIL = {"kind": "PHONE", "value": "+819055550301"}, {"kind": "EMAIL", "value": "a@example.jp"}
PHONE_KEY, MAIL_KEY = "PHONE::+819055550301", "EMAIL::a@example.jp"
CARD = {"kind": "POS_CARD", "value": "C301"}
PROOF = {"how": "電話", "text": "お電話でのご案内について 第2版"}
CUSTOMER = "MATCH (:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c:Customer) RETURN c.id, c.version"
STANDING = """
MATCH (c:Consent {recorded: true})<-[:SAID]-(r:SourceRecord)
RETURN r.key, c.purpose, c.state, [(c)-[:COVERS]->(i:Identifier) | i.key], split(c.stamp, '\t')[1], c.proof_staff ORDER BY r.key
"""
STAMP = "MATCH (c:Consent {id: $p.id}) RETURN c.stamp"


def event(kind: str, data: dict[str, Any], *, time: str = "2026-04-01T10:00:00.000000Z", **more: Any) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": "/pos", "id": f"r-{next(numbers)}"}
    return {**envelope, "time": time, "data": data, **more}


def person(code: str, given: str, *held: dict[str, Any], time: str = "2026-04-01T10:00:00.000000Z") -> dict[str, Any]:
    data = {"name": {"family": "試験", "given": given}, "identifiers": list(held)}
    return event("person", data, subject=code, time=time)


def consent(state: str, code: str, time: str) -> dict[str, Any]:
    by = {"record": {"source": "/pos", "subject": code}}
    return event("consent", {"by": by, "contactPoint": PHONE, "purpose": "MARKETING", "state": state}, time=time)


async def tell(store: Store, *events: dict[str, Any]) -> None:
    receipts = await record(store, [read_event(raw, b"a key for tests") for raw in events])
    assert [receipt.error for receipt in receipts if receipt.error] == []


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    return store


async def known(store: Store, code: str) -> Expected:
    return Expected(*(await store.read(CUSTOMER, {"key": f"/pos:{code}"}))[0], "/customer")


def author(record: str | None = None) -> Author:
    return Author("tests", "op-1", f"record-{next(numbers)}", only=record)


def statement(state: str | None = "REFUSED", **more: Any) -> Statement:
    asked: dict[str, Any] = {"point": identifier_id(PHONE_KEY), "record": None, "until": None, "proof": PROOF, **more}
    return Statement(asked.pop("purpose", "MARKETING"), state, **asked)


async def itself(answer: Answer, _: Reader) -> Answer:
    return answer


async def say(store: Store, code: str, said: Statement, *, by: Author | None = None, dry_run: bool = False) -> Answer:
    return await run(store, record_consent(by or author(), await known(store, code), said), itself, dry_run=dry_run)


async def mark(store: Store, code: str, point: str = PHONE_KEY) -> Any:
    [[stamp]] = await store.read(STAMP, {"id": recorded_consent_id(f"/pos:{code}", point, "MARKETING")})
    return tuple(stamp.split("\t"))


async def test_it_stands_beside_what_events_say_and_no_event_late_new_or_again_changes_it(graph: Store) -> None:
    events = [person("A", "花子", PHONE, CARD), consent("GRANTED", "A", "2026-04-02T10:00:00.000000Z")]
    await tell(graph, *events)
    await say(graph, "A", statement())
    raw = {"record": "/pos:A", "point": PHONE, "purpose": "MARKETING", "state": "REFUSED", "proof": {**PROOF, "staff": "op-1"}}
    recorded = [raw | {"mark": await mark(graph, "A")}]
    assert differences(await fingerprint(graph), recompute(events, recorded=recorded)) == []
    more = [
        consent("GRANTED", "A", "2020-01-01T10:00:00.000000Z"),
        consent("GRANTED", "A", "2099-01-01T10:00:00.000000Z"),
        person("A", "花子", PHONE, MAIL, time="2026-05-01T10:00:00.000000Z"),
    ]
    await tell(graph, *more, *events[::-1])
    assert differences(await fingerprint(graph), recompute([*events, *more], recorded=recorded)) == []


async def test_recording_again_takes_it_back_and_the_last_that_was_recorded_holds(graph: Store) -> None:
    await tell(graph, person("A", "花子", PHONE))
    for state in ("REFUSED", "GRANTED", None, "REFUSED"):
        await say(graph, "A", statement(state))
        standing = [] if state is None else [["/pos:A", "MARKETING", state, [PHONE_KEY], SOURCE, "op-1"]]
        assert [row for row in await graph.read(STANDING) if row[2]] == standing
    assert await graph.read("MATCH (c:Consent) RETURN count(c)") == [[1]]


async def test_a_merge_keeps_it_and_undoing_the_merge_gives_each_side_its_own(graph: Store) -> None:
    await tell(graph, person("A", "花子", PHONE), person("B", "花子", MAIL))
    await say(graph, "A", statement())
    merged = await decide(graph, author_with_reason(), customers.merge([await known(graph, "A"), await known(graph, "B")]))
    await say(graph, "B", statement("GRANTED", point=identifier_id(MAIL_KEY)))
    standing = [
        ["/pos:A", "MARKETING", "REFUSED", [PHONE_KEY], SOURCE, "op-1"],
        ["/pos:B", "MARKETING", "GRANTED", [MAIL_KEY], SOURCE, "op-1"],
    ]
    assert await graph.read(STANDING) == standing
    await decide(graph, author_with_reason(), customers.undo(await known(graph, "A"), merged.decision))
    assert await graph.read(STANDING) == standing
    assert (await known(graph, "A")).id != (await known(graph, "B")).id


def author_with_reason() -> Author:
    return Author("tests", "steward-1", f"record-{next(numbers)}", "試験のため")


async def test_it_hangs_on_the_record_that_is_chosen_or_else_on_the_one_that_fits_best(graph: Store) -> None:
    await tell(graph, person("A", "花子", MAIL), person("B", "初音", MAIL, PHONE, time="2026-04-02T10:00:00.000000Z"))
    await decide(graph, author_with_reason(), customers.merge([await known(graph, "A"), await known(graph, "B")]))
    voices = {
        "has the contact point": (statement(), author(), "B"),
        "is the earliest": (statement(point=None), author(), "A"),
        "is chosen": (statement(point=None, record=record_id("/pos:B"), purpose="SERVICE"), author(), "B"),
        "spoke of the same before": (statement("GRANTED", point=None, purpose="SERVICE"), author(), "B"),
        "is their own account": (statement(point=None, purpose="SURVEY"), author("/pos:B"), "B"),
    }
    for why, (said, by, code) in voices.items():
        assert (await say(graph, "A", said, by=by))["record"] == record_id(f"/pos:{code}"), why
    staff = "MATCH (c:Consent {purpose: $p.purpose}) RETURN c.proof_staff"
    assert [await graph.read(staff, {"purpose": each}) for each in ("SERVICE", "SURVEY")] == [[["op-1"]], [[None]]]


async def test_a_contact_point_that_they_spoke_of_and_no_record_has_can_be_refused(graph: Store) -> None:
    await tell(graph, person("A", "花子", MAIL), consent("GRANTED", "A", "2026-04-02T10:00:00.000000Z"))
    await say(graph, "A", statement())
    assert await graph.read(STANDING) == [["/pos:A", "MARKETING", "REFUSED", [PHONE_KEY], SOURCE, "op-1"]]


@pytest.mark.parametrize(
    ("said", "refused", "pointer"),
    [
        (statement("GRANTED", proof={}), InvalidInput, "/proof/how"),
        (statement("GRANTED", proof={"how": "電話"}), InvalidInput, "/proof/text"),
        (statement("GRANTED", proof={"text": "案内文", "document": "form-1.pdf"}), InvalidInput, "/proof/how"),
        (statement("GRANTED", until="2026-01-01T00:00:00.000000Z"), InvalidInput, "/validTo"),
        (statement(point=identifier_id("PHONE::+819055550399")), NotFound, "/contactPointId"),
        (statement(point=identifier_id(MAIL_KEY)), NotFound, "/contactPointId"),
        (statement(point=identifier_id("POS_CARD::C301")), NotFound, "/contactPointId"),
        (statement(record=record_id("/pos:B")), NotFound, "/recordId"),
    ],
)
async def test_what_cannot_be_recorded_is_refused_with_its_place_and_nothing_is_written(
    graph: Store, said: Statement, refused: type[Customer360Error], pointer: str
) -> None:
    await tell(graph, person("A", "花子", PHONE, CARD), person("B", "太郎", MAIL))
    before = await fingerprint(graph)
    with pytest.raises(refused) as told:
        await say(graph, "A", said)
    assert told.value.pointer == pointer
    assert differences(await fingerprint(graph), before) == []


async def test_of_a_customer_who_has_changed_or_gone_nothing_is_recorded(graph: Store) -> None:
    await tell(graph, person("A", "花子", PHONE), person("B", "花子", MAIL))
    one, other = await known(graph, "A"), await known(graph, "B")
    await tell(graph, person("A", "花江", PHONE, time="2026-05-01T10:00:00.000000Z"))
    with pytest.raises(Outdated) as late:
        await run(graph, record_consent(author(), one, statement()), itself)
    assert (late.value.pointer, late.value.current_version) == ("/customer/version", (await known(graph, "A")).version)
    await decide(graph, author_with_reason(), customers.merge([await known(graph, "A"), other]))
    gone = other if (await known(graph, "A")).id == one.id else one
    with pytest.raises(Conflict):
        await run(graph, record_consent(author(), gone, statement()), itself)
    with pytest.raises(NotFound):
        await run(graph, record_consent(author(), Expected("nobody", 1, "/customer"), statement()), itself)
    assert await graph.read(STANDING) == []


async def test_a_dry_run_and_a_repeat_write_nothing_and_what_changed_is_noted(graph: Store) -> None:
    await tell(graph, person("A", "花子", PHONE))
    before = await fingerprint(graph)
    tried = await say(graph, "A", statement(), dry_run=True)
    assert differences(await fingerprint(graph), before) == []
    once = author()
    command = record_consent(once, await known(graph, "A"), statement())
    assert await run(graph, command, itself) == await run(graph, command, itself) == tried
    own = recorded_consent_id("/pos:A", PHONE_KEY, "MARKETING")
    noted = await graph.read("MATCH (e:OutboxEntry {type: 'consent.changed'}) RETURN e.refs")
    assert noted == [[[f"Consent:{own}", f"Customer:{(await known(graph, 'A')).id}"]]]
