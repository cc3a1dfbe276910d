"""A value that is told nowhere else stands in each field of a customer, and no role finds it that may not see it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graph.cases.teams import Member, put_team
from graph.cases.writing import escalate
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.keys import scoped, store_id, touchpoint_id
from graph.store import Store
from resolvers.access.policy import POLICY, Access
from resolvers.access.roles import Role, Scope
from resolvers.access.rows import Rows
from resolvers.access.tags import Tag
from resolvers.access.viewer import Viewer
from resolvers.engine import ids
from resolvers.execution import execute, execute_readable, operations
from tests.graph.cases.working import author, do, opened, seen
from tests.resolvers.access.everything import all_of, values_of
from tests.searchable import until_searchable

CANARIES = {
    Tag.NAME: ("鳥籠", "トリカゴ", "Torikago"),
    Tag.CONTACT: ("9012348761", "90-1234-8761", "canary-mail@example.jp", "CANARYCARD1"),
    Tag.BIRTH: ("1971-03-04",),
    Tag.ADDRESS: ("見本区鳥籠町",),
    Tag.ACTIVITY: ("CANARYCOUPON", "CANARY-ORDER-1"),
    Tag.MONEY: ("7654321",),
    Tag.FREE_TEXT: ("canary-words",),
    Tag.IDENTITY: ("canary-record",),
    Tag.INTERNAL: ("canary-staff",),
}
"""What a customer of the store `ginza` tells, by the tag that it has; of that of `umeda` each ends in another sign."""
GINZA, UMEDA = "ginza", "umeda"
VIEWERS = {
    **{role: Viewer(role, frozenset({role}), stores=frozenset({GINZA})) for role in Role},
    Role.CUSTOMER: Viewer("customer", frozenset({Role.CUSTOMER}), record=scoped("/canary", "canary-record")),
    Scope.ASSIST: Viewer("assist", scopes=frozenset({Scope.ASSIST})),
    Scope.COMMERCE: Viewer("till", scopes=frozenset({Scope.COMMERCE})),
}


def event(kind: str, own_id: str, data: dict[str, Any], subject: str) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": "/canary", "id": own_id}
    return {**envelope, "subject": subject, "time": "2026-04-01T10:00:00Z", "data": data}


def life(store: str, mark: str, number: str) -> list[dict[str, Any]]:
    """Return a customer of a store with one order, one call and one note; `mark` ends what is told nowhere else."""
    by = {"record": {"source": "/canary", "subject": f"canary-record{mark}"}}
    identifiers = [
        {"kind": "PHONE", "value": f"090-1234-876{number}"},
        {"kind": "EMAIL", "value": f"canary-mail{mark}@example.jp"},
        {"kind": "POS_CARD", "value": f"CANARYCARD{number}"},
    ]
    person = {
        "name": {"family": f"鳥籠{mark}", "given": "花"},
        "kana": {"family": "トリカゴ", "given": "ハナ"},
        "birthDate": f"1971-03-0{3 + int(number)}",
        "address": {"full": f"東京都見本区鳥籠町{number}丁目1-1"},
        "identifiers": identifiers,
    }
    line = {"line": 1, "sku": "CANARY-1", "name": "見本の品", "quantity": 1, "amount": "7654321"}
    order = {
        "by": by, "store": store, "channel": "STORE", "status": "PLACED", "currency": "JPY", "total": "7654321",
        "couponCodes": [f"CANARYCOUPON{mark}"], "staff": f"canary-staff{mark}",
        "lines": [line],
    }  # fmt: skip
    said = {"by": by, "store": store, "staff": f"canary-staff{mark}", "text": f"canary-words{mark}"}
    nobody = {"by": {"identifiers": [{"kind": "PHONE", "value": f"03-6000-119{number}"}]}, "text": f"canary-words{mark}"}
    return [
        event("person", f"person{number}", person, f"canary-record{mark}"),
        event("order", f"order{number}", order, f"CANARY-ORDER-{number}"),
        event("interaction", f"note{number}", {**said, "kind": "NOTE"}, f"note{number}"),
        event("interaction", f"call{number}", {**nobody, "kind": "CALL"}, f"call{number}"),
    ]


async def ask_the_expert(store: Store) -> None:
    """Let a team ask its expert about a case of the customer of `ginza`."""
    key = scoped("/canary", "canary-record")
    [[customer]] = await store.read("MATCH (:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c:Customer) RETURN c.id", {"key": key})
    await do(store, put_team(author(), "product", "商品部", [Member(Role.EXPERT)]))
    case = await opened(store, customer=customer)
    await do(store, escalate(author(), seen(case), "product", "在庫は?", None))


@pytest.fixture(scope="module")
async def town(store: Store) -> Store:
    events = [*life(GINZA, "", "1"), *life(UMEDA, "x", "2")]
    receipts = await record(store, [read_event(each, b"canary") for each in events])
    assert [each.error for each in receipts if each.error] == []
    await ask_the_expert(store)
    await until_searchable(store)
    return store


RELATED = """{ customer(by: {id: "%s"}) {
  identifiers { edges { node { identifier { kind value } verified firstSeen } } } sourceRecords { edges { node { externalId } } }
  orders { edges { node { number total { amount } lines { edges { node { name amount { amount } } } } } } }
  timeline { edges { node { summary(language: EN) text staff topic ... on Order { number couponCodes } } } }
  decisions { edges { node { sentence(language: EN) } } } fieldOrigins { sentence(language: EN) record { externalId } } } }"""
TYPED = ("鳥籠%s 花", "090-1234-876%s", "876%s", "CANARY-ORDER-%s", "CANARYCARD%s")


async def things(town: Store, own: str) -> dict[str, str]:
    """Return the global ids of one customer and all that is theirs, by type; `own` is their number."""
    key = scoped("/canary", f"canary-record{'' if own == '1' else 'x'}")
    [[customer]] = await town.read("MATCH (:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c:Customer) RETURN c.id", {"key": key})
    [[identifier]] = await town.read("MATCH (i:Identifier {value: $p.value}) RETURN i.id", {"value": f"+81901234876{own}"})
    order = touchpoint_id(scoped("/canary", f"CANARY-ORDER-{own}"))
    raw = {
        "Customer": customer,
        "Order": order,
        "OrderLine": f"{order}-00001",
        "Note": touchpoint_id(scoped("/canary", f"note{own}")),
        "Call": touchpoint_id(scoped("/canary", f"call{own}")),
        "Identifier": identifier,
    }
    return {type_name: ids.encode(type_name, each) for type_name, each in raw.items()}


async def of_things(town: Store, own: str) -> list[str]:
    """Return documents for every value of all that is one customer's."""
    schema, found = operations().schema, await things(town, own)
    by_id = [f'{{ node(id: "{each}") {{ ... on {name} {all_of(schema, name)} }} }}' for name, each in found.items()]
    return [*by_id, RELATED % found["Customer"]]


async def of_doors(town: Store, own: str) -> list[str]:
    """Return documents for every door by which somebody can come to one customer."""
    schema, found = operations().schema, await things(town, own)
    mark = "" if own == "1" else "x"
    typed = [text % (mark if "鳥籠" in text else own) for text in TYPED]
    store = ids.encode("Store", store_id(GINZA if own == "1" else UMEDA))
    who = json.dumps(found["Customer"])
    doors = [
        ("me", ""),
        ("customer", f"(by: {{id: {who}}})"),
        ("customer", f'(by: {{phone: "090-1234-876{own}"}})'),
        ("customer", f'(by: {{identifier: {{kind: POS_CARD, value: "CANARYCARD{own}"}}}})'),
        ("customer", f'(by: {{orderNumber: "CANARY-ORDER-{own}"}})'),
        *(("lookUp", f"(input: {{query: {json.dumps(each)}}})") for each in typed),
        *(("customerLookup", f"(input: {{query: {json.dumps(each)}}})") for each in typed[:1]),
        *(("customers", f"(search: {json.dumps(each)})") for each in typed[:2]),
        ("customers", ""),
        ("order", f"(by: {{id: {json.dumps(found['Order'])}}})"),
        ("orders", f'(number: "CANARY-ORDER-{own}")'),
        ("activity", '(from: "2026-03-25T00:00:00Z", to: "2026-04-10T00:00:00Z")'),
        ("store", f"(by: {{id: {json.dumps(store)}}})"),
        ("product", '(by: {sku: "CANARY-1"})'),
    ]
    return [f"{{ {root}{arguments} {values_of(schema, root)} }}" for root, arguments in doors]


@pytest.fixture(scope="module")
async def own(town: Store) -> list[str]:
    return await of_things(town, "1")


@pytest.fixture(scope="module")
async def others(town: Store) -> list[str]:
    return [*await of_things(town, "2"), *await of_doors(town, "2")]


async def told(town: Store, viewer: Viewer, documents: list[str]) -> str:
    """Return all that a viewer is told, with errors, and once more as a page asks: without what is refused."""
    asked = [(execute(town, each, {}, None, viewer), execute_readable(town, each, {}, viewer)) for each in documents]
    answers = [(await each).body for pair in asked for each in pair]
    codes = {error["extensions"]["code"] for answer in answers for error in answer.get("errors", ())}
    assert codes <= {"FORBIDDEN"}, codes
    return json.dumps(answers, ensure_ascii=False)


@pytest.mark.parametrize("role", VIEWERS)
async def test_a_role_is_told_what_its_tags_allow_and_nothing_else(town: Store, own: list[str], role: Role | Scope) -> None:
    text = await told(town, VIEWERS[role], own)
    reads = POLICY.rows["Customer"].get(role)
    for tag, values in CANARIES.items():
        allowed = POLICY.fields[role][tag] is Access.CLEAR and reads is not None
        assert any(value in text for value in values) == allowed, (tag, role)


SEES_OTHERS = {role: POLICY.rows["Customer"].get(role) is Rows.ALL for role in VIEWERS}


@pytest.mark.parametrize("role", [role for role, all_rows in SEES_OTHERS.items() if not all_rows])
async def test_a_role_is_told_nothing_of_those_whom_it_does_not_read(town: Store, others: list[str], role: Role | Scope) -> None:
    text = await told(town, VIEWERS[role], others)
    for sign in ("鳥籠x", "canary-mailx", "CANARYCARD2", "CANARY-ORDER-2", "CANARYCOUPONx", "canary-wordsx", "canary-recordx"):
        assert sign not in text, (sign, role)


async def test_a_page_is_full_and_its_count_is_of_what_is_read(town: Store) -> None:
    query = "{ customers(first: 1) { totalCount edges { node { name } } pageInfo { hasNextPage } } }"
    for role, count in ((Role.ADMIN, 2), (Role.STORE_STAFF, 1), (Role.CUSTOMER, 1)):
        found = (await execute(town, query, {}, None, VIEWERS[role])).body["data"]["customers"]
        assert (found["totalCount"], len(found["edges"]), found["pageInfo"]["hasNextPage"]) == (count, 1, count > 1)


async def test_who_works_in_no_store_and_who_is_no_customer_reads_nobody(town: Store) -> None:
    query = "{ customers { totalCount } me { id } }"
    for roles in ({Role.STORE_STAFF}, {Role.FRANCHISE_STAFF}, {Role.CUSTOMER}):
        answer = (await execute(town, query, {}, None, Viewer("new", frozenset(roles)))).body
        assert answer["data"] == {"customers": {"totalCount": 0}, "me": None}


async def test_of_several_roles_the_widest_rows_count(town: Store) -> None:
    both = Viewer("both", frozenset({Role.STORE_STAFF, Role.ANALYST}), stores=frozenset({GINZA}))
    answer = (await execute(town, "{ customers { totalCount } }", {}, None, both)).body
    assert answer["data"]["customers"]["totalCount"] == 2


async def test_a_customer_is_who_their_account_belongs_to_and_staff_are_none(town: Store) -> None:
    query = "{ me { id name orders { totalCount } } }"
    mine = (await execute(town, query, {}, None, VIEWERS[Role.CUSTOMER])).body["data"]["me"]
    assert (mine["name"], mine["orders"]["totalCount"]) == ("鳥籠 花", 1)
    assert (await execute(town, "{ me { id } }", {}, None, VIEWERS[Role.ADMIN])).body["data"] == {"me": None}


async def test_a_scope_named_like_a_role_gives_no_role(town: Store) -> None:
    sly = Viewer("sly", scopes=frozenset({"admin", "call_center", "events:write"}))
    answer = (await execute(town, "{ customers { totalCount } }", {}, None, sly)).body
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"]
