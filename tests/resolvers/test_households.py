"""Households: a landline, a home and a family mail bring people together without making one of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest

from graph.intake.reading import read_event
from graph.intake.record import record
from graph.store import Store
from resolvers.execution import execute
from tests.conftest import wipe
from tests.resolvers.conftest import ADMIN

HOUSEHOLD = """
query ($code: String!) {
  customer(by: {identifier: {kind: MEMBER_NUMBER, value: $code}}) {
    household { members { customer { name } evidence { kind } } }
  }
}
"""
LOOK_UP = "query ($query: String!) { customerLookup(input: {query: $query}) { customer { name } reasons { kind exact } } }"
POSSIBLE = """
query ($code: String!) {
  customer(by: {identifier: {kind: MEMBER_NUMBER, value: $code}}) {
    id version possibleContacts { totalCount edges { node { id } } } timeline { totalCount }
  }
}
"""
ASSIGN = "mutation ($input: TouchpointAssignInput!) { touchpointAssign(input: $input) { userErrors { code message } } }"
LANDLINE, FAX, MAIL, MOBILE = "03-5555-0101", "03-5555-0102", "kazoku@example.jp", "090-5555-0101"
FLAT = "東京都千代田区丸の内一丁目２番３号 試験荘 101"
SAME_FLAT = "千代田区丸の内1-2-3試験荘101号室"
HOUSE_OF_MANY = "東京都千代田区丸の内1丁目2番3号 試験荘"
numbers = count()


def event(sort: str, data: dict[str, Any], subject: str | None = None) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": f"customer360.{sort}.v1", "source": "/pos", "id": f"h-{next(numbers)}"}
    return {**envelope, **({"subject": subject} if subject else {}), "time": "2026-04-01T10:00:00Z", "data": data}


def person(code: str, family: str, given: str, *identifiers: dict[str, Any], home: str | None = None) -> dict[str, Any]:
    own = {"kind": "MEMBER_NUMBER", "value": code}
    lives = {"address": {"full": home}} if home else {}
    return event("person", {"name": {"family": family, "given": given}, "identifiers": [own, *identifiers], **lives}, code)


def phone(value: str, **more: Any) -> dict[str, Any]:
    return {"kind": "PHONE", "value": value, **more}


async def tell(store: Store, *events: dict[str, Any]) -> None:
    receipts = await record(store, [read_event(raw, b"a key for tests") for raw in events])
    assert [receipt.error for receipt in receipts if receipt.error] == []


@pytest.fixture
async def empty(store: Store) -> Store:
    await wipe(store)
    return store


async def ask(store: Store, document: str, **variables: Any) -> dict[str, Any]:
    body = (await execute(store, document, variables, None, ADMIN)).body
    assert "errors" not in body, body
    return body["data"]


async def household(store: Store, code: str = "A") -> dict[str, list[str]] | None:
    """Return name -> kinds of evidence."""
    found = (await ask(store, HOUSEHOLD, code=code))["customer"]["household"]
    return found and {m["customer"]["name"]: [each["kind"] for each in m["evidence"]] for m in found["members"]}


Identifiers = list[dict[str, Any]]


@dataclass(frozen=True)
class Two:
    """What two people told, and what they have in common by it; None where they are no household."""

    why: str
    evidence: list[str] | None
    ours: Identifiers
    theirs: Identifiers
    our_home: str | None = None
    their_home: str | None = None
    surname: str = "試験"


FAMILY_MOBILE: Identifiers = [phone(MOBILE, sharing="HOUSEHOLD")]
SWITCHBOARD: Identifiers = [phone(LANDLINE, sharing="ORGANIZATION")]
OFFICE: Identifiers = [phone(LANDLINE), {"kind": "FAX", "value": FAX}]
FAMILY_MAIL: Identifiers = [{"kind": "EMAIL", "value": MAIL}]
TOLD = [
    Two("a landline and a surname", ["SURNAME", "TELEPHONE"], [phone(LANDLINE)], [phone("0355550101")]),
    Two("a landline of colleagues", None, [phone(LANDLINE)], [phone(LANDLINE)], surname="別姓"),
    Two("a family telephone, said to be one", ["TELEPHONE"], FAMILY_MOBILE, FAMILY_MOBILE, surname="別姓"),
    Two("a switchboard, said to be one", None, SWITCHBOARD, SWITCHBOARD),
    Two("a family mail", ["MAIL", "SURNAME"], FAMILY_MAIL, FAMILY_MAIL),
    Two("a fax and a landline", ["FAX", "TELEPHONE"], OFFICE, OFFICE, surname="別姓"),
    Two("a home in two notations", ["ADDRESS", "SURNAME"], [], [], FLAT, SAME_FLAT),
    Two("a home and another surname", None, [], [], FLAT, SAME_FLAT, surname="別姓"),
    Two("a home and a landline", ["ADDRESS", "TELEPHONE"], [phone(LANDLINE)], [phone(LANDLINE)], FLAT, SAME_FLAT, "別姓"),
    Two("a house of many homes", None, [], [], HOUSE_OF_MANY, HOUSE_OF_MANY),
]


@pytest.mark.parametrize("two", TOLD, ids=lambda two: two.why)
async def test_what_makes_a_household(empty: Store, two: Two) -> None:
    one = person("A", "試験", "太郎", *two.ours, home=two.our_home)
    await tell(empty, one, person("B", two.surname, "花子", *two.theirs, home=two.their_home))
    assert await household(empty) == (two.evidence and {f"{two.surname} 花子": two.evidence})
    assert await household(empty, "B") == (two.evidence and {"試験 太郎": two.evidence})


async def test_a_dormitory_is_no_household(empty: Store) -> None:
    dwellers = [person(f"D{number}", "試験", f"住人{number}", home=FLAT) for number in range(40)]
    await tell(empty, person("A", "試験", "太郎", home=FLAT), *dwellers)
    assert await household(empty) is None


async def test_a_family_telephone_shows_every_member_and_an_operator_says_whose_the_call_was(empty: Store) -> None:
    call = event("interaction", {"kind": "CALL", "direction": "INBOUND", "by": {"identifiers": [phone(LANDLINE)]}})
    await tell(empty, person("A", "試験", "太郎", phone(LANDLINE)), person("B", "試験", "花子", phone(LANDLINE)), call)

    found = (await ask(empty, LOOK_UP, query=LANDLINE))["customerLookup"]
    assert sorted(each["customer"]["name"] for each in found) == ["試験 太郎", "試験 花子"]
    assert [each["reasons"] for each in found] == [[{"kind": "PHONE", "exact": True}]] * 2
    taro = (await ask(empty, POSSIBLE, code="A"))["customer"]
    [edge] = taro["possibleContacts"]["edges"]

    chosen = {"touchpointId": edge["node"]["id"], "customer": {"id": taro["id"], "version": taro["version"]}}
    said = await ask(empty, ASSIGN, input={**chosen, "idempotencyKey": "the call", "reason": "名乗りました"})
    assert said["touchpointAssign"]["userErrors"] == []
    for code, calls in (("A", 1), ("B", 0)):
        seen = (await ask(empty, POSSIBLE, code=code))["customer"]
        assert (seen["possibleContacts"]["totalCount"], seen["timeline"]["totalCount"]) == (0, calls)


async def test_of_a_family_who_orders_most_stands_first(empty: Store) -> None:
    given = {"A": "太郎", "B": "花子", "C": "次郎"}
    await tell(empty, *(person(code, "試験", name, phone(LANDLINE)) for code, name in given.items()))
    for times, code in ((1, "A"), (3, "C"), (2, "B")):
        by = {"record": {"source": "/pos", "subject": code}}
        orders = (event("order", {"status": "PLACED", "by": by}, f"order-{code}-{number}") for number in range(times))
        await tell(empty, *orders)

    found = (await ask(empty, LOOK_UP, query=LANDLINE))["customerLookup"]
    assert [each["customer"]["name"] for each in found] == ["試験 次郎", "試験 花子", "試験 太郎"]


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("京都府京都市中京区例通見本下る試験町132番地", "京都市中京区試験町132番地", True),
        ("東京都杉並区見本3-4-7 例団地A棟305", "東京都杉並区見本3-4-7 例団地A-305", True),
        ("東京都杉並区見本3-4-11 例題様方", "東京都杉並区見本3-4-11", True),
        ("岩手県盛岡市見本第1地割23番地4", "岩手県盛岡市見本1地割23-4", True),
        ("川口市見本町1-2-3", "埼玉県川口市川口市見本町1-2-3", True),
        ("東京都杉並区見本3-4-9 例荘203", "東京都杉並区見本3-4-9 例荘B203", False),
        ("北海道富良野市字見本無番地", "富良野市字見本無番地", False),
    ],
)
async def test_a_home_is_one_in_whatever_notation_and_another_room_is_another(
    empty: Store, one: str, other: str, *, together: bool
) -> None:
    await tell(empty, person("A", "試験", "太郎", home=one), person("B", "試験", "花子", home=other))
    assert await household(empty) == ({"試験 花子": ["ADDRESS", "SURNAME"]} if together else None)
