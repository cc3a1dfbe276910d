"""Whether a customer may be contacted, over GraphQL: with merges and their undoing, validity, masks, and one statement."""

from __future__ import annotations

from typing import Any

import pytest

from graph.decisions import customers
from graph.decisions.deciding import decide
from graph.store import Store
from resolvers.access.roles import Role
from resolvers.access.tags import Tag
from resolvers.access.viewer import Viewer
from resolvers.engine.ids import encode
from resolvers.execution import execute
from tests.resolvers.conftest import ADMIN
from tests.resolvers.proof import CountingStore
from tests.resolvers.test_consents import MAIL, MOBILE, OTHER_MOBILE, empty, event, known, person, said, steward, tell

__all__ = ["empty"]

ASK = """
query ($code: String!, $channel: ContactChannel!, $purpose: Purpose!, $asOf: DateTime!) {
  customer(by: {identifier: {kind: MEMBER_NUMBER, value: $code}}) {
    mayContact(channel: $channel, purpose: $purpose, asOf: $asOf) {
      allowed reason contactPoints { value } declaration { record { externalId } source proof { how text } }
    }
  }
}
"""
BY_ID = "query ($id: ID!) { customer(by: {id: $id}) { %s } }"
PROVEN = {"proof": {"how": "店頭の申込書", "text": "メールでのご案内 第3版"}}
NOW = "2026-06-01T00:00:00Z"
FAX = "+81355550203"


async def may(store: Any, code: str, channel: str, purpose: str = "MARKETING", at: str = NOW) -> tuple[bool, str, list[str]]:
    """Return whether, why, and at which contact points."""
    variables = {"code": code, "channel": channel, "purpose": purpose, "asOf": at}
    body = (await execute(store, ASK, variables, None, ADMIN)).body
    assert "errors" not in body, body
    found = body["data"]["customer"]["mayContact"]
    return found["allowed"], found["reason"], [point["value"] for point in found["contactPoints"]]


async def test_advertising_by_mail_waits_for_a_proven_consent_and_ends_with_a_refusal_at_once(empty: Store) -> None:
    mail = ("EMAIL", MAIL)
    await tell(empty, person("A", "花子", mail))
    assert await may(empty, "A", "EMAIL") == (False, "NO_CONSENT", [])
    assert await may(empty, "A", "EMAIL", "SERVICE") == (True, "NOT_REFUSED", [MAIL])
    assert await may(empty, "A", "SMS") == (False, "NO_CONTACT_POINT", [])
    await tell(empty, said("GRANTED", "A", mail))
    assert await may(empty, "A", "EMAIL") == (False, "CONSENT_UNPROVEN", [])
    until = {"validTo": "2026-07-01T00:00:00Z", "time": "2026-04-02T10:00:00Z"}
    await tell(empty, said("GRANTED", "A", mail, **PROVEN, **until))
    assert await may(empty, "A", "EMAIL") == (True, "GRANTED", [MAIL])
    assert await may(empty, "A", "EMAIL", at="2026-07-01T00:00:00Z") == (False, "CONSENT_EXPIRED", [])
    await tell(empty, said("REFUSED", "A", time="2026-04-03T10:00:00Z"))
    assert await may(empty, "A", "EMAIL") == (False, "REFUSED", [])
    assert await may(empty, "A", "EMAIL", "SERVICE") == (True, "NOT_REFUSED", [MAIL])


async def test_the_strictest_holds_over_a_merge_and_each_side_has_its_own_again_after_it(empty: Store) -> None:
    mail, phone = ("EMAIL", MAIL), ("PHONE", MOBILE)
    await tell(empty, person("A", "花子", mail), person("B", "花子", phone))
    await tell(empty, said("GRANTED", "A", mail, **PROVEN), said("GRANTED", "A", purpose="SURVEY", **PROVEN))
    await tell(empty, said("REFUSED", "B"))
    apart = {
        "A": [(True, "GRANTED", [MAIL]), (False, "NO_CONTACT_POINT", []), (True, "GRANTED", [MAIL])],
        "B": [(False, "REFUSED", []), (False, "REFUSED", []), (False, "NO_CONTACT_POINT", [])],
    }

    async def told(code: str) -> list[tuple[bool, str, list[str]]]:
        return [await may(empty, code, *pair) for pair in (("EMAIL",), ("PHONE",), ("EMAIL", "SURVEY"))]

    assert {code: await told(code) for code in apart} == apart
    merged = await decide(empty, steward(), customers.merge([await known(empty, "A"), await known(empty, "B")]))
    both = [(False, "REFUSED", []), (False, "REFUSED", []), (True, "GRANTED", [MAIL])]
    assert await told("A") == await told("B") == both
    assert await may(empty, "A", "SMS", "SURVEY") == (False, "NO_CONSENT", []), "a grant reaches its own record only"
    await decide(empty, steward(), customers.undo(await known(empty, "A"), merged.decision))
    assert {code: await told(code) for code in apart} == apart


async def test_only_what_is_in_use_and_of_the_channel_reaches_somebody(empty: Store) -> None:
    ended = {"kind": "PHONE", "value": "03-5555-0204", "validTo": "2026-05-01T00:00:00Z"}
    toll_free = {"kind": "PHONE", "value": "0120-000-000"}
    held = [{"kind": "MEMBER_NUMBER", "value": "A"}, ended, toll_free, {"kind": "FAX", "value": FAX}]
    await tell(empty, event("person", {"name": {"full": "試験 花子"}, "identifiers": held}, subject="A"))
    assert await may(empty, "A", "PHONE", "SERVICE", "2026-04-20T00:00:00Z") == (True, "NOT_REFUSED", ["+81355550204"])
    assert await may(empty, "A", "PHONE", "SERVICE") == (False, "NO_CONTACT_POINT", [])
    assert await may(empty, "A", "SMS", "SERVICE", "2026-04-20T00:00:00Z") == (False, "NO_CONTACT_POINT", [])
    assert await may(empty, "A", "FAX", "SERVICE") == (True, "NOT_REFUSED", [FAX])
    assert await may(empty, "A", "FAX") == (False, "NO_CONSENT", [])
    assert await may(empty, "A", "POSTAL") == (False, "NO_CONTACT_POINT", [])
    address = {"address": {"full": "東京都試験区見本1-2-3"}}
    await tell(empty, event("person", address, subject="A", time="2026-05-02T10:00:00Z"))
    assert await may(empty, "A", "POSTAL") == (True, "NOT_REFUSED", [])
    await tell(empty, said("GRANTED", "A", purpose="THIRD_PARTY", **PROVEN))
    assert await may(empty, "A", "POSTAL", "THIRD_PARTY") == (True, "GRANTED", [])


async def test_a_stop_by_sms_closes_the_number_for_advertising_and_not_for_what_they_ordered(empty: Store) -> None:
    await tell(empty, person("A", "花子", ("PHONE", MOBILE)), said("GRANTED", "A", ("PHONE", MOBILE), **PROVEN))
    assert await may(empty, "A", "SMS") == (True, "GRANTED", [MOBILE])
    await tell(empty, said("REFUSED", None, by={"identifiers": [{"kind": "PHONE", "value": MOBILE}]}, source="/sms"))
    assert [await may(empty, "A", *pair) for pair in (("SMS",), ("PHONE",), ("SMS", "SERVICE"))] == [
        (False, "REFUSED", []),
        (False, "REFUSED", []),
        (True, "NOT_REFUSED", [MOBILE]),
    ]


async def test_the_declaration_that_decided_is_told_with_its_record_and_proof_by_one_statement(empty: Store) -> None:
    await tell(empty, person("A", "花子", ("EMAIL", MAIL)), said("GRANTED", "A", ("EMAIL", MAIL), **PROVEN))
    counting: Any = CountingStore(empty)
    variables = {"code": "A", "channel": "EMAIL", "purpose": "MARKETING", "asOf": NOW}
    body = (await execute(counting, ASK, variables, None, ADMIN)).body
    assert body["data"]["customer"]["mayContact"]["declaration"] == {
        "record": {"externalId": "A"},
        "source": "/pos",
        "proof": PROVEN["proof"],
    }
    assert counting.statements == 1


async def asked(store: Store, viewer: Viewer, selection: str) -> Any:
    """Return what a viewer is told of the customer A, or the code of the first error."""
    body = (await execute(store, BY_ID % selection, {"id": encode("Customer", (await known(store, "A")).id)}, None, viewer)).body
    return body["errors"][0]["extensions"]["code"] if "errors" in body else body["data"]["customer"]


@pytest.mark.parametrize(
    ("role", "values"),
    [
        (Role.CALL_CENTER, [MOBILE]),
        (Role.STORE_STAFF, ["090-****-0201"]),
        (Role.ANALYST, None),
        (Role.CUSTOMER, [MOBILE]),
    ],
)
async def test_each_role_sees_the_answer_and_contact_points_as_far_as_it_may(
    empty: Store, role: Role, values: list[str] | None
) -> None:
    visit = {"kind": "STORE_VISIT", "store": "ginza", "by": {"record": {"source": "/pos", "subject": "A"}}}
    await tell(empty, person("A", "花子", ("PHONE", MOBILE)), said("GRANTED", "A", ("PHONE", MOBILE), **PROVEN))
    await tell(empty, event("interaction", visit))
    viewer = Viewer("somebody", frozenset({role}), stores=frozenset({"ginza"}), record="/pos:A")
    selection = "mayContact(channel: SMS, purpose: MARKETING) { allowed reason contactPoints { value } declaration { purpose } }"
    found = (await asked(empty, viewer, selection))["mayContact"]
    points = found["contactPoints"]
    assert (found["allowed"], found["reason"], points and [each["value"] for each in points]) == (True, "GRANTED", values)
    assert found["declaration"] == {"purpose": "MARKETING"}


CAMPAIGN = """
query ($ids: [ID!]!, $asOf: DateTime!) {
  campaignPermissions(customerIds: $ids, channel: PHONE, purpose: MARKETING, asOf: $asOf) { customerId allowed reason sentence }
}
"""


async def test_marketing_is_told_of_many_whether_and_nothing_of_who(empty: Store) -> None:
    await tell(empty, person("A", "花子", ("PHONE", MOBILE)), person("B", "太郎", ("PHONE", OTHER_MOBILE)), said("REFUSED", "A"))
    both = [encode("Customer", (await known(empty, code)).id) for code in ("B", "A")]
    viewer = Viewer("campaign", frozenset({Role.MARKETING}))
    given: dict[str, Any] = {"ids": [*both, both[0], encode("Customer", "nobody")], "asOf": NOW}
    counting: Any = CountingStore(empty)
    response = await execute(counting, CAMPAIGN, given, None, viewer)
    found = response.body["data"]["campaignPermissions"]
    assert [(each["customerId"], each["allowed"], each["reason"]) for each in found] == [
        (both[0], True, "NOT_REFUSED"),
        (both[1], False, "REFUSED"),
    ]
    assert counting.statements == 1
    assert response.reads.customers == {(await known(empty, code)).id for code in ("A", "B")}
    assert response.reads.tags == {Tag.CONSENT}
    many = (await execute(empty, CAMPAIGN, {**given, "ids": both * 51}, None, viewer)).body
    assert [error["extensions"]["code"] for error in many["errors"]] == ["INVALID_INPUT"]
    for refused in ("name", "mayContact(channel: PHONE, purpose: MARKETING) { allowed }"):
        assert await asked(empty, viewer, refused) == "FORBIDDEN"


async def test_a_campaign_goes_to_whoever_a_customer_was_merged_into(empty: Store) -> None:
    await tell(empty, person("A", "花子", ("PHONE", MOBILE)), person("B", "花子"), said("REFUSED", "B"))
    before = [await known(empty, "A"), await known(empty, "B")]
    await decide(empty, steward(), customers.merge(before))
    given = {"ids": [encode("Customer", each.id) for each in before], "asOf": NOW}
    found = (await execute(empty, CAMPAIGN, given, None, ADMIN)).body["data"]["campaignPermissions"]
    assert [(each["customerId"], each["reason"]) for each in found] == [(each, "REFUSED") for each in given["ids"]]


@pytest.mark.parametrize("role", [Role.STORE_STAFF, Role.FRANCHISE_STAFF, Role.CUSTOMER, Role.EXPERT])
async def test_who_does_not_read_everybody_asks_about_no_campaign(empty: Store, role: Role) -> None:
    await tell(empty, person("A", "花子"))
    given = {"ids": [encode("Customer", (await known(empty, "A")).id)], "asOf": NOW}
    body = (await execute(empty, CAMPAIGN, given, None, Viewer("x", frozenset({role}), record="/pos:A"))).body
    assert [error["extensions"]["code"] for error in body["errors"]] == ["FORBIDDEN"]


async def test_an_expert_is_told_nothing_of_a_customer_about_whom_nobody_asks(empty: Store) -> None:
    await tell(empty, person("A", "花子"))
    viewer = Viewer("somebody", frozenset({Role.EXPERT}))
    assert await asked(empty, viewer, "mayContact(channel: SMS, purpose: SERVICE) { allowed }") is None


@pytest.mark.parametrize("role", [Role.ACCOUNT_MANAGER, Role.CLIENT_CONTACT])
async def test_who_reads_no_customers_is_told_nothing(empty: Store, role: Role) -> None:
    await tell(empty, person("A", "花子"))
    viewer = Viewer("somebody", frozenset({role}))
    assert await asked(empty, viewer, "mayContact(channel: SMS, purpose: SERVICE) { allowed }") == "FORBIDDEN"
