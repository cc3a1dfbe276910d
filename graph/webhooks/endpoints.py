"""The commands by which endpoints come, change, get another secret, and go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString

from graph.changes.following import ends
from graph.changes.types import CHOICES
from graph.commands.command import Answer, Author, Command
from graph.errors import Conflict, InvalidInput, NotFound
from graph.events.newest import utc_text
from graph.webhooks.addresses import UrlRefused
from graph.webhooks.guard import Guard
from graph.webhooks.nodes import Webhooks
from graph.webhooks.signing import new_name
from graph.words import Sentence
from graph.writes.unit import Unit

MOST_ENDPOINTS = 50
FORMER_SECRET = timedelta(hours=24)
"""For how long a secret still signs that another one has followed."""
MOST_SECRETS = 3

COUNT: LiteralString = "MATCH (w:WebhookEndpoint) RETURN count(w)"


def create(author: Author, guard: Guard, url: str, types: Sequence[str]) -> Command:
    """Return the command that makes an endpoint, which is told what changes from now on."""

    async def execute(unit: Unit, own_id: str) -> Answer:
        await _check(guard, url)
        if (await unit.transaction.run(COUNT))[0][0] >= MOST_ENDPOINTS:
            raise Conflict(Sentence("refusal.TOO_MANY_WEBHOOKS", most=MOST_ENDPOINTS))
        name = new_name()
        made = {"url": url, "types": checked(types), "enabled": True, "created_at": unit.now, "created_by": author.actor}
        passed = (await ends(unit.transaction)).newest
        unit.of(Webhooks).put(own_id, **made, passed=passed, queued=0, keys=[name], keys_until=[""])
        return {"endpoint": own_id, "secret": name}

    return Command(author, "WEBHOOK_CREATE", [url, list(types)], (Webhooks,), execute)


def update(
    author: Author, guard: Guard, endpoint: str, *, url: str | None, types: Sequence[str] | None, on: bool | None
) -> Command:
    """Return the command that changes what is not None of an endpoint, and switches it on or off.

    Switched on again, it goes on after the last change that it has passed, as far as changes are still kept.
    """

    async def execute(unit: Unit, _: str) -> Answer:
        known = await endpoint_of(unit, endpoint)
        if url is not None:
            await _check(guard, url)
        given = {"url": url, "types": None if types is None else checked(types)}
        switched: dict[str, Any] = {}
        if on is not None and on != known["enabled"]:
            switched = {"enabled": on, "off_reason": None, "off_at": None if on else unit.now}
        unit.of(Webhooks).put(endpoint, **{name: value for name, value in given.items() if value is not None}, **switched)
        return {"endpoint": endpoint}

    asked = [endpoint, url, None if types is None else list(types), on]
    return Command(author, "WEBHOOK_UPDATE", asked, (Webhooks,), execute)


def delete(author: Author, endpoint: str) -> Command:
    """Return the command that removes an endpoint with the log of its deliveries."""

    async def execute(unit: Unit, _: str) -> Answer:
        await endpoint_of(unit, endpoint)
        unit.of(Webhooks).take_away(endpoint)
        return {"endpoint": endpoint}

    return Command(author, "WEBHOOK_DELETE", endpoint, (Webhooks,), execute)


def rotate(author: Author, endpoint: str) -> Command:
    """Return the command that gives an endpoint a new secret; the former one signs too for another day."""

    async def execute(unit: Unit, _: str) -> Answer:
        known = await endpoint_of(unit, endpoint)
        now = datetime.now(UTC)
        until = [each or utc_text(now + FORMER_SECRET) for each in known["keys_until"]]
        former = [(name, end) for name, end in zip(known["keys"], until, strict=True) if end > utc_text(now)]
        name = new_name()
        kept = [(name, ""), *former][:MOST_SECRETS]
        unit.of(Webhooks).put(endpoint, keys=[each for each, _ in kept], keys_until=[end for _, end in kept])
        return {"endpoint": endpoint, "secret": name}

    return Command(author, "WEBHOOK_ROTATE", endpoint, (Webhooks,), execute)


async def endpoint_of(unit: Unit, endpoint: str) -> dict[str, Any]:
    """Return the properties of an endpoint, which is held then; raise NotFound where there is none."""
    unit.want("WebhookEndpoint", (endpoint,))
    await unit.lock()
    known = unit.of(Webhooks).known.get(endpoint)
    if known is None:
        raise NotFound(Sentence("refusal.NO_SUCH_WEBHOOK"), "/endpointId")
    return known


def checked(types: Sequence[str]) -> list[str]:
    """Return the types that are chosen, each once; raise InvalidInput for one that there is not."""
    for place, each in enumerate(types):
        if each not in CHOICES:
            raise InvalidInput(Sentence("refusal.NO_SUCH_CHANGE_TYPE"), f"/types/{place}")
    return sorted(set(types))


async def _check(guard: Guard, url: str) -> None:
    try:
        await guard.passed(url)
    except UrlRefused as error:
        raise UrlRefused(error.message, "/url") from None
