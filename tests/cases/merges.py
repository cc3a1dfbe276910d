"""Merges that are taken back, and numbers that never change hands in silence."""

from __future__ import annotations

from tests.cases.replay import Replay


async def merges_are_undone_one_by_one_and_nothing_is_lost(case: Replay) -> None:
    decided = [*case.data("customerMerge"), *case.data("customerUnmerge")]
    assert [each["userErrors"] for each in decided if each["userErrors"]] == [
        [{"code": "INVALID_INPUT", "message": "Name two customers or more, each once."}]
    ]
    *_, again, repeated = case.data("customerMerge")
    assert repeated == again
    groups = [
        "".join(sorted(edge["node"]["externalId"][-1] for edge in customer["sources"]["edges"]))
        for customer in case.data("customer")
        if "sources" in customer
    ]
    merged, first_undone, both_undone, merged_again = groups[:1], groups[1:4], groups[4:7], groups[7:]
    assert merged == ["abc"]
    # The second merge names a, and a goes on being that customer: c stays with it.
    assert first_undone == ["ac", "b", "ac"]
    assert both_undone == ["a", "b", "c"]
    assert merged_again == ["ab", "ab", "c"]


async def a_number_changes_hands_only_where_nothing_else_speaks_for_one_person(case: Replay) -> None:
    *spelt, other = case.data("whyNot")
    assert [each["sameCustomer"] for each in spelt] == [True] * 3
    assert not other["sameCustomer"]
    *_, candidates = case.data("customer")
    assert candidates["matchCandidates"]["totalCount"] == 1
    assert case.rules == ["SOLE_HOLDER"] * 3 + ["SEVERAL_HOLDERS"]


EXPECTED = {
    "M04": merges_are_undone_one_by_one_and_nothing_is_lost,
    "M07": a_number_changes_hands_only_where_nothing_else_speaks_for_one_person,
}
