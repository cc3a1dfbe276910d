"""Webhooks: signed as Standard Webhooks says, at the times of its ladder, in the order of each key, and none is lost."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Any

import pytest
from standardwebhooks import webhooks

from api.process.relay import next_pause
from api.webhooks import deliverer
from api.webhooks.deliverer import AT_ONCE, ELSEWHERE_SECONDS, Deliverer
from graph.webhooks.delivering import due
from graph.webhooks.forgetting import forget_deliveries
from graph.webhooks.ladder import LADDER
from graph.writes.changes import forget_changes
from resolvers.engine import ids
from tests.api.webhooks.conftest import KEY, Post
from tests.receiving import HANG, Received


def verified(secret: str, got: Received) -> bool:
    """Tell whether a receiver with this secret takes a request, at the second at which it was sent."""

    class Then(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Then:
            return cls.fromtimestamp(got.second, tz)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(webhooks, "datetime", Then)
        try:
            return webhooks.Webhook(secret).verify(got.body, got.headers) == got.told
        except webhooks.WebhookVerificationError:
            return False


async def test_a_change_is_told_once_by_a_request_that_the_receiver_can_verify(post: Post) -> None:
    endpoint, secret = await post.endpoint("/hook?app=1")
    await post.change("a")
    await post.deliver()
    [got] = post.receiver.received
    assert verified(secret, got)
    assert not verified("whsec_" + "A" * 44, got)
    assert (got.path, got.second, got.headers["content-type"]) == ("/hook?app=1", int(post.now.timestamp()), "application/json")
    store = ids.encode("Store", "a")
    assert got.told["type"] == "store.changed"
    assert {**got.told["data"], "cursor": ""} == {"cursor": "", "key": store, "refs": [store], "fields": ["name"]}
    assert [(each["state"], each["nextAttemptAt"]) for each in await post.log(endpoint)] == [("DELIVERED", None)]


async def test_what_fails_is_tried_at_the_times_of_the_ladder_under_one_id_and_given_up(post: Post) -> None:
    endpoint, secret = await post.endpoint()
    post.receiver.will(500, body=b"no \x00 way")
    await post.change("a")
    begun = post.now
    await post.deliver()
    for pause in LADDER[1:]:
        await post.pass_time(seconds=pause - 1)
        before = len(post.receiver.received)
        await post.pass_time(seconds=1)
        assert len(post.receiver.received) == before + 1
    times = [each.second for each in post.receiver.received]
    assert [later - earlier for earlier, later in pairwise(times)] == list(LADDER[1:])
    assert times[0] == int(begun.timestamp())
    assert len({(each.id, each.body) for each in post.receiver.received}) == 1
    assert all(verified(secret, each) for each in post.receiver.received)
    [logged] = await post.log(endpoint, "FAILED")
    assert [each["status"] for each in logged["attempts"]] == [500] * len(LADDER)
    assert {each["answer"] for each in logged["attempts"]} == {"no \ufffd way"}
    await post.pass_time(days=30)
    assert len(post.receiver.received) == len(LADDER)


@pytest.mark.parametrize(("status", "failure"), [(302, "REDIRECTED"), (404, None), (503, None), (HANG, "TIMEOUT")])
async def test_only_a_status_of_200_to_299_succeeds(post: Post, status: int, failure: str | None) -> None:
    endpoint, _ = await post.endpoint()
    post.receiver.will(status, 204, location=f"{post.receiver.address}/elsewhere")
    await post.change("a")
    await post.deliver()
    [logged] = await post.log(endpoint, "WAITING")
    assert [(each["status"], each["failure"]) for each in logged["attempts"]] == [(status or None, failure)]
    await post.pass_time(seconds=5)
    assert [each.path for each in post.receiver.received] == ["/hook", "/hook"]
    [logged] = await post.log(endpoint, "DELIVERED")
    assert logged["attempts"][-1]["status"] == 204


async def test_an_endpoint_says_for_how_long_it_does_not_want_to_be_called(post: Post) -> None:
    await post.endpoint()
    post.receiver.will(429, 200, retry_after="7")
    await post.change("a")
    await post.deliver()
    await post.pass_time(seconds=6)
    assert len(post.receiver.received) == 1
    await post.pass_time(seconds=1)
    assert len(post.receiver.received) == 2


async def test_an_endpoint_that_is_gone_is_switched_off_and_goes_on_where_it_was_when_it_is_back(post: Post) -> None:
    endpoint, _ = await post.endpoint()
    post.receiver.will(410, 200)
    await post.change("a")
    await post.deliver()
    selected = "{ endpoint { enabled offReason } userErrors { path } }"
    same = await post.ask("webhookEndpointUpdate", selected, endpointId=endpoint)
    assert same["endpoint"] == {"enabled": False, "offReason": "GONE"}
    await post.change("b")
    await post.pass_time(days=1)
    assert len(post.receiver.received) == 1
    on = await post.ask("webhookEndpointUpdate", selected, endpointId=endpoint, enabled=True)
    assert on["endpoint"] == {"enabled": True, "offReason": None}
    await post.deliver()
    assert sorted(ids.decode(each.told["data"]["key"]).raw for each in post.receiver.received) == ["a", "a", "b"]


async def test_changes_of_a_key_come_in_order_and_one_that_fails_holds_no_other_key_up(post: Post) -> None:
    endpoint, _ = await post.endpoint()
    stuck = ids.encode("Store", "stuck")
    post.receiver.of_key[stuck] = (500, {}, b"")
    await post.change("stuck", *"abc", "stuck", *"abc")
    await post.deliver()
    assert [each["state"] for each in await post.log(endpoint) if each["attempts"] == []] == ["QUEUED"]
    assert len(post.receiver.received) == 7
    del post.receiver.of_key[stuck]
    await post.pass_time(seconds=5)
    cursors = [each["cursor"] for each in reversed(await post.log(endpoint, "DELIVERED"))]
    for key in ("stuck", *"abc"):
        told = [
            each.told["data"]["cursor"] for each in post.receiver.received if each.told["data"]["key"] == ids.encode("Store", key)
        ]
        assert [each for each in cursors if each in told] == list(dict.fromkeys(told))
    assert len(cursors) == 8


async def test_after_the_last_attempt_the_next_of_the_key_goes_on(post: Post) -> None:
    endpoint, _ = await post.endpoint()
    post.receiver.will(500)
    await post.change("a", "a")
    for pause in LADDER:
        await post.pass_time(seconds=pause)
    post.receiver.will(200)
    await post.pass_time(seconds=5)
    assert [each["state"] for each in await post.log(endpoint)] == ["DELIVERED", "FAILED"]


async def test_an_endpoint_is_told_of_the_types_that_it_chose_and_of_what_changes_from_then_on(post: Post) -> None:
    await post.change("before")
    await post.endpoint("/stores", "store.changed")
    await post.endpoint("/customers", "customer")
    await post.change("a")
    await post.change("b", type_="customer.merged")
    await post.deliver()
    told = sorted((each.path, each.told["type"]) for each in post.receiver.received)
    assert told == [("/customers", "customer.merged"), ("/stores", "store.changed")]


async def test_two_deliver_and_one_dies_before_it_has_kept_what_came_of_a_request(post: Post) -> None:
    endpoint, _ = await post.endpoint()
    post.receiver.will(HANG, 200)
    await post.change("a")
    dying = post.deliverer
    assert await dying.turn()
    await post.receiver.came.wait()
    other = Deliverer(post.store, dying._sender, KEY, lambda: post.now, lambda: 0.0)
    assert await other.turn() is None, "the lease is not over"
    await dying.stop()
    await post.store.write(lambda transaction: transaction.run("MATCH (l:Lease {name: 'webhooks'}) SET l.until = 0"))
    post.deliverer = other
    await post.deliver()
    first, second = post.receiver.received
    assert (first.id, first.body) == (second.id, second.body)
    assert [each["state"] for each in await post.log(endpoint)] == ["DELIVERED"]


async def test_both_secrets_sign_while_one_follows_the_other(post: Post) -> None:
    endpoint, former = await post.endpoint()
    post.now = datetime.now(UTC)
    rotated = await post.ask("webhookEndpointRotateSecret", "{ secret endpoint { formerSecretUntil } }", endpointId=endpoint)
    await post.change("a")
    await post.deliver()
    await post.pass_time(hours=25)
    await post.change("b")
    await post.deliver()
    both, new = post.receiver.received
    assert rotated["endpoint"]["formerSecretUntil"] > datetime.now(UTC).strftime("%Y-%m-%dT%H")
    assert [verified(each, both) for each in (former, rotated["secret"])] == [True, True]
    assert [verified(each, new) for each in (former, rotated["secret"])] == [False, True]


async def test_what_an_endpoint_has_not_passed_is_not_forgotten_and_its_log_is_kept_for_a_time(post: Post) -> None:
    endpoint, _ = await post.endpoint()
    await post.change("a")
    later = datetime.now(UTC) + timedelta(days=1)
    assert await forget_changes(post.store, later) == 0
    await post.deliver()
    assert await forget_changes(post.store, later) == 1
    assert await forget_deliveries(post.store, post.now) == 0
    assert await forget_deliveries(post.store, post.now + timedelta(seconds=1)) == 1
    await post.change("b")
    await post.deliver()
    await post.ask("webhookEndpointDelete", endpointId=endpoint)
    assert await forget_deliveries(post.store, post.now) == 1
    assert await post.store.read("MATCH (n) WHERE n:WebhookDelivery OR n:FormerWebhookEndpoint RETURN count(n)") == [[0]]


async def test_an_endpoint_gets_so_many_requests_at_a_time(post: Post) -> None:
    await post.endpoint()
    post.receiver.will(HANG)
    await post.change(*(str(number) for number in range(AT_ONCE + 3)))
    assert await post.deliverer.turn() == AT_ONCE + 3 + AT_ONCE
    assert await post.deliverer.turn() == 0
    await post.deliverer.stop()


async def test_a_request_that_ends_while_it_is_looked_for_what_is_due_is_not_sent_again(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    await post.endpoint()
    await post.change("a")
    post.receiver.will(HANG)
    await post.deliverer.turn()

    async def due_and_then_all_ends(*given: Any) -> Any:
        found = await due(*given)
        await post.deliverer.settled()
        return found

    monkeypatch.setattr(deliverer, "due", due_and_then_all_ends)
    begun = await post.deliverer.turn()
    await post.deliverer.settled()
    assert begun == 0
    assert len(post.receiver.received) == 1


async def test_who_delivers_in_the_background_begins_by_itself_and_stops_in_the_middle(post: Post) -> None:
    await post.endpoint()
    await post.change("a")
    running = asyncio.create_task(post.deliverer.run())
    async with asyncio.timeout(60):
        await post.receiver.came.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert len(post.receiver.received) == 1


def test_the_pauses_are_short_while_there_is_something_to_do() -> None:
    assert next_pause(2.0, 1) < next_pause(0.05, 0) < next_pause(0.05, None, ELSEWHERE_SECONDS)
