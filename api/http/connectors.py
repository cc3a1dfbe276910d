"""The doors of connectors: POST /connectors/<name>, verified by the raw body, mapped, and into the same intake as /events."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence

import orjson
import structlog
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.connectors.delivery import Connector, Delivery, RawEvent
from api.connectors.verifying import verify
from api.http.body_limit import BodyLimit
from api.http.event_intake import EventIntake
from graph.events.outcomes import REJECTED
from graph.intake.queue import LARGEST_TRANSACTION
from graph.intake.receipts import Receipt

LARGEST_DELIVERY = 1_000_000
"""Bytes of a delivery: more than any provider here sends."""

log = structlog.stdlib.get_logger("customer360.connectors")


def connector_routes(intake: EventIntake, connectors: Sequence[Connector]) -> list[Route]:
    """Return a route for each connector; one that is not set up is not there."""
    limit = [Middleware(BodyLimit, limit=LARGEST_DELIVERY)]
    return [
        Route(f"/connectors/{connector.name}", _door(intake, connector), methods=["POST"], middleware=limit)
        for connector in connectors
    ]


def _door(intake: EventIntake, connector: Connector) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        delivery = Delivery(dict(request.headers), await request.body())
        verify(connector.name, connector.secrets, delivery, time.time())
        receipts = await taken(intake, connector.name, await connector.read(delivery))
        return Response(orjson.dumps({"receipts": [_told(receipt) for receipt in receipts]}), media_type="application/json")

    return endpoint


async def taken(intake: EventIntake, name: str, events: Sequence[RawEvent]) -> list[Receipt]:
    """Record what a connector has read; the log tells what was refused."""
    receipts: list[Receipt] = []
    for start in range(0, len(events), LARGEST_TRANSACTION):
        receipts += await intake.take(events[start : start + LARGEST_TRANSACTION], dry_run=False)
    for receipt in receipts:
        if receipt.error is not None:
            # A code and a pointer: what was delivered is personal.
            log.warning("delivery_refused", connector=name, code=receipt.error.code, pointer=receipt.error.pointer)
    return receipts


def _told(receipt: Receipt) -> dict[str, object]:
    """Return a receipt as a provider may read it: which customer an event landed on is no business of theirs."""
    error = receipt.error if receipt.outcome == REJECTED else None
    refusal = {"code": error.code, "message": error.message, "pointer": error.pointer} if error else None
    return {"source": receipt.source, "id": receipt.id, "outcome": receipt.outcome, "error": refusal}
