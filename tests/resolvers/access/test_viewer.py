"""What a made-up role reads, finds and asks by under a made-up policy, injected with the viewer."""

from __future__ import annotations

from typing import Any

import pytest

from graph.keys import touchpoint_id
from graph.store import Store
from resolvers.access.policy import POLICY, Access, Policy, Rows
from resolvers.access.roles import Role
from resolvers.access.tags import Tag
from resolvers.access.viewer import Viewer
from resolvers.engine import ids
from resolvers.execution import execute
from tests.resolvers.conftest import town

__all__ = ["town"]

ROLE = "night_watch"
HANAKO = ids.encode("Customer", "c-hanako")
CLEAR, MASKED, NONE = Access.CLEAR, Access.MASKED, Access.NONE


def watching(rows: dict[str, dict[str, Rows]] | None = None, **access: Access) -> Viewer:
    """Return a viewer of the made-up role, who sees everything in the clear but for what is given by tag."""
    cells = dict.fromkeys(Tag, CLEAR) | {Tag[name]: each for name, each in access.items()}
    everything = {name: {ROLE: Rows.ALL} for name in POLICY.rows}
    return Viewer("somebody", frozenset({ROLE}), policy=Policy({ROLE: cells}, everything | (rows or {}), POLICY.parts))


async def body(town: Store, viewer: Viewer, query: str, **variables: Any) -> dict[str, Any]:
    return (await execute(town, query, variables, None, viewer)).body


async def hanako(town: Store, viewer: Viewer, selection: str) -> dict[str, Any]:
    answer = await body(town, viewer, f'{{ customer(by: {{id: "{HANAKO}"}}) {{ {selection} }} }}')
    assert "errors" not in answer, answer
    return answer["data"]["customer"]


def told(answer: dict[str, Any]) -> list[tuple[tuple[Any, ...], str]]:
    return [(tuple(each["path"]), each["extensions"]["code"]) for each in answer["errors"]]


async def test_a_masked_text_stays_a_text(town: Store) -> None:
    viewer = watching(NAME=MASKED, CONTACT=MASKED, ADDRESS=MASKED)
    selection = "name romaji phone email address nameParts { family given }"
    assert await hanako(town, viewer, selection) == {
        "name": "試* 花*",
        "romaji": "S* H*",
        "phone": "090-****-5678",
        "email": "h***@example.jp",
        "address": "東京都****",
        "nameParts": {"family": "試*", "given": "花*"},
    }


async def test_another_masked_value_is_null_and_the_masked_fields_name_both(town: Store) -> None:
    seen = await hanako(
        town, watching(BIRTH=MASKED, PROFILE=MASKED, NAME=MASKED), "name birthDate gender language phone maskedFields"
    )
    assert seen == {
        "name": "試* 花*",
        "birthDate": None,
        "gender": None,
        "language": "****",
        "phone": "+819012345678",
        "maskedFields": ["birthDate", "formerNames", "gender", "kana", "language", "name", "nameParts", "romaji"],
    }


async def test_what_is_not_seen_at_all_is_null_and_named(town: Store) -> None:
    seen = await hanako(
        town, watching(CONTACT=NONE, ADDRESS=NONE), "name phone email address household { members { __typename } } maskedFields"
    )
    assert seen == {
        "name": "試験 花子",
        "phone": None,
        "email": None,
        "address": None,
        "household": None,
        "maskedFields": ["address", "email", "household", "identifiers", "phone"],
    }


ORDER = '{ order(by: {number: "A-1001"}) { number total { amount } pointsUsed%s } }'


async def test_what_is_withheld_is_null_and_takes_nothing_along(town: Store) -> None:
    viewer = watching(MONEY=NONE)
    assert (await body(town, viewer, ORDER % "")) == {"data": {"order": {"number": "A-1001", "total": None, "pointsUsed": None}}}
    lined = await body(town, viewer, ORDER % " lines(first: 1) { edges { node { number amount { amount } } } }")
    assert lined["data"]["order"]["lines"]["edges"] == [{"node": {"number": 1, "amount": None}}]


@pytest.mark.parametrize("access", [MASKED, NONE])
async def test_an_amount_is_a_value_as_a_whole_and_the_price_of_a_product_is_not_a_customers(town: Store, access: Access) -> None:
    query = '{ order(by: {number: "A-1001"}) { total { amount } } product(by: {sku: "PEN-1"}) { price { amount } } }'
    assert (await body(town, watching(MONEY=access), query))["data"] == {
        "order": {"total": None},
        "product": {"price": {"amount": "550"}},
    }


async def test_an_identifier_is_masked_wherever_it_is_reached(town: Store) -> None:
    call = ids.encode("Call", touchpoint_id("cti:1"))
    query = f'{{ node(id: "{call}") {{ ... on Call {{ identifiersUsed {{ kind value }} }} }} }}'
    found = await body(town, watching(CONTACT=MASKED), query)
    assert found["data"]["node"]["identifiersUsed"] == [{"kind": "PHONE", "value": "090-****-5678"}]
    held = await hanako(town, watching(CONTACT=MASKED), "identifiers { edges { node { identifier { value } } } }")
    values = {edge["node"]["identifier"]["value"] for edge in held["identifiers"]["edges"]}
    assert values == {"090-****-5678", "h***@example.jp", "****"}


LOOK_UP = """query ($typed: String!) { customerLookup(input: {query: $typed}) {
  customer { id } reasons { kind matched sentence(language: EN) } } }"""
SEARCH = "query ($typed: String!) { customers(search: $typed) { totalCount edges { node { id } } } }"


async def found_by(town: Store, viewer: Viewer, typed: str) -> list[dict[str, Any]]:
    """Return the reasons of who was found; the search by pages must find just as many."""
    looked_up = (await body(town, viewer, LOOK_UP, typed=typed))["data"]["customerLookup"]
    searched = (await body(town, viewer, SEARCH, typed=typed))["data"]["customers"]
    assert searched["totalCount"] == len(searched["edges"]) == len(looked_up)
    return [reason for each in looked_up for reason in each["reasons"]]


@pytest.mark.parametrize("typed", ["090-1234-5678", "hanako@example.jp", "M0001", "U001", "5678"])
async def test_nobody_is_found_by_a_contact_point_that_the_viewer_may_not_see(town: Store, typed: str) -> None:
    assert await found_by(town, watching(), typed) != []
    assert await found_by(town, watching(CONTACT=NONE), typed) == []


@pytest.mark.parametrize("typed", ["花子", "しけん", "shiken"])
async def test_nobody_is_found_by_a_name_that_the_viewer_sees_masked_or_not_at_all(town: Store, typed: str) -> None:
    assert await found_by(town, watching(), typed) != []
    assert await found_by(town, watching(NAME=MASKED), typed) == []
    assert await found_by(town, watching(NAME=NONE), typed) == []


async def test_who_sees_numbers_masked_finds_by_a_whole_one_and_never_by_its_end(town: Store) -> None:
    (reason,) = await found_by(town, watching(CONTACT=MASKED), "090-1234-5678")
    assert reason == {
        "kind": "PHONE",
        "matched": "090-****-5678",
        "sentence": "The telephone number 090-****-5678 is theirs",
    }
    assert await found_by(town, watching(CONTACT=MASKED), "5678") == []


async def test_what_is_found_is_masked_in_the_pieces_of_a_look_up_too(town: Store) -> None:
    query = """{ lookUp(input: {query: "090-1234-5678"}) {
      candidates { reasons { matchedSpans { text } } } orders { order { number } } } }"""
    for viewer, shown in ((watching(), "+819012345678"), (watching(CONTACT=MASKED), "090-****-5678")):
        (found,) = (await body(town, viewer, query))["data"]["lookUp"]["candidates"]
        assert ["".join(piece["text"] for piece in reason["matchedSpans"]) for reason in found["reasons"]] == [shown]
    assert (await body(town, watching(CONTACT=NONE), query))["data"] == {"lookUp": {"candidates": [], "orders": []}}


async def test_a_reason_by_an_order_is_found_and_spelt_only_where_orders_are_seen(town: Store) -> None:
    assert [reason["kind"] for reason in await found_by(town, watching(CONTACT=NONE, NAME=NONE), "A-1001")] == ["ORDER_NUMBER"]
    for typed in ("A-1001", "1001"):
        assert await found_by(town, watching(), typed) != []
        assert await found_by(town, watching(ACTIVITY=NONE), typed) == []


@pytest.mark.parametrize(
    ("by", "access"),
    [
        ('phone: "090-1234-5678"', {"CONTACT": NONE}),
        ('email: "hanako@example.jp"', {"CONTACT": NONE}),
        ('memberNumber: "M0001"', {"CONTACT": NONE}),
        ('lineUserId: {provider: "provider-1", userId: "U001"}', {"CONTACT": NONE}),
        ('identifier: {kind: PHONE, value: "090-1234-5678"}', {"CONTACT": NONE}),
        ('orderNumber: "A-1002"', {"ACTIVITY": NONE}),
    ],
)
async def test_a_customer_is_not_asked_for_by_what_the_viewer_may_not_see(
    town: Store, by: str, access: dict[str, Access]
) -> None:
    query = f"{{ customer(by: {{{by}}}) {{ id }} }}"
    assert (await body(town, watching(), query))["data"] == {"customer": {"id": HANAKO}}
    answer = await body(town, watching(**access), query)
    assert (answer["data"], told(answer)) == ({"customer": None}, [(("customer",), "FORBIDDEN")])


async def test_what_is_asked_by_is_checked_where_a_variable_holds_it_too(town: Store) -> None:
    query = "query ($by: CustomerBy!) { customer(by: $by) { id } }"
    for by, code in (({"id": HANAKO}, None), ({"phone": "090-1234-5678"}, "FORBIDDEN"), ({"id": HANAKO}, None)):
        answer = await body(town, watching(CONTACT=NONE), query, by=by)
        assert [each["extensions"]["code"] for each in answer.get("errors", [])] == ([code] if code else [])


async def test_a_filter_by_what_is_masked_is_refused(town: Store) -> None:
    filtered = 'customer(by: {id: "%s"}) { name timeline(filter: {%s}) { totalCount } }'
    for chosen in ("kinds: [CALL]", "channels: [PHONE]", 'from: "2026-04-05T00:00:00Z"', 'to: "2026-04-05T00:00:00Z"'):
        answer = await body(town, watching(ACTIVITY=MASKED), "{ " + filtered % (HANAKO, chosen) + " }")
        assert told(answer) == [(("customer", "timeline"), "FORBIDDEN")]


async def test_a_summary_leaves_out_what_the_viewer_may_not_see(town: Store) -> None:
    query = """{ order(by: {number: "A-1001"}) { summary(language: EN) } }"""
    note = ids.encode("Note", touchpoint_id("note:1"))
    told_of = f'{{ node(id: "{note}") {{ ... on Note {{ summary(language: EN) }} }} }}'
    whole, spare = [(await body(town, watching(**access), query))["data"]["order"]["summary"] for access in ({}, {"MONEY": NONE})]
    assert "3,300" in whole
    assert spare == "Order · A-1001 · placed"
    assert (await body(town, watching(), told_of))["data"]["node"]["summary"].endswith("折り返し希望")
    for access in (MASKED, NONE):
        assert "折り返し希望" not in (await body(town, watching(FREE_TEXT=access), told_of))["data"]["node"]["summary"]


async def test_a_household_is_shown_without_the_number_that_makes_it(town: Store) -> None:
    twin = ids.encode("Customer", "c-double1")
    query = f"""{{ customer(by: {{id: "{twin}"}}) {{
      household {{ members {{ evidence {{ kind identifier {{ value }} sentence(language: EN) }} }} }} }} }}"""
    answer = await body(town, watching(CONTACT=NONE, NAME=MASKED), query)
    evidence = answer["data"]["customer"]["household"]["members"][0]["evidence"]
    assert [(each["kind"], each["identifier"], each["sentence"]) for each in evidence] == [
        ("ADDRESS", None, "They live at the same address."),
        ("SURNAME", None, "They have the surname 双* in common."),
        ("TELEPHONE", None, "They share the telephone number ****."),
    ]


async def test_a_type_in_whose_row_the_role_does_not_stand_is_refused_by_its_id_too(town: Store) -> None:
    viewer = watching(rows={"Store": {}})
    store = (await body(town, watching(), '{ store(by: {code: "S001"}) { id } }'))["data"]["store"]["id"]
    for query in ('{ store(by: {code: "S001"}) { name } }', f'{{ node(id: "{store}") {{ id }} }}'):
        assert [code for _, code in told(await body(town, viewer, query))] == ["FORBIDDEN"]


async def test_one_plan_is_never_used_for_another_policy(town: Store) -> None:
    query = "query Plans($by: CustomerBy!) { customer(by: $by) { phone } }"
    seen = [
        (await body(town, viewer, query, by={"id": HANAKO}))["data"]["customer"]["phone"]
        for viewer in (watching(), watching(CONTACT=MASKED), watching(CONTACT=NONE), watching())
    ]
    assert seen == ["+819012345678", "090-****-5678", None, "+819012345678"]


async def test_a_whole_role_sees_no_field_masked(town: Store) -> None:
    for role in (Role.ADMIN, Role.STEWARD, Role.CALL_CENTER):
        viewer = Viewer("somebody", frozenset({role}))
        assert (await hanako(town, viewer, "phone maskedFields")) == {"phone": "+819012345678", "maskedFields": []}


@pytest.mark.parametrize(
    ("role", "same"), [(Role.CALL_CENTER, True), (Role.STORE_STAFF, True), (Role.EXPERT, False), (Role.STEWARD, False)]
)
def test_two_of_a_role_have_the_same_rights_unless_something_is_read_by_who_they_are(role: Role, same: bool) -> None:
    one, other = (Viewer(name, frozenset({role})) for name in ("試験一", "試験二"))
    assert (one.rights == other.rights) == same
