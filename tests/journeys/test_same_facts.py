"""One fragment of the customer view gives the same facts to each role over HTTP, and on the admin page."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from admin.pages.customers import operations
from admin.parts.formats import Formats
from graph.store import Store
from tests.admin.people import HANAKO, INTERACTIONS, ORDERS, TARO, told
from tests.running import Running, running

REACHING = ("PHONE", "EMAIL", "LINE_USER_ID", "SOCIAL_ACCOUNT", "FAX")
"""Kinds by which one can reach somebody stand first on the page."""
WRITTEN = Formats("en", ZoneInfo("Asia/Tokyo"))


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(store, tmp_path_factory.mktemp("same-facts")) as started:
        yield started


@pytest.fixture(scope="module")
async def hanako(server: Running) -> str:
    """Her GraphQL id, after all her events came in."""
    return await told(server)


async def view(server: Running, customer: str, role: str) -> dict[str, Any]:
    asked = {"id": customer, "language": "EN", "now": "2026-11-22T03:00:00Z", "timeZone": "Asia/Tokyo"}
    body = await server.ask(operations.CUSTOMER, role, **asked)
    assert "errors" not in body
    return body["data"]["customer"]


FACTS = """query Facts($id: ID!) { customer(by: {id: $id}) {
  id name kana phone language maskedFields metrics { orderCount spend { amount currency } lastSeen favouriteStore { code } }
  orders(first: 20) { edges { node { number occurredAt status total { amount } lines { edges { node { name quantity } } } } } }
  timeline(first: 20) { edges { node { id kind occurredAt channel store { code } products { sku } } } } } }"""
ASKERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("call_center", {}),
    ("store_staff", {"stores": ["shibuya"]}),
    ("customer", {"customer": HANAKO}),
)


async def test_whoever_asks_reads_equal_facts_apart_from_what_is_masked(server: Running, hanako: str) -> None:
    views = [(await server.ask(FACTS, role, claims, id=hanako))["data"]["customer"] for role, claims in ASKERS]
    phones = [each.pop("phone") for each in views]
    masked = [each.pop("maskedFields") for each in views]
    assert views[0] == views[1] == views[2]
    assert views[0]["metrics"]["orderCount"] == ORDERS
    assert len(views[0]["timeline"]["edges"]) == min(20, ORDERS + INTERACTIONS)
    assert phones[0] == phones[2]
    assert phones[1] == f"{WRITTEN.phone(phones[0])[:3]}-****-{phones[0][-4:]}"
    assert ("phone" in masked[1], "phone" in masked[0], "name" in masked[2]) == (True, False, False)


async def test_who_works_in_another_store_and_another_customer_read_none_of_it(server: Running, hanako: str) -> None:
    for role, claims in (("store_staff", {"stores": ["ginza"]}), ("customer", {"customer": TARO})):
        assert (await server.ask(FACTS, role, claims, id=hanako))["data"] == {"customer": None}


async def test_the_admin_page_shows_these_facts_in_this_order(server: Running, hanako: str) -> None:
    page = await server.client.get(f"/admin/customers/{hanako}", headers={"Accept-Language": "en"})
    text = written(page.text)
    at = 0
    for fact in facts(await view(server, hanako, "call_center")):
        found = text.find(fact, at)
        assert found >= 0, f"{fact!r} is not on the page after {text[max(0, at - 60) : at]!r}"
        at = found + len(fact)


async def test_the_admin_page_shows_nothing_beside_them(server: Running, hanako: str) -> None:
    page = (await server.client.get(f"/admin/customers/{hanako}", headers={"Accept-Language": "en"})).text
    known = await view(server, hanako, "call_center")
    for mark, connection in (
        ('class="touchpoint channel-', "timeline"),
        ('class="order" id=', "orders"),
        ("identifier-value", "identifiers"),
    ):
        assert page.count(mark) == len(known[connection]["edges"])
    shown = re.findall(r'class="touchpoint channel-.*?<time datetime="([^"]+)"', page, re.DOTALL)
    assert shown == [edge["node"]["occurredAt"] for edge in known["timeline"]["edges"]]


def written(html: str) -> str:
    """Return what a page says, without its markup and with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def facts(known: dict[str, Any]) -> Iterator[str]:
    """Yield the facts of a view as the English page writes them, in the order of the page."""
    yield known["kana"]
    yield known["name"]
    yield WRITTEN.birthday(known["birthDate"])
    yield WRITTEN.phone(known["phone"])
    yield known["email"]
    yield known["address"]
    yield str(known["metrics"]["orderCount"])
    yield from (WRITTEN.money(sum_) for sum_ in known["metrics"]["spend"])
    yield WRITTEN.day(known["metrics"]["lastSeen"])
    held = [edge["node"]["identifier"] for edge in known["identifiers"]["edges"]]
    for kind in REACHING:
        yield from (WRITTEN.identifier(each) for each in held if each["kind"] == kind)
    yield from (WRITTEN.identifier(each) for each in held if each["kind"] not in REACHING)
    for order in (edge["node"] for edge in known["orders"]["edges"]):
        yield WRITTEN.day(order["occurredAt"])
        yield order["number"]
        yield WRITTEN.money(order["total"])
        for line in (edge["node"] for edge in order["lines"]["edges"]):
            yield line["name"]
            yield WRITTEN.number(line["quantity"])
            yield WRITTEN.money(line["amount"])
    for touchpoint in (edge["node"] for edge in known["timeline"]["edges"]):
        yield WRITTEN.day(touchpoint["occurredAt"])
        yield WRITTEN.time(touchpoint["occurredAt"])
        yield touchpoint["summary"].replace(" · ", " ", 1)
    yield from (edge["node"]["externalId"] for edge in known["sourceRecords"]["edges"])
