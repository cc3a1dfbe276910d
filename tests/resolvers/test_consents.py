"""An objection outlives merges, undoing them, late events and new owners; and whoever asks is told what counts and why."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from graph.commands.command import Author
from graph.decisions import customers
from graph.decisions.deciding import decide
from graph.decisions.table import Expected
from graph.intake.reading import read_event
from graph.intake.receipts import Receipt
from graph.intake.record import record
from graph.store import Store
from resolvers.execution import execute
from tests.conftest import wipe
from tests.resolvers.conftest import ADMIN

CONSENTS = """
query ($code: String!, $asOf: DateTime!) {
  customer(by: {identifier: {kind: MEMBER_NUMBER, value: $code}}) {
    consents(asOf: $asOf) { purpose state rule contactPoint { value } record { externalId } proof { how } }
  }
}
"""
CUSTOMER = "MATCH (:SourceRecord {key: '/pos:' + $p.code})-[:RESOLVES_TO]->(c:Customer) RETURN c.id, c.version"
NOW = "2026-06-01T00:00:00Z"
MOBILE, OTHER_MOBILE, MAIL = "+819055550201", "+819055550202", "test@example.jp"
numbers = count()
Told = dict[tuple[str, str | None], tuple[str, str, str | None]]


def event(
    kind: str, data: dict[str, Any], *, time: str = "2026-04-01T10:00:00Z", source: str = "/pos", **more: Any
) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": source, "id": f"k-{next(numbers)}"}
    return {**envelope, "time": time, "data": data, **more}


def person(code: str, given: str, *values: tuple[str, str]) -> dict[str, Any]:
    held = [{"kind": kind, "value": value} for kind, value in (("MEMBER_NUMBER", code), *values)]
    return event("person", {"name": {"family": "試験", "given": given}, "identifiers": held}, subject=code)


def said(state: str | None, code: str | None, point: tuple[str, str] | None = None, **more: Any) -> dict[str, Any]:
    """Say something about marketing by the record of a code."""
    data: dict[str, Any] = {"purpose": more.pop("purpose", "MARKETING"), "state": state}
    data |= {name: more.pop(name) for name in ("by", "proof", "validTo") if name in more}
    data |= {"by": {"record": {"source": "/pos", "subject": code}}} if code else {}
    data |= {"contactPoint": {"kind": point[0], "value": point[1]}} if point else {}
    return event("consent", data, **more)


async def tell(store: Store, *events: dict[str, Any], dry_run: bool = False) -> list[Receipt]:
    receipts = await record(store, [read_event(raw, b"a key for tests") for raw in events], dry_run=dry_run)
    assert [receipt.error for receipt in receipts if receipt.error] == []
    return receipts


async def consents(store: Store, code: str, at: str = NOW) -> Told:
    """Return (purpose, contact point) -> state, rule, number of the record that decides."""
    body = (await execute(store, CONSENTS, {"code": code, "asOf": at}, None, ADMIN)).body
    assert "errors" not in body, body
    return {
        (one["purpose"], (one["contactPoint"] or {}).get("value")): (
            one["state"],
            one["rule"],
            (one["record"] or {}).get("externalId"),
        )
        for one in body["data"]["customer"]["consents"]
    }


async def known(store: Store, code: str) -> Expected:
    [[customer, version]] = await store.read(CUSTOMER, {"code": code})
    return Expected(customer, version)


def steward() -> Author:
    return Author("tests", "steward-1", f"consent-{next(numbers)}", "試験のため")


@pytest.fixture
async def empty(store: Store) -> Store:
    await wipe(store)
    return store


async def test_a_refusal_survives_merge_late_grants_and_unmerge(empty: Store) -> None:
    phone, mail = ("PHONE", MOBILE), ("EMAIL", MAIL)
    await tell(empty, person("A", "花子", phone), person("B", "花子", mail))
    await tell(
        empty,
        said("GRANTED", "A", phone),
        said("REFUSED", "B", proof={"how": "電話で"}),
        said("GRANTED", "B", mail, purpose="SURVEY"),
    )
    ours: Told = {("MARKETING", MOBILE): ("GRANTED", "FOR_POINT", "A")}
    theirs: Told = {
        ("MARKETING", None): ("REFUSED", "FOR_ALL", "B"),
        ("MARKETING", MAIL): ("REFUSED", "FOR_ALL", "B"),
        ("SURVEY", MAIL): ("GRANTED", "FOR_POINT", "B"),
    }
    assert (await consents(empty, "A"), await consents(empty, "B")) == (ours, theirs)

    outcome = await decide(empty, steward(), customers.merge([await known(empty, "A"), await known(empty, "B")]))
    together = theirs | {("MARKETING", MOBILE): ("REFUSED", "REFUSAL_OUTWEIGHS", "B")}
    assert await consents(empty, "A") == await consents(empty, "B") == together
    await tell(empty, said("GRANTED", "A", phone, time="2026-05-20T00:00:00Z"), said("GRANTED", "B", time="2025-01-01T00:00:00Z"))
    assert await consents(empty, "A") == together

    await decide(empty, steward(), customers.undo(await known(empty, "A"), outcome.decision))
    assert (await consents(empty, "A"), await consents(empty, "B")) == (ours, theirs)
    await tell(empty, said(None, "B", time="2026-05-21T00:00:00Z"))
    assert await consents(empty, "B") == {("SURVEY", MAIL): ("GRANTED", "FOR_POINT", "B")}


async def test_a_stop_by_sms_holds_for_whoever_has_the_number_now_and_later(empty: Store) -> None:
    by = {"by": {"identifiers": [{"kind": "PHONE", "value": "090-5555-0201"}]}, "source": "/sms"}
    [receipt] = await tell(empty, said("REFUSED", None, **by))
    assert (receipt.outcome, receipt.customer_id, receipt.rule) == ("CREATED", None, "SAID_BY_CONTACT_POINT")
    await tell(empty, person("A", "花子", ("PHONE", MOBILE)), said("GRANTED", "A", ("PHONE", MOBILE)))
    assert await consents(empty, "A") == {("MARKETING", MOBILE): ("REFUSED", "REFUSAL_OUTWEIGHS", None)}
    await tell(empty, person("B", "太郎", ("PHONE", MOBILE)))
    assert await consents(empty, "B") == {("MARKETING", MOBILE): ("REFUSED", "BY_POINT", None)}
    late, newer = await tell(
        empty,
        said("GRANTED", None, **by, time="2026-03-01T00:00:00Z"),
        said("GRANTED", None, **{**by, "source": "/forms"}, time="2026-05-01T00:00:00Z"),
    )
    assert (late.outcome, newer.outcome) == ("UNCHANGED", "CREATED")
    assert await consents(empty, "B") == {("MARKETING", MOBILE): ("REFUSED", "REFUSAL_OUTWEIGHS", None)}
    await tell(empty, said("GRANTED", None, **by, time="2026-05-02T00:00:00Z"))
    assert await consents(empty, "B") == {("MARKETING", MOBILE): ("GRANTED", "BY_POINT", None)}


async def test_what_somebody_else_refuses_for_a_shared_number_holds_and_what_they_grant_does_not(empty: Store) -> None:
    phone = ("PHONE", MOBILE)
    await tell(empty, person("A", "花子", phone), person("B", "太郎", phone))
    await tell(
        empty, said("REFUSED", "A", phone), said("GRANTED", "A", phone, purpose="SURVEY"), said("REFUSED", "A", purpose="SERVICE")
    )
    assert await consents(empty, "B") == {("MARKETING", MOBILE): ("REFUSED", "BY_OTHER", "A")}


async def test_a_grant_reaches_no_further_than_it_was_given_and_no_longer(empty: Store) -> None:
    card = {"kind": "POS_CARD", "value": "C-1"}
    await tell(empty, person("A", "花子", ("PHONE", MOBILE), ("POS_CARD", "C-1")), person("B", "花子", ("PHONE", OTHER_MOBILE)))
    await tell(
        empty,
        said("GRANTED", "A", validTo="2026-05-01T00:00:00Z"),
        said("GRANTED", None, by={"identifiers": [card]}, purpose="SURVEY"),
    )
    await decide(empty, steward(), customers.merge([await known(empty, "A"), await known(empty, "B")]))
    survey: Told = {("SURVEY", point): ("GRANTED", "BY_POINT", None) for point in (None, MOBILE)}
    before: Told = {("MARKETING", point): ("GRANTED", "FOR_ALL", "A") for point in (None, MOBILE)}
    assert await consents(empty, "B", "2026-04-30T23:59:59Z") == before | survey
    assert await consents(empty, "B", "2026-05-01T00:00:00Z") == survey


async def test_a_dry_run_says_what_would_happen_and_keeps_nothing(empty: Store) -> None:
    told = said("REFUSED", "A", ("PHONE", MOBILE))
    [tried] = await tell(empty, told, dry_run=True)
    assert (tried.outcome, tried.rule, tried.customer_id) == ("CREATED", "SAID_BY_RECORD", None)
    assert await empty.read("MATCH (n:Consent|Identifier|SourceRecord) RETURN n") == []
    [first] = await tell(empty, told)
    [again] = await tell(empty, told)
    assert (first.outcome, again.outcome, again.customer_id) == ("CREATED", "REPEATED", first.customer_id)
    assert first.customer_id is not None
