"""Following a subscription: each change that was asked for becomes a response, read once for all who may see the same."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Mapping
from typing import Any

import orjson
from graphql import GraphQLError

from graph.changes.feed import Feed
from graph.changes.following import NumberedChange
from graph.errors import Customer360Error, ServiceUnavailable
from graph.store import Store
from resolvers.access.reads import Reads
from resolvers.access.viewer import Viewer
from resolvers.engine.errors import NOT_READ, Forbidden, RequestRefused, Throttled
from resolvers.engine.limits.allowance import UNLIMITED, Allowance
from resolvers.engine.operations import Operation
from resolvers.engine.planner.readings import Given
from resolvers.execution import Prepared, Response, prepare, respond
from resolvers.live.events import BY_NAME
from resolvers.live.subscription import Subscription, number_of

MOST_SHARED = 1_000
MOST_OPEN = 20
"""So many streams of one principal at once."""
PASSING = frozenset({ServiceUnavailable.code, Throttled.code})
BEFORE_ALL = NumberedChange(0, "", "", (), (), "")


class Following:
    """The subscriptions of one process."""

    def __init__(self, store: Store, feed: Feed) -> None:
        self._store = store
        self._feed = feed
        # With the operation, by whose id they are found: while it is here, no other has that id.
        self._shared: dict[Any, tuple[Operation, asyncio.Future[Response]]] = {}
        self._open: Counter[str] = Counter()

    async def follow(
        self, query: str, variables: Mapping[str, Any], operation_name: str | None, viewer: Viewer, allowance: Allowance
    ) -> AsyncGenerator[Response]:
        """Return the responses for the events to come; raise RequestRefused for what is no subscription that can be followed."""
        prepared = prepare(query, variables, operation_name, viewer, allowance)
        subscription, given = asked_for(prepared, viewer)
        if not viewer.may_read(subscription.payload.__name__):
            raise RequestRefused(Forbidden.code, [GraphQLError(NOT_READ)])
        try:
            subscription.wanted(given, BEFORE_ALL)  # an id that cannot be read is told before the first event
            after = given.get("after")
            start = await self._feed.newest() if after is None else number_of(after)
        except Customer360Error as error:
            raise RequestRefused(error.code, [GraphQLError(error.message)]) from None
        if self._open[viewer.name] >= MOST_OPEN:
            raise Throttled(f"At most {MOST_OPEN} streams of one sender are open at once. Close one.", retry_after=1)
        allowance.spend(prepared.cost)
        return self._responses(prepared, (subscription, given), viewer, start, allowance)

    async def _responses(
        self, prepared: Prepared, asked: tuple[Subscription, Given], viewer: Viewer, start: int, allowance: Allowance
    ) -> AsyncGenerator[Response]:
        subscription, given = asked
        seeing = seeing_of(subscription, viewer)
        self._open[viewer.name] += 1
        try:
            async for change in self._feed.changes(start):
                if subscription.wanted(given, change) and await self._may_see(seeing, change, viewer, allowance):
                    allowance.spend(prepared.cost)
                    yield await self._response(prepared, viewer, change, allowance)
        finally:
            self._open[viewer.name] -= 1

    async def _may_see(self, seeing: Prepared | None, change: NumberedChange, viewer: Viewer, allowance: Allowance) -> bool:
        if seeing is None:
            return True
        data: Any = (await self._response(seeing, viewer, change, allowance)).body.get("data") or {}
        return any(value is not None for told in data.values() if told for value in told.values())

    async def _response(self, prepared: Prepared, viewer: Viewer, change: NumberedChange, allowance: Allowance) -> Response:
        """Return the response for a change: one for all whose selection, roles and rows are the same.

        Raises ServiceUnavailable where the database does not answer: whoever follows goes on after their last cursor.
        """
        rights = (viewer.grants, viewer.stores, viewer.record, viewer.policy, viewer.language)
        key = (change.seq, id(prepared.operation), orjson.dumps(prepared.given, option=orjson.OPT_SORT_KEYS), rights)
        if key not in self._shared:
            while len(self._shared) >= MOST_SHARED:
                del self._shared[next(iter(self._shared))]
            reading = asyncio.ensure_future(respond(self._store, prepared, viewer, allowance, change))
            self._shared[key] = prepared.operation, reading
        response = await asyncio.shield(self._shared[key][1])
        if any(error["extensions"]["code"] in PASSING for error in response.body.get("errors", ())):
            self._shared.pop(key, None)
            raise ServiceUnavailable("The database does not answer. Subscribe again after your last cursor.")
        return response


def seeing_of(subscription: Subscription, viewer: Viewer) -> Prepared | None:
    """Return the subscription with nothing but what it is about, which is null for who may not see it; None for one of all."""
    if subscription.seen is None:
        return None
    by_id = "id" in subscription.arguments
    declared, given = ("($id: ID!)", "(id: $id)") if by_id else ("", "")
    text = f"subscription Seen{declared} {{ {subscription.name}{given} {{ {subscription.seen} }} }}"
    return prepare(text, {"id": "-"} if by_id else {}, None, viewer, UNLIMITED)


def asked_for(prepared: Prepared, viewer: Viewer) -> tuple[Subscription, Given]:
    """Return which subscription an operation is, with its arguments; raise RequestRefused for any other operation."""
    operation = prepared.operation
    if not operation.follows or operation.sole is None:
        raise RequestRefused("SUBSCRIPTION_EXPECTED", [GraphQLError("Only a subscription is answered as a stream.")])
    asked = operation.asked(prepared.coerced, viewer, Reads())
    details = operation.sole[1]
    name = details[0].node.name.value
    return BY_NAME[name], asked.arguments(asked.root_type.fields[name], details[0])
