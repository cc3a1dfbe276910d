"""Has the database plan ahead what people will ask: planning a statement takes it longer than answering it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

import structlog

from api.process.steps import tell
from graph.decisions.deciding import DECISION_NOUNS
from graph.errors import Customer360Error, ServiceUnavailable
from graph.intake.event_types import EVENT_NOUNS
from graph.store import Store
from graph.writes.unit import plan_writes
from resolvers.access.roles import Role
from resolvers.access.viewer import Viewer
from resolvers.engine.errors import Forbidden
from resolvers.execution import Response, execute, execute_readable

ATTEMPTS = 3
AT_ONCE = 2
"""The database plans one statement on one core."""
GIVE_WAY_SECONDS = 0.1
LONGEST_WAY_SECONDS = 30
"""A request that takes longer, such as a stream of events, is not waited for."""

PLANNER = Viewer("planning", roles=frozenset(role.value for role in Role))
"""Who asks so that statements are planned: the answers go to nobody."""

RESTRICTED = tuple(
    Viewer("planning", roles=frozenset({role.value}))
    for role in (Role.STORE_STAFF, Role.FRANCHISE_STAFF, Role.ANALYST, Role.MARKETING, Role.EXPERT)
)
"""Whose pages ask other statements than those of who reads everything."""

Operation = tuple[str, dict[str, Any]]
Busy = Callable[[], bool]

log = structlog.stdlib.get_logger("customer360.planning")


async def plan_ahead(store: Store, operations: Iterable[Operation], busy: Busy = lambda: False, viewer: Viewer = PLANNER) -> None:
    """Ask each operation once, AT_ONCE at a time, each while no request is `busy`; what fails is told, and ends nothing.

    What the `viewer` may not read is left out, as on the pages.
    """
    rest = iter(operations)

    async def plan() -> None:
        for document, variables in rest:
            await give_way(busy)
            codes = await failures(store, document, variables, viewer)
            if codes:
                tell_failure(name_of(document), codes)

    await asyncio.gather(*(plan() for _ in range(AT_ONCE)))


async def failures(store: Store, document: str, variables: dict[str, Any], viewer: Viewer) -> list[str]:
    """Ask an operation and return the codes of what failed.

    Where the database took too long it is asked again: one that has just started plans each statement several times as fast
    after its first few, and those of an operation that it has planned it keeps.
    """
    codes: list[str] = []
    for _ in range(ATTEMPTS):
        response = await ask(store, document, variables, viewer)
        codes = [error["extensions"]["code"] for error in response.body.get("errors", ())]
        if ServiceUnavailable.code not in codes:
            break
    return codes if set(codes) - {Forbidden.code} else []


async def ask(store: Store, document: str, variables: dict[str, Any], viewer: Viewer) -> Response:
    if viewer is PLANNER:
        return await execute(store, document, variables, None, viewer)
    return await execute_readable(store, document, variables, viewer)


async def plan_writes_ahead(store: Store) -> None:
    """Have the writing of events and decisions planned; a database that is away just now plans it with the first instead."""
    for what, nouns in (("the writing of events", EVENT_NOUNS), ("the writing of decisions", DECISION_NOUNS)):
        try:
            await plan_writes(store, nouns)
        except Customer360Error as error:
            tell_failure(what, [error.code])


async def give_way(busy: Busy) -> None:
    waited = 0.0
    while busy() and waited < LONGEST_WAY_SECONDS:
        await asyncio.sleep(GIVE_WAY_SECONDS)
        waited += GIVE_WAY_SECONDS


def tell_failure(what: str, codes: list[str]) -> None:
    log.error("planning_failed", operation=what, codes=codes)
    tell(f"Could not prepare {what} ({', '.join(codes)}): its first use may be slow or fail.")


def name_of(document: str) -> str:
    """Return the name of a document's operation: `query Name(` or `query Name {`."""
    words = document.replace("(", " ").split()
    return words[1] if len(words) > 1 and words[0] == "query" else "an operation"
