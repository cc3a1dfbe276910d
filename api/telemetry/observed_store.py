"""The store, with its calls timed, counted and spanned; no statement, parameter or row is told."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Any, LiteralString, TypeVar

from api.telemetry.measures import DATABASE_ERRORS, DATABASE_SECONDS
from api.telemetry.tracing import part_span
from graph.errors import Customer360Error
from graph.store import NOTHING, READ_SECONDS, WRITE_SECONDS, Store, Transaction

T = TypeVar("T")


class ObservedStore(Store):
    """A store that tells how its calls go."""

    async def read(
        self, statement: LiteralString, parameters: Mapping[str, Any] = NOTHING, *, seconds: float = READ_SECONDS
    ) -> list[list[Any]]:
        with observed("read"):
            return await super().read(statement, parameters, seconds=seconds)

    async def write(self, work: Callable[[Transaction], Awaitable[T]], *, seconds: float = WRITE_SECONDS) -> T:
        with observed("write"):
            return await super().write(work, seconds=seconds)


@contextmanager
def observed(kind: str) -> Generator[None]:
    """Time a call, and count it by its code where it fails."""
    started = time.perf_counter()
    with part_span(f"neo4j {kind}", {"db.system.name": "neo4j", "db.operation.name": kind}):
        try:
            yield
        except Customer360Error as error:
            DATABASE_ERRORS.labels(kind, error.code).inc()
            raise
        finally:
            DATABASE_SECONDS.labels(kind).observe(time.perf_counter() - started)
