"""Addresses in every notation: who lives at one home."""

from __future__ import annotations

from tests.cases.replay import Replay


def houses(case: Replay) -> list[set[str]]:
    """Return who lives with the first person of each pair, beside them."""
    homes = [customer["household"] or {"members": []} for customer in case.data("customer")]
    return [{member["customer"]["id"] for member in home["members"]} for home in homes]


def seconds(case: Replay) -> list[str]:
    """Return the second person of each pair."""
    return [receipt["customerId"] for receipt in case.receipts[1::2]]


async def notations_of_one_address_are_one_home(case: Replay) -> None:
    assert houses(case) == [{second} for second in seconds(case)]


async def one_home_is_one_and_another_room_is_none(case: Replay) -> None:
    building, room, wing, care_of = seconds(case)
    assert houses(case) == [{building}, set(), set(), {care_of}]
    assert room != wing


async def notations_of_one_lot_are_one_home_and_a_village_without_lots_is_none(case: Replay) -> None:
    land, _, town_twice = seconds(case)
    assert houses(case) == [{land}, set(), {town_twice}]


EXPECTED = {
    "A01": notations_of_one_address_are_one_home,
    "A04": one_home_is_one_and_another_room_is_none,
    "A05": notations_of_one_lot_are_one_home_and_a_village_without_lots_is_none,
}
