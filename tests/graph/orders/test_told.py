"""What sources tell of fulfilments, by names of ours where they are known; what is not known is kept as it was told."""

from __future__ import annotations

from typing import Any

import pytest

from graph.orders.told import told_fulfillments


@pytest.mark.parametrize(
    ("given", "method", "state"),
    [
        ({"method": "DELIVERY", "status": "in transit"}, "SHIP", "SHIPPED"),
        ({"kind": "ship", "state": "Arrived"}, "SHIP", "SHIPPED"),
        ({"kind": "PICK_UP", "state": "ARRIVED"}, "PICKUP", "ALLOCATED"),
        ({"method": "店舗受取", "status": "準備完了"}, "PICKUP", "READY_FOR_PICKUP"),
        ({"method": "in-store", "status": "fulfilled"}, "STORE", "HANDED_OVER"),
        ({"tracking": "1234"}, "SHIP", None),
        ({"code": 481516}, "PICKUP", None),
        ({"method": "DRONE", "status": "SHIPPED"}, None, None),
        ({"method": "SHIP", "status": "LOST"}, "SHIP", None),
        ({"status": "SHIPPED", "state": True}, None, None),
    ],
)
def test_a_method_and_a_state_are_known_by_the_words_that_sources_use(
    given: dict[str, Any], method: str | None, state: str | None
) -> None:
    [told] = told_fulfillments([given])

    assert (told.method, told.state, told.all) == (method, state, given)


def test_times_tell_which_states_were_reached_but_not_from_when_it_can_be_fetched() -> None:
    shipped, fetched = told_fulfillments(
        [
            {"method": "SHIP", "shippedAt": "2026-07-01T09:00:00+09:00", "deliveredAt": "tomorrow"},
            {"method": "PICKUP", "readyAt": "2026-07-09T09:00:00Z", "deliveredAt": "2026-07-02T00:00:00Z"},
        ]
    )

    assert shipped.reached == {"SHIPPED": "2026-07-01T00:00:00.000000Z"}
    assert fetched.reached == {"PICKED_UP": "2026-07-02T00:00:00.000000Z"}
    assert fetched.properties["ready_at"] == "2026-07-09T09:00:00.000000Z"


def test_a_fulfilment_is_known_by_its_id_or_its_place_and_its_lines_by_their_numbers() -> None:
    lines = [{"line": 2, "quantity": 1.0}]
    first, second = told_fulfillments([{"id": 7, "lines": lines}, {"id": True, "lines": "both"}])

    assert (first.key, first.lines, first.all) == ("id 7", {2: 1.0}, {"id": 7})
    assert (second.key, second.lines, second.all) == ("place 1", None, {"id": True, "lines": "both"})
