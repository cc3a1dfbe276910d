"""Birth dates as systems send them: a day of the business time zone, or none."""

from __future__ import annotations

from tests.cases.replay import Replay


def born(case: Replay) -> list[str | None]:
    return [customer["birthDate"] for customer in case.data("customer")]


async def an_instant_is_a_day_of_the_business_time_zone(case: Replay) -> None:
    assert born(case) == ["1990-03-03"] * 5
    assert [each["sameCustomer"] for each in case.data("whyNot")] == [True]


async def what_is_no_date_of_birth_is_kept_as_text(case: Replay) -> None:
    *nothing, meiji, showa_100 = born(case)
    assert nothing == [None] * 11
    assert (meiji, showa_100) == ("1907-05-01", None)
    assert [customer["sources"]["edges"][0]["node"]["birthDate"] for customer in case.data("customer")] == born(case)
    assert {receipt["outcome"] for receipt in case.receipts} == {"CREATED"}


EXPECTED = {
    "D01": an_instant_is_a_day_of_the_business_time_zone,
    "D03": what_is_no_date_of_birth_is_kept_as_text,
}
