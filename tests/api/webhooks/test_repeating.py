"""What somebody has sent once more comes under its own id, as it is by now, and tells nothing of who was erased."""

from __future__ import annotations

import pytest

from graph.webhooks import repeating
from tests.api.webhooks.conftest import Post
from tests.graph.erasure.hanako import CANARIES
from tests.graph.erasure.test_erasing import House, done, house

__all__ = ["house"]

SENT = "{ deliveryCount delivery { id messageId state } userErrors { code path } }"


async def test_a_test_arrives_and_is_tried_once(post: Post) -> None:
    endpoint, _ = await post.endpoint()
    post.receiver.will(500)
    await post.change("a")
    await post.ask("webhookTest", SENT, endpointId=endpoint)
    await post.deliver()
    told = {each.told["type"]: each.told for each in post.receiver.received}
    assert told["webhook.test"]["data"] == {"cursor": None, "key": endpoint, "refs": [endpoint], "fields": []}
    states = {each["type"]: each["state"] for each in await post.log(endpoint)}
    assert states == {"webhook.test": "FAILED", "store.changed": "WAITING"}


async def test_a_delivery_is_sent_once_more_under_the_same_id_and_one_that_waits_is_sent_now(post: Post) -> None:
    endpoint, _ = await post.endpoint()
    post.receiver.will(500, 200)
    await post.change("a", "a")
    await post.deliver()
    behind, first = await post.log(endpoint)
    refused = await post.ask("webhookReplay", SENT, deliveryId=behind["id"])
    assert refused["userErrors"] == [{"code": "CONFLICT", "path": ["input", "deliveryId"]}]
    now = await post.ask("webhookReplay", SENT, deliveryId=first["id"])
    assert now["delivery"]["id"] == first["id"]
    await post.deliver()
    assert [each["state"] for each in await post.log(endpoint)] == ["DELIVERED", "DELIVERED"]
    again = await post.ask("webhookReplay", SENT, deliveryId=first["id"])
    assert (again["delivery"]["messageId"], again["delivery"]["id"] == first["id"]) == (first["messageId"], False)
    await post.deliver()
    ids = [each.id for each in post.receiver.received]
    assert ids == [first["messageId"], first["messageId"], behind["messageId"], first["messageId"]]
    assert [each["repeated"] for each in await post.log(endpoint)] == [True, False, False]


async def test_a_range_is_sent_once_more_in_its_order(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    endpoint, _ = await post.endpoint("/hook", "store")
    await post.change(*"aaa")
    await post.change("a", type_="product.changed")
    await post.change("a")
    await post.deliver()
    sent = [each.id for each in post.receiver.received]
    cursors = [each.told["data"]["cursor"] for each in post.receiver.received]
    assert len(sent) == 4
    ranged = await post.ask("webhookReplay", SENT, endpointId=endpoint, after=cursors[0], before=cursors[-1])
    assert (ranged["deliveryCount"], ranged["delivery"]) == (2, None)
    await post.deliver()
    assert [each.id for each in post.receiver.received[4:]] == sent[1:3]
    rest = await post.ask("webhookReplay", SENT, endpointId=endpoint, after=cursors[1])
    assert rest["deliveryCount"] == 2
    monkeypatch.setattr(repeating, "MOST_REPEATED", 1)
    many = await post.ask("webhookReplay", SENT, endpointId=endpoint, after=cursors[0])
    assert many["userErrors"] == [{"code": "CONFLICT", "path": ["input", "before"]}]


async def test_the_changes_of_an_erased_customer_hold_no_personal_value_also_when_they_are_sent_again(
    post: Post,
    house: House,
) -> None:
    endpoint, _ = await post.endpoint()
    await post.change()
    await post.deliver()
    before = len(post.receiver.received)
    await done(house)
    await post.change()
    await post.deliver()
    cursor = "Y2hhbmdlc3ww"  # changes|0
    again = await post.ask("webhookReplay", SENT, endpointId=endpoint, after=cursor)
    assert again["deliveryCount"] == len(post.receiver.received) > before
    await post.deliver()
    assert len(post.receiver.received) == 2 * again["deliveryCount"]
    assert "customer.erased" in {each.told["type"] for each in post.receiver.received}
    bodies = b"".join(each.body for each in post.receiver.received).decode().lower()
    assert [each for each in CANARIES if each.lower() in bodies] == []
    assert await house.found() == {}
