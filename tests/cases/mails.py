"""Mail addresses as mail programs and people write them."""

from __future__ import annotations

from tests.cases.replay import Replay


async def a_mail_with_a_display_name_is_theirs(case: Replay) -> None:
    assert case.rules == ["SOLE_HOLDER"] * 5
    assert len({receipt["customerId"] for receipt in case.receipts}) == 1


async def what_cannot_be_seen_is_no_part_of_an_address(case: Replay) -> None:
    assert case.rules == ["SOLE_HOLDER"] * 6
    assert case.missed() == []


async def two_addresses_in_one_field_are_both_kept_with_the_person(case: Replay) -> None:
    assert [(receipt["outcome"], receipt["warnings"]) for receipt in case.receipts] == [("CREATED", [])] * 4
    for address in ("e04a.r1@example.jp", "e04b.r1@example.jp"):
        assert {receipt["customerId"] for receipt in case.receipts} <= (await case.offered(address)).keys()


async def a_word_for_nothing_loses_no_person(case: Replay) -> None:
    assert [(receipt["outcome"], receipt["warnings"]) for receipt in case.receipts] == [("CREATED", [])] * 12
    assert len({receipt["customerId"] for receipt in case.receipts}) == 12


EXPECTED = {
    "E01": a_mail_with_a_display_name_is_theirs,
    "E03": what_cannot_be_seen_is_no_part_of_an_address,
    "E04": two_addresses_in_one_field_are_both_kept_with_the_person,
    "E06": a_word_for_nothing_loses_no_person,
}
