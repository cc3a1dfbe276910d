"""Addresses to which mail comes back for good: which reports say so, what lifts it, in whichever order it is heard of."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from graph.events.facts import Touchpoint
from graph.schema import IN_BATCHES, migrations
from graph.store import Store, Transaction
from graph.touchpoints.delivery import bounced, reached
from tests.conftest import wipe
from tests.graph.cases.working import mail, person, tell

ADDRESS, OTHER = {"kind": "EMAIL", "value": "hanako@example.jp"}, {"kind": "EMAIL", "value": "other@example.jp"}
KEPT = "MATCH (i:Identifier {kind: 'EMAIL'}) RETURN i.value, i.bounces, i.reached_at ORDER BY i.value"
FIRST, SECOND, THIRD, LAST = (f"2026-04-01T0{hour}:00:00.000000Z" for hour in (1, 2, 3, 4))


def returned(name: str, time: str, status: str = "FAILED 5.1.1", *held: dict[str, str]) -> dict[str, Any]:
    return mail(
        name, None, time=time, direction="OUTBOUND", deliveryStatus=status, via=ADDRESS, by={"identifiers": [ADDRESS, *held]}
    )


def written(name: str, time: str) -> dict[str, Any]:
    return mail(name, None, time=time, via=ADDRESS)


@pytest.mark.parametrize(
    ("kind", "told", "says"),
    [
        ("EMAIL", {"delivery_status": "FAILED 5.1.1"}, "BOUNCED"),
        ("EMAIL", {"delivery_status": "failed  5.2.1"}, "BOUNCED"),
        ("NEWSLETTER", {"delivery_status": "FAILED 5.1.1"}, "BOUNCED"),
        ("EMAIL", {"delivery_status": "FAILED 4.4.7"}, None),
        ("EMAIL", {"delivery_status": "DELAYED 5.0.0"}, None),
        ("EMAIL", {"delivery_status": "FAILED"}, None),
        ("SMS", {"delivery_status": "FAILED 5.1.1"}, None),
        ("EMAIL", {"delivery_status": None, "direction": "OUTBOUND"}, None),
        ("EMAIL", {"delivery_status": "Delivered 2.0.0"}, "REACHED"),
        ("EMAIL", {"direction": "INBOUND"}, "REACHED"),
        ("WEB_FORM", {"direction": "INBOUND"}, None),
    ],
)
def test_what_a_contact_says_of_an_address(kind: str, told: dict[str, str | None], says: str | None) -> None:
    touchpoint = Touchpoint("k", kind, "1", kind, {name: {name: value} for name, value in told.items()}, None)
    assert (bounced(touchpoint), reached(touchpoint)) == (says == "BOUNCED", says == "REACHED")


async def test_an_address_is_undeliverable_since_the_first_report_after_it_was_last_in_use_whatever_the_order(
    store: Store,
) -> None:
    events = [returned("a", FIRST), written("b", SECOND), returned("c", THIRD), returned("d", LAST, "FAILED 5.2.1")]
    for order in permutations(events):
        await wipe(store)
        for each in order:
            await tell(store, each)
        assert await store.read(KEPT) == [["hanako@example.jp", [THIRD, LAST], SECOND]]


LIFTING = (written("b", SECOND), returned("b", SECOND, "DELIVERED"), returned("a", SECOND, "DELIVERED"))


@pytest.mark.parametrize("lifting", LIFTING)
async def test_mail_from_it_and_mail_that_arrives_lift_it(store: Store, lifting: dict[str, Any]) -> None:
    for order in permutations([returned("a", FIRST), lifting]):
        await wipe(store)
        for each in order:
            await tell(store, each)
        assert await store.read(KEPT) == [["hanako@example.jp", None, SECOND]]


async def test_a_report_is_about_the_addresses_that_it_names_and_a_delay_about_none(store: Store) -> None:
    await wipe(store)
    both = mail("a", None, time=FIRST, direction="OUTBOUND", via=ADDRESS, by={"identifiers": [ADDRESS, OTHER]})
    await tell(store, both, returned("a", SECOND), returned("b", THIRD, "DELAYED 4.4.7", OTHER))
    assert await store.read(KEPT) == [["hanako@example.jp", [SECOND], None], ["other@example.jp", None, None]]


async def test_what_was_recorded_before_is_filled_in(store: Store) -> None:
    await wipe(store)
    await tell(
        store, person("1", ADDRESS, OTHER), written("a", FIRST), returned("b", SECOND), returned("c", THIRD, "FAILED 4.4.7")
    )
    await tell(store, returned("d", LAST, "FAILED 5.1.1", OTHER))
    kept = await store.read(KEPT)

    async def forget(transaction: Transaction) -> None:
        await transaction.run("MATCH (i:Identifier) REMOVE i.bounces, i.reached_at")

    await store.write(forget)
    [migration] = [each for each in migrations() if each.name == "0031_bounces"]
    for statement in migration.statements:
        if IN_BATCHES.search(statement):
            await store.write_in_batches(statement, seconds=60)
    assert await store.read(KEPT) == [["hanako@example.jp", [SECOND], FIRST], ["other@example.jp", None, None]]
    assert kept == [["hanako@example.jp", [SECOND, LAST], FIRST], ["other@example.jp", [LAST], None]]
