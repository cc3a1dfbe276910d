"""What the database is asked for: how many statements a root field takes, and what a new shape of one costs to plan."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, LiteralString, cast

from bench import history, lookup, view
from bench.figures import Figure, median_ms
from graph.store import NOTHING, Store
from resolvers.access.viewer import Viewer
from resolvers.execution import execute

PLANNED = 5
OPERATOR = Viewer("bench", frozenset({"call_center"}))


class CountingStore(Store):
    """A store that notes what it is asked to read."""

    asked: list[tuple[LiteralString, Mapping[str, Any]]]

    @classmethod
    def of(cls, store: Store) -> CountingStore:
        counting = cls.__new__(cls)
        counting.__dict__.update(store.__dict__)
        counting.asked = []
        return counting

    async def read(self, statement: LiteralString, parameters: Mapping[str, Any] = NOTHING, **more: Any) -> list[list[Any]]:
        self.asked.append((statement, parameters))
        return await super().read(statement, parameters, **more)


async def answered(store: Store, query: str, variables: Mapping[str, Any]) -> None:
    """Run an operation; an answer with an error in it ends the benchmark."""
    response = await execute(store, query, variables, None, OPERATOR)
    if "errors" in response.body:
        raise SystemExit(f"An operation of the benchmark failed: {response.body['errors']}")


async def count_statements(store: Store, customer: str, phone: str) -> Figure:
    """Run operations with one root field each and say how many statements that took for each; `customer` is a global id."""
    counting = CountingStore.of(store)
    asked = [(view.QUERY, {"id": customer}), (history.QUERY, {"id": customer}), (lookup.QUERY, {"query": phone})]
    for query, variables in asked:
        await answered(counting, query, variables)
    value = len(counting.asked) / len(asked)
    return Figure("statements_per_root_field", value, "", target=1, ok=value <= 1)


async def time_planning(store: Store, name: str, query: str, variables: Mapping[str, Any]) -> Figure:
    """Let Neo4j plan the statement of an operation with one root field anew, as it does for a shape that it has not seen."""
    counting = CountingStore.of(store)
    await answered(counting, query, variables)
    [(statement, parameters)] = counting.asked
    spent: list[float] = []
    for text in ("replan=force " + statement, statement) * PLANNED:
        started = time.perf_counter()
        await store.read(cast("LiteralString", text), parameters)
        spent.append(time.perf_counter() - started)
    return Figure(name, median_ms(spent[::2]) - median_ms(spent[1::2]), "ms")
