"""Delivers as long as the process lives: of several processes one does it at a time, and endpoints do not wait for each other."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import structlog

from api.process.relay import IDLE_SECONDS, next_pause
from api.webhooks.sending import Sender, client
from graph.changes.lease import hold
from graph.errors import Customer360Error
from graph.store import Store
from graph.webhooks.delivering import Endpoint, due, enabled_endpoints, keep, queue_changes
from graph.webhooks.delivery import Due
from graph.webhooks.guard import Guard
from graph.webhooks.signing import signed
from resolvers.webhooks.body import body_of

WEBHOOKS = "webhooks"
"""The lease under which it is done."""
LEASE_MS, RENEW_SECONDS = 15_000, 3.0
"""For how long nobody else delivers after the holder has said last that it does, and how often it says so."""
AT_ONCE = 16
"""Requests to one endpoint at a time."""
ELSEWHERE_SECONDS = 2.0
"""The pause while there is no endpoint or another process delivers."""

log = structlog.stdlib.get_logger("customer360.webhooks")

Now = Callable[[], datetime]


def now_utc() -> datetime:
    return datetime.now(UTC)


class Deliverer:
    """`key` is that of the installation, by which secrets are made. `now` and `chance` are given so that they can be chosen."""

    def __init__(
        self, store: Store, sender: Sender, key: bytes, now: Now = now_utc, chance: Callable[[], float] = random.random
    ) -> None:
        self._store, self._sender, self._key = store, sender, key
        self._now, self._chance = now, chance
        self._holder = uuid4().hex
        self._renewed = float("-inf")
        self._sending: dict[str, asyncio.Task[None]] = {}
        self._busy: Counter[str] = Counter()

    async def run(self) -> None:
        """Deliver for ever; what was under way when this is cancelled is sent again by whoever comes next."""
        pause = IDLE_SECONDS
        try:
            while True:
                try:
                    done = await self.turn()
                except Customer360Error as error:
                    log.warning("webhooks_not_delivered", code=error.code)
                    done = None
                pause = next_pause(pause, done, ELSEWHERE_SECONDS)
                await asyncio.sleep(pause)
        finally:
            await self.stop()

    async def turn(self) -> int | None:
        """Take in changes and begin to send what is due; return how much of both there was, None where it is not our turn."""
        endpoints = await enabled_endpoints(self._store, self._now())
        if not endpoints or not await self._hold():
            return None
        done = 0
        for endpoint in endpoints:
            done += await queue_changes(self._store, endpoint, self._now())
            done += await self._begin(endpoint)
        return done

    async def settled(self) -> None:
        """Return once all that is under way has come to its end."""
        while self._sending:
            await asyncio.gather(*self._sending.values())

    async def _hold(self) -> bool:
        clock = asyncio.get_running_loop().time
        if clock() - self._renewed < RENEW_SECONDS:
            return True
        begun = clock()
        held = await hold(self._store, WEBHOOKS, self._holder, LEASE_MS)
        self._renewed = begun if held else float("-inf")
        return held

    async def _begin(self, endpoint: Endpoint) -> int:
        free = AT_ONCE - self._busy[endpoint.id]
        if free <= 0:
            return 0
        # Those under way are still due, also one that ends while this is being read.
        under_way = set(self._sending)
        found = await due(self._store, endpoint.id, self._now(), AT_ONCE)
        new = [each for each in found if each.id not in under_way][:free]
        for each in new:
            self._busy[endpoint.id] += 1
            self._sending[each.id] = asyncio.create_task(self._deliver(endpoint, each))
        return len(new)

    async def _deliver(self, endpoint: Endpoint, delivery: Due) -> None:
        try:
            body = body_of(delivery.message)
            headers = signed(self._key, endpoint.names, delivery.message.id, self._now(), body)
            tried = await self._sender.send(endpoint.url, headers, body)
            await keep(self._store, endpoint.id, delivery, tried, now=self._now(), chance=self._chance())
        except Customer360Error as error:
            log.warning("webhook_not_kept", delivery=delivery.id, code=error.code)
        except Exception:  # whatever it is, the other deliveries go on
            log.exception("webhook_failed", delivery=delivery.id)
        finally:
            del self._sending[delivery.id]
            self._busy[endpoint.id] -= 1

    async def stop(self) -> None:
        """Give up what is under way."""
        sending = list(self._sending.values())
        for each in sending:
            each.cancel()
        await asyncio.gather(*sending, return_exceptions=True)


async def deliver(store: Store, guard: Guard, key: bytes) -> None:
    """Deliver to the endpoints of a graph until this is cancelled; `key` is that of the installation."""
    async with client() as sending:
        await Deliverer(store, Sender(sending, guard), key).run()
