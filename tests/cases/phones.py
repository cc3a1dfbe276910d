"""Telephone numbers as systems write them: what each call, record and look-up is expected to make of them."""

from __future__ import annotations

from tests.cases.replay import Replay


async def a_call_without_a_number_is_recorded_and_is_nobodys(case: Replay) -> None:
    assert [(receipt["outcome"], receipt["customerId"]) for receipt in case.receipts] == [("CREATED", None)] * 7
    assert case.rules == ["WITHHELD", "WITHHELD", "WITHHELD", "NOT_SHOWN", "WITHHELD", "WITHHELD", "NOT_SHOWN"]
    assert case.statuses == [200] * 7


async def every_call_is_theirs(case: Replay) -> None:
    assert case.rules == ["SOLE_HOLDER"] * (len(case.steps) - 1)
    assert len({receipt["customerId"] for receipt in case.receipts}) == 1


async def words_around_a_number_part_nobody(case: Replay) -> None:
    assert len({receipt["customerId"] for receipt in case.receipts}) == 1
    assert [receipt["warnings"] for receipt in case.receipts] == [[]] * 9


async def what_cannot_be_seen_is_no_part_of_a_number(case: Replay) -> None:
    assert case.rules == ["SOLE_HOLDER"]
    assert case.missed() == []


async def a_number_that_a_spreadsheet_rounded_ties_nobody(case: Replay) -> None:
    *people, call = case.receipts
    assert len({each["customerId"] for each in people}) == 3
    assert [[warning["code"] for warning in each["warnings"]] for each in people] == [["UNREADABLE_PHONE"]] * 3
    [customer] = case.data("customer")
    assert customer["household"] is None
    [held] = [edge["node"]["identifier"] for edge in customer["identifiers"]["edges"]]
    assert (held["value"], held["state"]) == ("8.17022E+11", "BLOCKED")
    assert (call["customerId"], call["decision"]["rule"]) == (None, "NOBODY_KNOWN")


async def a_placeholder_of_a_provider_identifies_nobody(case: Replay) -> None:
    assert case.rules == ["WITHHELD", "WITHHELD"]
    assert [receipt["customerId"] is None for receipt in case.receipts] == [False, True, True]


async def what_is_shown_of_a_number_can_be_typed_and_finds(case: Replay) -> None:
    told = [receipt["customerId"] for receipt in case.receipts]
    shown = [answer.body["data"]["customer"] for step, answer in case.of("graphql") if "phone" in step["query"]]
    assert [customer["phone"] for customer in shown] == [
        "+817022229911", "+817022229912", "+817022229913", "+817022229914", None, None
    ]  # fmt: skip
    values = [[edge["node"]["identifier"]["value"] for edge in customer["identifiers"]["edges"]] for customer in shown]
    assert values == [
        ["+817022229911"],
        ["+81622229912", "+817022229912"],
        ["+817022229913"],
        ["+817022229914"],
        ["2222-9915"],
        ["070-2222-991"],
    ]
    for customer, held in zip(told, values, strict=True):
        for value in held:
            assert customer in await case.offered(value)
    # As it was told, which is what the source's own screen shows.
    for customer, step in zip(told, [step for step, _ in case.of("event")], strict=True):
        assert customer in await case.offered(step["body"]["data"]["identifiers"][0]["value"])


EXPECTED = {
    "P01": a_call_without_a_number_is_recorded_and_is_nobodys,
    "P02": every_call_is_theirs,
    "P03": every_call_is_theirs,
    "P04": words_around_a_number_part_nobody,
    "P06": what_cannot_be_seen_is_no_part_of_a_number,
    "P07": a_number_that_a_spreadsheet_rounded_ties_nobody,
    "P09": every_call_is_theirs,
    "P11": a_placeholder_of_a_provider_identifies_nobody,
    "P12": what_is_shown_of_a_number_can_be_typed_and_finds,
}
