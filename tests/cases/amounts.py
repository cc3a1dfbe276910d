"""Orders as tills and shops report them: what is taken, with which remark, and what counts as a sale."""

from __future__ import annotations

from tests.cases.files import orders
from tests.cases.replay import Replay


async def a_line_that_is_given_back_is_taken_as_the_till_prints_it(case: Replay) -> None:
    assert [(receipt["outcome"], receipt["warnings"]) for receipt in case.receipts] == [("CREATED", [])]
    assert await orders(case, "O01-r2-r1") == [("500", ["シャツL", "シャツXL"])]


async def what_was_paid_back_is_no_spend(case: Replay) -> None:
    assert [receipt["error"] for receipt in case.receipts] == [None] * 4
    before, after = (customer["metrics"]["spend"] for customer in case.data("customer"))
    assert before == [{"amount": "7000"}]
    assert [each for each in after if each["amount"] != "0"] == []


async def a_fee_stands_beside_shipping(case: Replay) -> None:
    unexplained, explained = case.receipts
    assert unexplained["error"]["code"] == "AMOUNTS_DO_NOT_ADD_UP"
    assert (explained["outcome"], explained["warnings"]) == ("CREATED", [])


async def a_unit_price_is_a_rate_and_may_have_more_decimals(case: Replay) -> None:
    assert [(receipt["outcome"], receipt["warnings"]) for receipt in case.receipts] == [("CREATED", [])] * 4


async def a_total_that_is_rounded_is_kept_as_it_was_charged(case: Replay) -> None:
    warned = [[warning["code"] for warning in receipt["warnings"]] for receipt in case.receipts]
    assert warned == [["ROUNDED_TOTAL"]] * 3
    charged = [await orders(case, f"O05-r2-o{number}") for number in (1, 2, 3)]
    assert [total for [(total, _)] in charged] == ["4048", "50001", "17.98"]


async def what_came_back_is_no_sale(case: Replay) -> None:
    [activity] = case.data("activity")
    [store] = [each for each in activity["stores"] if each["store"]["name"] == "検体店r5"]
    assert (store["orders"], store["sales"]) == (1, [{"amount": "1000"}])


EXPECTED = {
    "O01": a_line_that_is_given_back_is_taken_as_the_till_prints_it,
    "O02": what_was_paid_back_is_no_spend,
    "O03": a_fee_stands_beside_shipping,
    "O04": a_unit_price_is_a_rate_and_may_have_more_decimals,
    "O05": a_total_that_is_rounded_is_kept_as_it_was_charged,
    "O11": what_came_back_is_no_sale,
}
