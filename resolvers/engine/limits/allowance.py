"""What one request may use while it runs: of its principal's budget, of new statements, of the database's connections."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Protocol


class Allowance(Protocol):
    def prepare(self) -> None:
        """Take a document that has to be parsed and validated first; raises Throttled after too many of them."""
        ...

    def spend(self, cost: int) -> None:
        """Take the cost of the request from its principal's budget; raises Throttled where that is used up."""
        ...

    def plan(self) -> None:
        """Take a statement that the database has not planned yet; raises Throttled after too many of them."""
        ...

    def turn(self) -> AbstractAsyncContextManager[object]:
        """Return what one statement runs within, once it is this request's turn."""
        ...


class Unlimited:
    """What the server asks by itself."""

    def prepare(self) -> None:
        pass

    def spend(self, cost: int) -> None:
        pass

    def plan(self) -> None:
        pass

    def turn(self) -> AbstractAsyncContextManager[object]:
        return nullcontext()


UNLIMITED = Unlimited()
