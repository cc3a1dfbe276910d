"""Coupons that are issued by their rules: to whom, once, why, by whoever looks first, and only from when the rule was made."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from graph.changes.numbering import number_changes
from graph.coupons import by_rule
from graph.coupons.by_rule import follow_rules, issue_to, ruled, walk_rules
from graph.coupons.defining import Definition, coupon_id, put_coupon
from graph.coupons.rules import RULES, IssueRule, rule_of
from graph.coupons.terms import Terms
from graph.errors import InvalidInput
from graph.keys import store_id
from graph.loyalty.programme import Programme, Rank
from graph.loyalty.programmes import use_programmes
from graph.store import Store
from tests.conftest import wipe
from tests.graph.coupons.giving_out import FOR_ALL, TEN, author, customer, do, person
from tests.graph.orders.selling import SHOP, order, tell

ZONE = ZoneInfo("Asia/Tokyo")
ISSUED = (
    "MATCH (r:SourceRecord)-[:HAS_COUPON]->(i:IssuedCoupon) "
    "RETURN r.external_id, i.rule, i.why, i.period ORDER BY r.external_id, i.at"
)
numbers: Iterator[int] = count()
LADDER = (Rank("SILVER", 5_000), Rank("GOLD", 20_000))
RANKS = Programme(1, "", "Asia/Tokyo", "JPY", 0, 365, 30, frozenset(), LADDER, ())


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    await tell(store, {**told("store", {"name": "試験店"}), "subject": "ginza"}, {**told("store", {}), "subject": "ueno"})
    return store


@pytest.fixture
def ranks() -> Iterator[None]:
    use_programmes([RANKS])
    yield
    use_programmes([])


def told(kind: str, data: dict[str, Any], at: datetime | None = None) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": SHOP, "id": f"r-{next(numbers)}"}
    return {**envelope, "time": (at or datetime.now(UTC)).isoformat(), "data": data}


def contact(kind: str, code: str, at: datetime | None = None, **data: Any) -> dict[str, Any]:
    return told("interaction", {"kind": kind, "by": {"record": {"source": SHOP, "subject": code}}, **data}, at)


def born(code: str, day: str) -> dict[str, Any]:
    one = person(code)
    return {**one, "data": {**one["data"], "birthDate": day}}


async def put(store: Store, rule: IssueRule, code: str = "RULED", terms: Terms = TEN, stores: tuple[str, ...] = ()) -> str:
    await do(store, put_coupon(author("office"), Definition(code, "試験のクーポン", terms, rule=rule, rule_stores=stores)))
    return coupon_id(code)


async def follow(store: Store) -> None:
    while await number_changes(store, "tests"):
        pass
    while await follow_rules(store, "tests", ZONE, RULES):
        pass


async def walk(store: Store, now: datetime | None = None) -> None:
    while await walk_rules(store, "tests", ZONE, now):
        pass


async def test_who_was_born_in_the_month_gets_it_once_a_year_also_where_nothing_happens_to_them(graph: Store) -> None:
    july = datetime(2031, 7, 1, 3, tzinfo=UTC)
    await tell(graph, born("1", "1990-07-31"), born("2", "1990-08-01"), person("3"))
    await put(graph, IssueRule("BIRTHDAY"))

    for at in (july, july + timedelta(days=20), july + timedelta(days=366)):
        await walk(graph, at)
        await walk(graph, at)

    assert await graph.read(ISSUED) == [["1", "BIRTHDAY", None, "2031"], ["1", "BIRTHDAY", None, "2032"]]


async def test_a_birth_date_that_is_told_within_the_month_is_followed(graph: Store) -> None:
    await put(graph, IssueRule("BIRTHDAY", days=7))
    await tell(graph, born("1", f"1990-{datetime.now(ZONE):%m}-15"))
    await follow(graph)
    [[ends]] = await graph.read("MATCH (i:IssuedCoupon) RETURN i.ends")
    assert datetime.fromisoformat(ends).astimezone(ZONE).date() == datetime.now(ZONE).date() + timedelta(days=8)


async def test_a_visit_counts_in_the_stores_of_the_rule_from_when_it_was_made(graph: Store) -> None:
    await tell(graph, *(person(code) for code in "1234"))
    await tell(graph, contact("STORE_VISIT", "1", datetime.now(UTC) - timedelta(days=1), store="ginza"))
    await put(graph, IssueRule("VISIT"), stores=(store_id("ginza"),))
    now = datetime.now(UTC) + timedelta(seconds=1)
    await tell(
        graph,
        contact("STORE_VISIT", "2", now, store="ginza"),
        contact("STORE_VISIT", "3", now, store="ueno"),
        order("V-1", {"sku": "PEN-1", "amount": "100"}, by="4", time=now.isoformat(), channel="STORE", store="ginza"),
    )
    await follow(graph)
    await follow(graph)
    await tell(graph, contact("CHECK_IN", "2", now, store="ginza"))
    await follow(graph)
    assert await graph.read(ISSUED) == [["2", "VISIT", "ginza", ""], ["4", "VISIT", "ginza", ""]]


async def test_who_looked_at_a_product_or_a_category_gets_it(graph: Store) -> None:
    await tell(graph, *(person(code) for code in "123"))
    await tell(graph, {**told("product", {"categories": ["文具", "筆記具"]}), "subject": "PEN-1"})
    await put(graph, IssueRule("SEEN", products=frozenset({"HAT-1"}), categories=frozenset({"筆記具"})))
    now = datetime.now(UTC) + timedelta(seconds=1)
    await tell(
        graph,
        contact("WEB_SESSION", "1", now, products=["HAT-1"]),
        contact("APP_SESSION", "2", now, products=["PEN-1"]),
        contact("WEB_SESSION", "3", now, products=["SHOE-1"]),
    )
    await follow(graph)
    assert await graph.read(ISSUED) == [["1", "SEEN", "HAT-1", ""], ["2", "SEEN", "PEN-1", ""]]


async def test_a_rank_that_is_reached_before_or_after_the_rule_was_made_gives_it_once(graph: Store, ranks: None) -> None:
    await tell(graph, *(person(code) for code in "123"))
    now = datetime.now(UTC).isoformat()
    await tell(graph, order("R-1", {"sku": "A", "amount": "6000"}, by="1", time=now, status="FULFILLED", total="6000"))
    await put(graph, IssueRule("RANK", rank="SILVER"))
    await walk(graph)
    await tell(
        graph,
        order("R-2", {"sku": "A", "amount": "30000"}, by="2", time=now, status="FULFILLED", total="30000"),
        order("R-3", {"sku": "A", "amount": "4999"}, by="3", time=now, status="FULFILLED", total="4999"),
    )
    await follow(graph)
    await walk(graph)
    assert await graph.read(ISSUED) == [["1", "RANK", "SILVER", ""], ["2", "RANK", "SILVER", ""]]


async def test_of_many_who_issue_at_once_one_does(graph: Store) -> None:
    await tell(graph, born("1", f"1990-{datetime.now(ZONE):%m}-15"))
    await put(graph, IssueRule("BIRTHDAY"))
    coupons = await ruled(graph, ZONE, RULES, datetime.now(UTC))
    whose = await customer(graph)

    made = await asyncio.gather(*(issue_to(graph, coupons, [whose]) for _ in range(16)))

    assert sum(made) == 1
    assert len(await graph.read(ISSUED)) == 1


async def test_all_are_looked_at_in_steps_once_for_each_month_and_version(graph: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_rule, "STEP", 2)
    await tell(graph, *(born(str(code), "1990-07-01") for code in range(5)))
    await put(graph, IssueRule("BIRTHDAY"))
    july = datetime(2031, 7, 1, 3, tzinfo=UTC)
    looked = [await walk_rules(graph, "tests", ZONE, july) for _ in range(4)]
    assert looked == [2, 2, 1, 0]
    assert len(await graph.read(ISSUED)) == 5
    await put(graph, IssueRule("BIRTHDAY", days=3))
    assert await walk_rules(graph, "tests", ZONE, july) == 2, "what has changed is looked at anew"


@pytest.mark.parametrize(
    ("rule", "terms", "pointer"),
    [
        (IssueRule("VISIT"), FOR_ALL, "/rule"),
        (IssueRule("RANK"), TEN, "/rule/rank"),
        (IssueRule("VISIT", rank="GOLD"), TEN, "/rule/rank"),
        (IssueRule("SEEN"), TEN, "/rule/products"),
        (IssueRule("BIRTHDAY", days=-1), TEN, "/rule/validDays"),
    ],
)
async def test_a_rule_that_nobody_could_mean_is_refused_at_its_place(
    graph: Store, rule: IssueRule, terms: Terms, pointer: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await put(graph, rule, terms=terms)
    assert refused.value.pointer == pointer


@pytest.mark.parametrize("kind", RULES)
def test_a_rule_is_kept_and_read_as_it_was(kind: str) -> None:
    rule = IssueRule(kind, "GOLD", frozenset({"ginza"}), frozenset({"PEN-1"}), frozenset({"文具"}), 7)
    assert rule_of(rule.properties()) == rule
    assert rule.period(date(2026, 7, 1)) == ("2026" if kind == "BIRTHDAY" else "")
