"""What people type into the one box: part of a number, of an address or of a name, and a date of birth."""

from __future__ import annotations

from tests.cases.replay import Replay

THREE_DIGITS = "028"


async def a_number_in_any_notation_finds_them_and_their_calls(case: Replay) -> None:
    assert case.missed() == []
    assert case.rules == ["SOLE_HOLDER"] * 10


async def four_or_more_of_its_last_or_first_digits_find_a_number(case: Replay) -> None:
    assert case.missed() == [THREE_DIGITS]


async def what_was_typed_finds_them(case: Replay) -> None:
    assert case.missed() == []


async def a_close_name_is_offered_behind_exact_ones_and_said_to_be_close(case: Replay) -> None:
    latin, kana = (receipt["customerId"] for receipt in case.receipts)
    typed = [step["variables"]["q"] for step, _ in case.of("graphql")]
    for text, person in zip(typed, [latin] * 3 + [kana] * 2, strict=True):
        offered = await case.offered(text)
        # Whoever sounds the same, as K and C do, has that name: it is only spelt otherwise.
        assert [reason["kind"] for reason in offered[person]["reasons"]] == ["NAME" if text[0] == "K" else "SIMILAR_NAME"], text
    exact = await case.offered("Cassandra Kentaimann")
    assert next(iter(exact)) == latin
    assert "SIMILAR_NAME" not in [reason["kind"] for reason in exact[latin]["reasons"]]


async def the_page_finds_them_by_what_the_api_is_asked(case: Replay) -> None:
    posted = [answer for step, answer in case.of("http") if step["method"] == "POST"]
    assert [answer.status for answer in posted] == [200] * 7
    assert ["検画 乃絵" in answer.body for answer in posted] == [True] * 7
    # A number stands in no address: the page does not read one from there.
    opened = [(answer.status, "検画 乃絵" in answer.body) for step, answer in case.of("http") if step["method"] == "GET"]
    assert opened == [(200, False), (200, False), (404, False)]


EXPECTED = {
    "L01": a_number_in_any_notation_finds_them_and_their_calls,
    "L02": four_or_more_of_its_last_or_first_digits_find_a_number,
    "L03": what_was_typed_finds_them,
    "L04": what_was_typed_finds_them,
    "L06": a_close_name_is_offered_behind_exact_ones_and_said_to_be_close,
    "L07": what_was_typed_finds_them,
    "L09": the_page_finds_them_by_what_the_api_is_asked,
}
