"""Root fields that rules or a command compute: one statement reads all the things that their answer refers to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from graph.reads import Row
from resolvers.engine.planner.readings import Call, Computed, Object

if TYPE_CHECKING:
    from graphql import GraphQLField

    from graph.reads import Statement
    from graph.store import Reader, Store
    from resolvers.engine.planner.asked import Asked, Details


@dataclass(slots=True, eq=False)
class ObjectRow(Row):
    """The row of a computed object: `path` are the members that lead to it, `statement` reads what it refers to."""

    statement: Row = field(default_factory=Row)
    path: tuple[str, ...] = ()


def row_within(row: Row, member: str) -> Row:
    """Return the row of the objects in a member of a row's objects."""
    return ObjectRow(statement=row.statement, path=(*row.path, member)) if isinstance(row, ObjectRow) else Row()


@dataclass(frozen=True, slots=True)
class Reference:
    """Objects at `path` refer by `member`; what is read of it is in `slot` of the statement, and comes to them as `into`."""

    path: tuple[str, ...]
    member: str
    into: str
    listed: bool
    slot: int
    number: int

    def holders(self, value: Any) -> Iterator[Object]:
        yield from _at(self.path, value)

    def ids(self, root: Object) -> list[str]:
        """Return the raw ids in the order in which they come, each once."""
        return list(dict.fromkeys(raw for holder in self.holders(root) for raw in _listed(holder.get(self.member))))

    def put(self, root: Object, rows: Sequence[list[Any]]) -> None:
        """Give each holder the rows of what it refers to; a row begins with the id that it was asked by, and its own."""
        by_id = {row[0]: row for row in rows}
        for holder in self.holders(root):
            found = {by_id[raw][1]: by_id[raw] for raw in _listed(holder.get(self.member)) if raw in by_id}
            holder[self.into] = list(found.values()) if self.listed else next(iter(found.values()), None)


@dataclass(slots=True)
class Computation:
    """What computes a root field, with the references in what is selected of its answer."""

    computed: Computed
    definition: GraphQLField
    details: Details
    references: list[Reference] = field(default_factory=list[Reference])

    async def answer(
        self, store: Store, asked: Asked, statement: Statement | None, parameters: Mapping[str, Any]
    ) -> Object | None:
        """Return the object that is computed, with what was read of all things that it refers to."""

        async def read(root: Object, reader: Reader) -> Object:
            ids = {f"ids_{each.number}": each.ids(root) for each in self.references}
            if statement is not None and any(ids.values()):
                found = statement.root_of(await reader.read(statement.text, {**parameters, **ids}))
                for each in self.references:
                    each.put(root, found[each.slot])
            else:
                for each in self.references:
                    each.put(root, [])
            return root

        given = asked.arguments(self.definition, self.details[0])
        return await self.computed.compute(Call(store, asked.viewer, given, read, asked.change))


def _at(path: tuple[str, ...], value: Any) -> Iterator[Object]:
    for each in cast("list[Any]", value) if isinstance(value, list) else [value]:
        if each is not None:
            if path:
                yield from _at(path[1:], each[path[0]])
            else:
                yield each


def _listed(referred: Any) -> list[str]:
    if isinstance(referred, list):
        return cast("list[str]", referred)
    return [] if referred is None else [referred]
