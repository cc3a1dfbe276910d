"""Coupons for the tests: people through the real intake, and commands on coupons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

from graph.commands.command import Answer, Author, Command, run
from graph.coupons.asking import Asked
from graph.coupons.defining import Definition, coupon_id, put_coupon
from graph.coupons.issuing import Issue, issue_coupon
from graph.coupons.refusals import Line
from graph.coupons.terms import PERCENT, Terms
from graph.keys import scoped
from graph.store import Reader, Store
from tests.graph.orders.selling import SHOP, tell

numbers: Iterator[int] = count()
TEN = Terms(PERCENT, 10)
FOR_ALL = replace(TEN, for_all=True)
CUSTOMER = "MATCH (:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c:Customer) RETURN c.id, c.version"
CODE = "MATCH (i:IssuedCoupon {id: $p.id}) RETURN i.code"
STATES = "MATCH (u:CouponRedemption) RETURN u.state ORDER BY u.turn"


def person(code: str, given: str = "花子") -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": "customer360.person.v1", "source": SHOP, "id": f"p-{next(numbers)}"}
    data = {"name": {"family": "試験", "given": f"{given}{code}"}}
    return {**envelope, "subject": code, "time": "2026-04-01T00:00:00Z", "data": data}


async def customer(store: Store, code: str = "1") -> str:
    [[own_id, _]] = await store.read(CUSTOMER, {"key": scoped(SHOP, code)})
    return own_id


def author(actor: str = "till-1", key: str = "") -> Author:
    return Author("tests", actor, key or f"coupon-{next(numbers)}")


async def itself(answer: Answer, _: Reader) -> Answer:
    return answer


async def do(store: Store, command: Command) -> Answer:
    return await run(store, command, itself)


async def given_out(store: Store, code: str, terms: Terms = TEN) -> str:
    """Set up a coupon and return its id."""
    await do(store, put_coupon(author("office"), Definition(code, "春のクーポン", terms)))
    return coupon_id(code)


async def issued(store: Store, coupon: str, to: str) -> str:
    """Issue a coupon to a customer by id and return its code."""
    answer = await do(store, issue_coupon(author("office"), Issue(coupon, to)))
    [[code]] = await store.read(CODE, {"id": answer["issued"]})
    return code


async def with_issue(store: Store, terms: Terms = TEN) -> str:
    """Return the code of a coupon that was issued to the person of code 1."""
    await tell(store, person("1"))
    return await issued(store, await given_out(store, "SPRING", terms), await customer(store))


def at_till(*codes: str, channel: str = "STORE", **more: Any) -> Asked:
    return Asked(codes, (Line(1, 1_000, "PEN-1"), Line(2, 500, "INK-1")), "JPY", channel, **more)
