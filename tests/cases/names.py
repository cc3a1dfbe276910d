"""Names in every spelling: who is one person by them, and whom a look-up finds."""

from __future__ import annotations

from tests.cases.replay import Replay


async def spellings_of_one_name_are_one_person(case: Replay) -> None:
    explained = case.data("whyNot")
    assert explained
    assert [each["obstacles"] for each in explained if not each["sameCustomer"]] == []
    assert case.missed() == []


async def swapped_names_are_one_person(case: Replay) -> None:
    await spellings_of_one_name_are_one_person(case)
    [customer] = case.data("customer")
    assert [edge["node"]["externalId"] for edge in customer["sources"]["edges"]] == ["N06-r6-a1", "N06-r6-b3"]


async def names_of_any_script_are_found(case: Replay) -> None:
    assert case.missed() == []


EXPECTED = {
    "N01": spellings_of_one_name_are_one_person,
    "N02": spellings_of_one_name_are_one_person,
    "N04": spellings_of_one_name_are_one_person,
    "N06": swapped_names_are_one_person,
    "N07": names_of_any_script_are_found,
    "N08": spellings_of_one_name_are_one_person,
    "N09": spellings_of_one_name_are_one_person,
    "N10": spellings_of_one_name_are_one_person,
    "N13": spellings_of_one_name_are_one_person,
    "N14": names_of_any_script_are_found,
    "N15": names_of_any_script_are_found,
}
