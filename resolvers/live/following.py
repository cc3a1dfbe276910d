"""Following a subscription: each change that was asked for becomes a response, read once for all who may see the same."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from typing import Any

from graphql import GraphQLError

from graph.changes.feed import Feed
from graph.changes.following import NumberedChange
from graph.errors import Customer360Error
from graph.store import Store
from resolvers.access.reads import Reads
from resolvers.access.viewer import Viewer
from resolvers.engine.errors import NOT_READ, Forbidden, RequestRefused
from resolvers.engine.limits.allowance import UNLIMITED, Allowance
from resolvers.engine.planner.readings import Given
from resolvers.execution import Prepared, Response, prepare
from resolvers.live.events import BY_NAME
from resolvers.live.places import Place, Places
from resolvers.live.shared import SharedReadings
from resolvers.live.subscription import Subscription, number_of

NO_SUBSCRIPTION = "SUBSCRIPTION_EXPECTED"
BEFORE_ALL = NumberedChange(0, "", "", (), (), "")


class Following:
    """The subscriptions of one process."""

    def __init__(self, store: Store, feed: Feed) -> None:
        self.feed = feed
        self.readings = SharedReadings(store)
        self.places = Places()

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
            start = await self.feed.newest() if after is None else number_of(after)
        except Customer360Error as error:
            raise RequestRefused(error.code, [GraphQLError(error.message)]) from None
        self.places.require_room(viewer.name)
        allowance.spend(prepared.cost)
        return self._responses(prepared, (subscription, given), viewer, start, allowance)

    async def _responses(
        self, prepared: Prepared, asked: tuple[Subscription, Given], viewer: Viewer, start: int, allowance: Allowance
    ) -> AsyncGenerator[Response]:
        subscription, given = asked
        seeing = seeing_of(subscription, viewer)
        with self.places.taken(viewer.name, Place()):
            async for change in self.feed.changes(start):
                if subscription.wanted(given, change) and await self.may_see(seeing, change, viewer, allowance):
                    allowance.spend(prepared.cost)
                    yield await self.readings.of_change(prepared, viewer, change, allowance)

    async def may_see(self, seeing: Prepared | None, change: NumberedChange, viewer: Viewer, allowance: Allowance) -> bool:
        """Return whether the viewer reads anything of what a change is about; `seeing` is made by `seeing_of`."""
        if seeing is None:
            return True
        response = await self.readings.of_change(seeing, viewer, change, allowance)
        data: Any = response.body.get("data") or {}
        return any(value is not None for told in data.values() if told for value in told.values())


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
        raise RequestRefused(NO_SUBSCRIPTION, [GraphQLError("Only a subscription is answered as a stream.")])
    asked = operation.asked(prepared.coerced, viewer, Reads())
    details = operation.sole[1]
    name = details[0].node.name.value
    return BY_NAME[name], asked.arguments(asked.root_type.fields[name], details[0])
