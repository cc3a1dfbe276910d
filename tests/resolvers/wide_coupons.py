"""Coupons beside the wide town: issued, for all, withdrawn; used, given back, held, shown, named by an order; and baskets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from graph.commands.command import Answer, Author, Command, run
from graph.coupons.asking import Asked
from graph.coupons.defining import Definition, coupon_id, put_coupon
from graph.coupons.issuing import Issue, issue_coupon, mark_shown
from graph.coupons.redeeming import redeem, reverse
from graph.coupons.refusals import Line
from graph.coupons.reserving import reserve
from graph.coupons.rules import IssueRule
from graph.coupons.terms import PERCENT, VALUE, Terms
from graph.keys import store_id
from graph.store import Reader, Store
from tests.resolvers.wide_baskets import fill

CODE = "MATCH (i:IssuedCoupon {id: $p.id}) RETURN i.code"
BOUGHT = "MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-()-[:DID]->(o:Order) RETURN o.id ORDER BY o.id LIMIT 1"
PENS = Terms(
    PERCENT, 10, "JPY", 500, frozenset({"PEN-1", "INK-1"}), frozenset({"文具"}), channels=frozenset({"STORE", "APP"}),
    starts="2026-01-01T00:00:00.000000Z", ends="2099-01-01T00:00:00.000000Z", uses_per_customer=5, uses=9,
)  # fmt: skip
AT_STORE = IssueRule("VISIT", days=30)


async def give_out(store: Store, customer: str) -> Mapping[str, str]:
    """Give them out to a customer by raw id, use one for an order of theirs; return their own raw ids with their types."""
    [[order]] = await store.read(BOUGHT, {"id": customer})
    done = 0

    async def do(command: Command) -> Answer:
        async def itself(answer: Answer, _: Reader) -> Answer:
            return answer

        return await run(store, command, itself)

    def author() -> Author:
        nonlocal done
        done += 1
        return Author("tests", "op-1", f"wide-coupon-{done}", "誤り")

    await do(put_coupon(author(), Definition("PENS-10", "ペン10%引き", PENS, [store_id("S001")], AT_STORE, [store_id("S001")])))
    off = Terms(VALUE, 100, "JPY", combinable=True, for_all=True)
    await do(put_coupon(author(), Definition("MINUS-100", "100円引き", off)))
    await do(put_coupon(author(), Definition("OLD", "終わったもの", replace(off, withdrawn=True))))
    pens, all_ = coupon_id("PENS-10"), coupon_id("MINUS-100")
    issued = [(await do(issue_coupon(author(), Issue(pens, customer, ends=PENS.ends))))["issued"] for _ in range(3)]
    codes = [(await store.read(CODE, {"id": each}))[0][0] for each in issued]
    lines = (Line(1, 1_000, "PEN-1"), Line(2, 333, "INK-1"))
    asked = Asked((codes[0],), lines, "JPY", "STORE", store_id("S001"), customer, order)
    uses = (await do(redeem(author(), asked)))["redemptions"]
    web = Asked(("MINUS-100",), lines, "JPY", "WEB")
    uses += (await do(redeem(author(), web)))["redemptions"]
    uses += (await do(redeem(author(), replace(web, customer=customer))))["redemptions"]
    await do(reverse(author(), uses[-1]))
    held = (await do(reserve(author(), replace(asked, codes=(codes[1],), order=None))))["reservations"]
    await do(mark_shown(author(), customer, [pens, all_], "APP"))
    return {
        **dict.fromkeys((pens, all_, coupon_id("OLD")), "Coupon"),
        **dict.fromkeys(issued, "IssuedCoupon"),
        **dict.fromkeys(uses, "CouponRedemption"),
        **dict.fromkeys(held, "CouponReservation"),
        **await fill(store, customer),
    }
