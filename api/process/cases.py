"""Cases are opened and told on beside the requests, for as long as the process lives; of several processes one does it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from uuid import uuid4

import structlog

from api.process.relay import IDLE_SECONDS, next_pause
from graph.cases.calendars import Calendar
from graph.cases.distributing import distribute
from graph.cases.following import close_resolved, follow_next
from graph.cases.offering import take_back
from graph.cases.opening_rules import OpeningRule
from graph.cases.present import forget_lapsed
from graph.cases.sorting.sorter import Sorter
from graph.cases.table_versions import compute_anew, save, take_up
from graph.cases.targets import Target
from graph.errors import Customer360Error
from graph.store import Store

CLOSING_SECONDS, ASSIGNING_SECONDS = 60.0, 0.5
"""How often it is looked for cases that close by themselves and pages that are open no more; for cases that wait for somebody."""

TABLES_SECONDS = 5.0
"""How often it is looked for targets and calendars that another process has saved."""

log = structlog.stdlib.get_logger("customer360.cases")


async def follow_cases(store: Store, rules: Sequence[OpeningRule], sorter: Callable[[], Sorter]) -> None:
    """Take up interactions as they come, assign cases, and close what was resolved long enough ago, until this is cancelled."""
    holder, pause, clock = uuid4().hex, IDLE_SECONDS, asyncio.get_running_loop().time
    closed = assigned = float("-inf")
    while True:
        try:
            done = await follow_next(store, holder, rules, sorter())
            if done is not None and clock() - closed >= CLOSING_SECONDS:
                closed = clock()
                await close_resolved(store)
                await forget_lapsed(store)
            if done is not None and clock() - assigned >= ASSIGNING_SECONDS:
                assigned = clock()
                await take_back(store)
                await distribute(store)
        except Customer360Error as error:
            log.warning("cases_not_followed", code=error.code)
            done = None
        pause = next_pause(pause, done)
        await asyncio.sleep(pause)


async def follow_tables(store: Store, calendars: Sequence[Calendar], targets: Sequence[Target] | None) -> None:
    """Save the company's own tables, then compute by whatever has been saved, until this is cancelled."""
    saved = False
    while True:
        try:
            if not saved:
                await save(store, calendars, targets)
                saved = True
            await take_up(store)
            await compute_anew(store)
        except Customer360Error as error:
            log.warning("case_tables_not_taken_up", code=error.code)
        await asyncio.sleep(TABLES_SECONDS)
