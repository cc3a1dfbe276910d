"""Readings that are the same for all whose document, variables and rights are the same: read once after each change."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Mapping
from typing import Any

import orjson
from graphql import GraphQLError

from graph.changes.following import NumberedChange
from graph.errors import ServiceUnavailable
from graph.store import Store
from graph.waiting import ASKER
from resolvers.access.viewer import Viewer
from resolvers.engine.errors import NOT_READ, Forbidden, RequestRefused, Throttled
from resolvers.engine.limits.allowance import Allowance
from resolvers.engine.operations import Operation
from resolvers.execution import Prepared, Response, prepare, readable_text, refusal, respond

MOST_SHARED = 1_000
PASSING = frozenset({ServiceUnavailable.code, Throttled.code})


class SharedReadings:
    """The newest readings of one process. Whoever is told one of them is to be recorded, as for a reading of their own."""

    def __init__(self, store: Store) -> None:
        self._store = store
        # With the operation, by whose id they are found: while it is here, no other has that id.
        self._kept: dict[Any, tuple[Operation, asyncio.Future[Response]]] = {}

    async def of_change(self, prepared: Prepared, viewer: Viewer, change: NumberedChange, allowance: Allowance) -> Response:
        """Return the response of a subscription for a change.

        Raises ServiceUnavailable where the database does not answer: whoever follows goes on after their last cursor.
        """
        return await self._read(prepared, viewer, change.seq, allowance, change)

    async def of_page(
        self, query: str, variables: Mapping[str, Any], viewer: Viewer, as_of: Hashable, allowance: Allowance
    ) -> Response:
        """Return the response of a query, without what the viewer may not read, as it is at `as_of` or later.

        `as_of` says up to what everything is told, for a page the number of a change. Raises as `of_change`, and Throttled.
        """
        text = readable_text(query, viewer.grants, viewer.policy)
        try:
            if text is None:
                raise RequestRefused(Forbidden.code, [GraphQLError(NOT_READ)])
            prepared = prepare(text, variables, None, viewer, allowance)
        except RequestRefused as refused:
            return refusal(refused)
        allowance.spend(prepared.cost)
        return await self._read(prepared, viewer, as_of, allowance, None)

    async def _read(
        self, prepared: Prepared, viewer: Viewer, as_of: Hashable, allowance: Allowance, change: NumberedChange | None
    ) -> Response:
        rights = (viewer.rights, viewer.policy, viewer.language)
        given = orjson.dumps(prepared.given, option=orjson.OPT_SORT_KEYS)
        key = (as_of, id(prepared.operation), given, rights)
        if key not in self._kept:
            while len(self._kept) >= MOST_SHARED:
                del self._kept[next(iter(self._kept))]
            reading = asyncio.ensure_future(self._for_all(prepared, viewer, allowance, change))
            self._kept[key] = prepared.operation, reading
        response = await asyncio.shield(self._kept[key][1])
        if any(error["extensions"]["code"] in PASSING for error in response.body.get("errors", ())):
            self._kept.pop(key, None)
            raise ServiceUnavailable("The database does not answer. Subscribe again after your last cursor.")
        return response

    async def _for_all(self, prepared: Prepared, viewer: Viewer, allowance: Allowance, change: NumberedChange | None) -> Response:
        """Read what several wait for: it does not end when the first of them leaves."""
        ASKER.set(None)
        return await respond(self._store, prepared, viewer, allowance, change)
