"""The programme of points is saved and taken up, orders earn by it, and what is due is posted, while the process lives."""

from __future__ import annotations

import asyncio

import structlog

from graph.errors import Customer360Error
from graph.loyalty.following import follow_points
from graph.loyalty.programme import Programme
from graph.loyalty.programme_versions import save, take_up
from graph.loyalty.sweeping import AT_ONCE, settle_due
from graph.store import Store
from graph.waiting import to_its_end

PROGRAMME_SECONDS = 5.0
"""How often it is looked for a programme that another process has saved, and for points that are due."""

log = structlog.stdlib.get_logger("customer360.points")


class PointsUpkeep:
    """What one process does for points; `programme` is the company's own, None where its settings name none."""

    def __init__(self, programme: Programme | None) -> None:
        self._unsaved = programme

    async def follow(self, store: Store, order: str) -> None:
        """Post what an order earns and has used, by a programme that is saved: a server that starts has none yet."""
        await self._take_up(store)
        await follow_points(store, order)

    async def run(self, store: Store) -> None:
        """Take up what has been saved and post what is due, until this is cancelled."""
        while True:
            done = 0
            try:
                await self._take_up(store)
                done = await settle_due(store)
            except Customer360Error as error:
                log.warning("points_not_kept", code=error.code)
            await asyncio.sleep(0 if done == AT_ONCE else PROGRAMME_SECONDS)

    async def _take_up(self, store: Store) -> None:
        if self._unsaved is not None:
            await to_its_end(save(store, self._unsaved))
            self._unsaved = None
        await take_up(store)
