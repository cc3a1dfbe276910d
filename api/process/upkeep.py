"""What the process does in the graph beside its requests: forgets what is old, and attributes contacts that wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import structlog

from graph.audit.copying import copy_entries
from graph.coupons.by_rule import follow_rules, walk_rules
from graph.coupons.reserving import end_reservations
from graph.coupons.rules import RULES
from graph.decisions.queue import rank_due
from graph.errors import Customer360Error
from graph.exports.removing import remove_files, remove_strays
from graph.jobs.running import Kinds, run_next
from graph.orders.expiring import expire_pickups
from graph.orders.telling import Telling, tell_of_pickups
from graph.resolution.attribution_steps import attribute_next
from graph.resolution.proposing import propose_next
from graph.retention.keeping import Days, ask_daily
from graph.stock.sweeping import sweep
from graph.store import Store
from graph.threads.steps import settle_next
from graph.waiting import to_its_end

HOUR_SECONDS, IDLE_SECONDS, SWEEPING_SECONDS, RANKING_SECONDS = 3600, 2, 1, 5

Forget = Callable[[Store, datetime], Coroutine[Any, Any, int]]

log = structlog.stdlib.get_logger("customer360.upkeep")


async def forget_hourly(store: Store, kept: Mapping[Forget, timedelta]) -> None:
    """Delete every hour what is kept no longer: `kept` says of each function that deletes how old that is."""
    while True:
        for forget, age in kept.items():
            await forget_old(store, forget, age)
        await asyncio.sleep(HOUR_SECONDS)


async def forget_old(store: Store, forget: Forget, age: timedelta) -> None:
    """Delete what is older than `age`; what fails is tried again the next time."""
    try:
        if count := await to_its_end(forget(store, datetime.now(UTC) - age)):
            log.info("forgotten", by=forget.__name__, count=count)
    except Customer360Error as error:
        log.warning("not_forgotten", by=forget.__name__, code=error.code)


async def in_steps(
    store: Store,
    step: Callable[[Store], Coroutine[Any, Any, object]],
    complaint: str,
    pause: float = IDLE_SECONDS,
    rest: float = 0.0,
) -> None:
    """Take a step for as long as there is something to do, then look again after a pause, until this is cancelled.

    A step tells whether it did anything; one that fails is told of as `complaint`, and taken again after the pause.
    Between steps there is a rest, which is so many times as long as the step before it.
    """
    while True:
        begun = time.perf_counter()
        try:
            done = await to_its_end(step(store))
        except Customer360Error as error:
            log.warning(complaint, code=error.code)
            done = None
        await asyncio.sleep(rest * (time.perf_counter() - begun) if done else pause)


async def attribute_waiting(store: Store) -> None:
    """Attribute the anonymous contacts of values that very many came by, whenever some wait."""
    await in_steps(store, attribute_next, "contacts_not_attributed")


async def propose_waiting(store: Store) -> None:
    """Propose pairs that agree so far that a person should look, whenever records have changed; half the time is left free."""
    await in_steps(store, propose_next, "pairs_not_proposed", rest=1.0)


async def settle_waiting(store: Store) -> None:
    """Settle the threads of what came by values that tie by topic now, or no more, whenever some wait."""
    await in_steps(store, settle_next, "threads_not_settled")


async def end_coupon_reservations(store: Store) -> None:
    """End the reservations of coupons whose time is over, which nobody heeds by then, so that whoever watches is told."""
    await in_steps(store, end_reservations, "reservations_not_ended")


async def issue_coupons(store: Store, zone: ZoneInfo) -> None:
    """Issue coupons by their rules, as customers change and to all of whom a rule holds by itself."""
    holder = uuid4().hex

    async def step(store: Store) -> int:
        followed = await follow_rules(store, holder, zone, RULES)
        return (followed or 0) + await walk_rules(store, holder, zone)

    await in_steps(store, step, "coupons_not_issued")


async def end_stock_reservations(store: Store) -> None:
    """End what is held too long, each within a second of its time; several processes may do so at once."""
    await in_steps(store, sweep, "reservations_not_swept", SWEEPING_SECONDS)


async def end_pickups(store: Store) -> None:
    """End what has waited for too long in a store; that several processes look for it does no harm."""

    async def step(store: Store) -> int:
        if ended := await expire_pickups(store):
            log.info("pickups_ended", count=ended)
        return ended

    await in_steps(store, step, "pickups_not_ended")


async def rank_matches(store: Store) -> None:
    """Give match candidates their turns in the review queue; that several processes do so does no harm."""
    await in_steps(store, rank_due, "matches_not_ranked", RANKING_SECONDS)


async def tell_pickups(store: Store, telling: Telling) -> None:
    """Have customers told of their pick-ups; of several processes that do, one writes each notice."""
    await in_steps(store, partial(tell_of_pickups, telling=telling), "pickups_not_told_of")


async def run_jobs(store: Store, kinds: Kinds) -> None:
    """Run the jobs that people have asked for, one after the other, also what a process has left that ended in the middle."""
    holder = uuid4().hex
    while True:
        try:
            # They write files too, so they wait until there is room.
            ran = not store.is_low and await run_next(store, holder, kinds)
        except Customer360Error as error:
            log.warning("jobs_not_run", code=error.code)
            ran = False
        if not ran:
            await asyncio.sleep(IDLE_SECONDS)


async def remove_exports(store: Store, folder: Path) -> None:
    """Remove every hour the files of exports whose time is over, and those that no job names."""
    while True:
        try:
            await to_its_end(remove_strays(store, folder, time.time() - HOUR_SECONDS))
            if count := await to_its_end(remove_files(store, folder)):
                log.info("exports_removed", count=count)
        except (Customer360Error, OSError) as error:
            log.warning("exports_not_removed", kind=type(error).__name__)
        await asyncio.sleep(HOUR_SECONDS)


async def ask_for_retention(store: Store, days: Days) -> None:
    """Ask each day for the job that deletes what is too old."""
    while True:
        try:
            await to_its_end(ask_daily(store, days, datetime.now(UTC)))
        except Customer360Error as error:
            log.warning("retention_not_asked_for", code=error.code)
        await asyncio.sleep(HOUR_SECONDS)


async def copy_audit(store: Store, folder: Path) -> None:
    """Copy the read audit into the graph as it grows, also what processes left that ended before they had."""
    while True:
        try:
            await to_its_end(copy_entries(store, folder))
        except (Customer360Error, OSError) as error:
            log.warning("audit_not_copied", kind=type(error).__name__)
        await asyncio.sleep(IDLE_SECONDS)
