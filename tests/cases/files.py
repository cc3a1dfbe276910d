"""Files as programs export them, by mappings that know nothing of their oddities: every row arrives or is named."""

from __future__ import annotations

import yaml

from tests.cases.replay import Replay

RECORDS = """query($q: String!) {
  customerLookup(input: {query: $q}) { customer { sourceRecords(first: 9) { edges { node { source externalId firstSeen } } } } }
}"""
ORDERS = "query($number: String!) { orders(number: $number) { total { amount } lines { edges { node { name } } } } }"


async def records(case: Replay, typed: str) -> list[dict[str, str]]:
    """Return the source records of those whom the look-up offers, of this case alone: one 検体 一 stands in many."""
    await case.offered(typed)
    own = {yaml.safe_load(step["mapping"])["source"] for step in case.steps if "mapping" in step}
    found = (await case.server.ask(RECORDS, q=typed))["data"]["customerLookup"]
    told = [edge["node"] for each in found for edge in each["customer"]["sourceRecords"]["edges"]]
    return [record for record in told if record["source"] in own]


async def orders(case: Replay, number: str) -> list[tuple[str, list[str]]]:
    """Return total and names of the lines of the orders with a number."""
    found = (await case.server.ask(ORDERS, number=number))["data"]["orders"]
    return [(order["total"]["amount"], [edge["node"]["name"] for edge in order["lines"]["edges"]]) for order in found]


def rejected(case: Replay) -> list[list[int]]:
    """Return the rejected lines of each import that was not refused as a whole."""
    return [[reject["line"] for reject in answer.rejects] for _, answer in case.of("import") if not answer.body]


def taken(case: Replay) -> list[int]:
    """Return how many events each import has recorded."""
    return [sum(answer.outcomes.values()) - len(answer.rejects) for _, answer in case.of("import")]


async def blank_cells_on_further_rows_of_an_order_say_nothing(case: Replay) -> None:
    assert (taken(case), rejected(case)) == ([2], [[]])
    assert await orders(case, "#C01r21") == [("5500", ["見本シャツ", "見本靴下"])]
    assert await orders(case, "C01r22") == [("3000", ["見本シャツ"])]


async def columns_that_the_mapping_does_not_read_may_stand_twice(case: Replay) -> None:
    assert (taken(case), rejected(case)) == ([1], [[]])


async def an_empty_row_is_passed_over(case: Replay) -> None:
    assert (taken(case), rejected(case)) == ([2], [[]])


async def titles_blank_lines_and_sep_are_passed_over(case: Replay) -> None:
    assert (taken(case), rejected(case)) == ([1] * 4, [[]] * 4)
    assert len(await records(case, "C05-r2-M1")) == 1


async def utf_16_is_read_and_a_wrong_encoding_is_told(case: Replay) -> None:
    read, utf_16, cp932 = case.answers
    assert (taken(case)[0], read.rejects) == (1, [])
    assert "it looks like utf-16: state `encoding: utf-16` in the mapping" in utf_16.body
    assert "it looks like cp932: state `encoding: cp932` in the mapping" in cp932.body


async def shift_jis_means_what_windows_writes(case: Replay) -> None:
    assert (taken(case), rejected(case)) == ([2], [[]])
    assert [each["externalId"] for each in await records(case, "㈱髙検 六")] == ["C07-r2-M6"]


async def a_word_for_nothing_is_an_empty_cell(case: Replay) -> None:
    assert (taken(case), rejected(case)) == ([2], [[]])
    assert [each["externalId"] for each in await records(case, "070-2222-3023")] == ["C08-r2-M2"]
    assert await case.offered("NULL") == {}


async def excels_marks_of_text_are_no_part_of_a_number(case: Replay) -> None:
    assert (taken(case), rejected(case)) == ([1] * 4, [[]] * 4)
    assert [(each["source"], each["externalId"]) for each in await records(case, "0r29107")] == [("/cases/C09/file", "0r29107")]


async def a_byte_order_mark_is_no_part_of_a_document(case: Replay) -> None:
    assert (taken(case), rejected(case)) == ([2], [[]])
    _, event, question = case.answers
    assert (event.status, event.body["receipts"][0]["outcome"]) == (200, "CREATED")
    assert (question.status, question.body["data"]) == (200, {"__typename": "Query"})


async def names_in_any_composition_and_case_are_the_same_names(case: Replay) -> None:
    assert (taken(case), rejected(case)) == ([1] * 3, [[]] * 3)


async def half_past_25_is_half_past_1_of_the_next_day(case: Replay) -> None:
    assert (taken(case), rejected(case)) == ([3], [[]])
    seen = [(await records(case, f"C12-r2-M{member}"))[0]["firstSeen"] for member in (1, 2, 3)]
    assert seen == [f"2026-04-01T{at}:00Z" for at in ("16:30", "15:00", "14:59")]


async def a_row_that_cannot_be_read_takes_no_other_with_it(case: Replay) -> None:
    assert rejected(case) == [[4]]
    arrived = [member for member in range(1, 8) if await records(case, f"C13-r2-M{member}")]
    assert arrived == [1, 2, 4, 5, 6, 7]


async def a_date_with_zeros_for_a_time_is_a_date(case: Replay) -> None:
    assert (taken(case), rejected(case)) == ([1], [[]])
    [customer] = case.data("customer")
    assert customer == {
        "name": "髙検 花子",
        "kana": "タカケン ハナコ",
        "birthDate": "1990-03-03",
        "gender": "FEMALE",
        "address": "東京都見本区例町1-2-3 見本ビル501",
        "email": "c14.r2@example.jp",
    }


async def two_numbers_in_one_cell_are_two_numbers(case: Replay) -> None:
    assert (taken(case), rejected(case)) == ([1], [[]])
    first, second = case.data("customerLookup")
    assert [each["customer"]["name"] for each in first] == [each["customer"]["name"] for each in second] == ["検体&#39; 十&amp;"]


EXPECTED = {
    "C01": blank_cells_on_further_rows_of_an_order_say_nothing,
    "C02": columns_that_the_mapping_does_not_read_may_stand_twice,
    "C04": an_empty_row_is_passed_over,
    "C05": titles_blank_lines_and_sep_are_passed_over,
    "C06": utf_16_is_read_and_a_wrong_encoding_is_told,
    "C07": shift_jis_means_what_windows_writes,
    "C08": a_word_for_nothing_is_an_empty_cell,
    "C09": excels_marks_of_text_are_no_part_of_a_number,
    "C10": a_byte_order_mark_is_no_part_of_a_document,
    "C11": names_in_any_composition_and_case_are_the_same_names,
    "C12": half_past_25_is_half_past_1_of_the_next_day,
    "C13": a_row_that_cannot_be_read_takes_no_other_with_it,
    "C14": a_date_with_zeros_for_a_time_is_a_date,
    "C15": two_numbers_in_one_cell_are_two_numbers,
}
