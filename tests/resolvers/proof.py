"""One query through every path of the product and through the reader: the bytes must be the same."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import orjson

from graph.store import Store
from resolvers.access.viewer import Viewer
from resolvers.engine.kept import Kept
from resolvers.engine.operations import Operation
from resolvers.execution import execute, operations
from tests.resolvers import wide_town
from tests.resolvers.corpus.case import Case
from tests.resolvers.reader.answering import Body, Reader
from tests.resolvers.wide_town import WideTown

NAME = re.compile(r"<([^<>]+)>")


class CountingStore:
    """The store, and how many statements it has run."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.statements = 0
        self.require_room = store.require_room

    async def read(self, *arguments: Any, **options: Any) -> list[list[Any]]:
        self.statements += 1
        return await self._store.read(*arguments, **options)

    async def write(self, *arguments: Any, **options: Any) -> Any:
        return await self._store.write(*arguments, **options)


@dataclass(slots=True)
class Answers:
    """The body by each path, the statements that the fast path took, and whether its projector gave up on a row."""

    bodies: dict[str, bytes]
    body: Body
    statements: int
    gave_up: bool = False


class Proof:
    """Asks the product and the reader about one town."""

    def __init__(self, town: WideTown, reader: Reader) -> None:
        self.town = town
        self.reader = reader

    @classmethod
    async def of(cls, store: Store, reader: Reader) -> Proof:
        """Return the proof over a new wide town, with a cursor of a search in it as the reader gives it."""
        proof = cls(await wide_town.build(store), reader)
        search = '{ customers(search: "5678", first: 1) { pageInfo { endCursor } } }'
        body = await asyncio.to_thread(reader.answer, search, {}, None, Viewer("tester", frozenset({"admin"})))
        proof.town.names["after_found"] = body["data"]["customers"]["pageInfo"]["endCursor"]
        return proof

    async def ask(self, case: Case) -> Answers:
        query, variables = self.named(case.query), self.named(dict(case.variables))
        return await self.compare(query, variables, case.operation, Viewer("tester", case.roles))

    async def compare(self, query: str, variables: Mapping[str, Any], operation_name: str | None, viewer: Viewer) -> Answers:
        """Return the answers of: the planned fast path; the executor around planned fields; the executor that walks every
        field of what was read, as after a violation; the reader."""
        store: Any = CountingStore(self.town.store)
        key = (query, operation_name)

        async def execute_as(operation: Operation | None) -> tuple[Body, Operation | None]:
            with kept_alone(key, operation):
                body = (await execute(store, query, variables, operation_name, viewer)).body
                return body, operations().kept.get(key)

        body, prepared = await execute_as(None)
        answers = Answers({"fast": written(body)}, body, store.statements)
        if prepared:
            answers.gave_up = any(plan._lenient is not None for plan in prepared.plans.values())
            answers.bodies["executor"] = written((await execute_as(replace(prepared, sole=None)))[0])
            answers.bodies["walked"] = written((await execute_as(distrustful(prepared)))[0])
        answers.bodies["reader"] = written(await asyncio.to_thread(self.reader.answer, query, variables, operation_name, viewer))
        return answers

    def named(self, value: Any) -> Any:
        """Return text, or anything with text in it, with the things of the town in place of their names."""
        if isinstance(value, str):
            return NAME.sub(lambda match: self.town.names[match[1]], value)
        if isinstance(value, dict):
            return {name: self.named(each) for name, each in value.items()}
        return [self.named(each) for each in value] if isinstance(value, list) else value


@contextmanager
def kept_alone(key: tuple[str, str | None], operation: Operation | None) -> Iterator[None]:
    """Have this operation be all that is known, or nothing at all, until the block ends."""
    others, operations().kept = operations().kept, Kept()
    if operation is not None:
        operations().kept.keep(key, operation, 0)
    try:
        yield
    finally:
        operations().kept = others


def distrustful(operation: Operation) -> Operation:
    """Return the operation with plans whose strict projector gives up on every row."""

    def give_up(*_: Any) -> Any:
        raise ValueError("never satisfied")

    return replace(operation, plans={shape: replace(plan, project=give_up) for shape, plan in operation.plans.items()})


def written(body: Body) -> bytes:
    """Return the body as JSON; errors of several root fields have no order of their own, so they get one."""
    if len(body.get("errors", ())) > 1 and len(body.get("data") or ()) != 1:
        body = {**body, "errors": sorted(body["errors"], key=orjson.dumps)}
    return orjson.dumps(body)
