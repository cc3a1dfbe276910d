"""What each principal may ask of the database in a minute and at once, counted in this process."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from api.process.rate import Rate
from graph.errors import Overloaded
from resolvers.engine.errors import Throttled

MINUTE = 60
NEW_IN_A_MINUTE = 60
"""So many documents that have not been validated, and so many statements that the database has not planned yet: a document
takes up to 0.05 seconds of the process, a statement half a second of the database."""
AT_ONCE, AT_ONCE_IN_REQUEST = 24, 4
"""So many statements run at once for one principal, a quarter of the connections, and for one request."""
IN_ALL = 48
"""So many for all principals together: the other half of the connections is left to what writes."""
PATIENCE_SECONDS = 5
USED_UP = "These requests cost more than their sender may spend in a minute. Try again later, or ask for less."
NEW_FORMS = "So many new forms of requests cannot be prepared in a minute. Send values as variables, and try again later."
CROWDED = "Too many requests are under way. Try again in a moment."
WAITED = "Too many requests of one sender are under way. Send fewer at once."


class Budgets:
    """The budgets of all principals; `cost` is what one may spend in a minute, in the units of `limits/cost.py`."""

    def __init__(self, cost: int) -> None:
        self.cost = Rate(cost, MINUTE)
        self._documents, self._statements = Rate(NEW_IN_A_MINUTE, MINUTE), Rate(NEW_IN_A_MINUTE, MINUTE)
        self.of_all = asyncio.Semaphore(IN_ALL)
        self._turns: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    def spend(self, principal: str, cost: int) -> None:
        take(self.cost, principal, cost, USED_UP)

    def take_document(self, principal: str) -> None:
        take(self._documents, principal, 1, NEW_FORMS)

    def take_statement(self, principal: str) -> None:
        take(self._statements, principal, 1, NEW_FORMS)

    def turns(self, principal: str) -> asyncio.Semaphore:
        return self._turns.setdefault(principal, asyncio.Semaphore(AT_ONCE))


def take(rate: Rate, principal: str, number: int, message: str) -> None:
    if wait := rate.take(principal, number):
        raise Throttled(message, retry_after=math.ceil(wait))


@dataclass(slots=True)
class RequestAllowance:
    """What one request may use of its principal's budgets; the pages' own documents need not be counted as new."""

    budgets: Budgets
    principal: str
    known: bool
    _of_request: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE_IN_REQUEST))
    _of_principal: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._of_principal = self.budgets.turns(self.principal)

    def spend(self, cost: int) -> None:
        self.budgets.spend(self.principal, cost)

    def prepare(self) -> None:
        if not self.known:
            self.budgets.take_document(self.principal)

    def plan(self) -> None:
        if not self.known:
            self.budgets.take_statement(self.principal)

    @asynccontextmanager
    async def turn(self) -> AsyncGenerator[None]:
        async with self._of_request:
            await in_time(self._of_principal, Throttled(WAITED, retry_after=1))
            try:
                await in_time(self.budgets.of_all, Overloaded(CROWDED, retry_after=1))
                try:
                    yield
                finally:
                    self.budgets.of_all.release()
            finally:
                self._of_principal.release()


async def in_time(turns: asyncio.Semaphore, refusal: Overloaded) -> None:
    """Take one of the turns; raise the refusal where none becomes free for as long as anybody is patient."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await turns.acquire()
    except TimeoutError:
        raise refusal from None
