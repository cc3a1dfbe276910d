"""How a field can be read. The Cypher in here are fragments, as `graph/reads/tree.py` describes them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, LiteralString

from resolvers.engine import cursors

if TYPE_CHECKING:
    from graphql import GraphQLObjectType

    from graph.changes.following import NumberedChange
    from graph.store import Reader, Store
    from resolvers.access.viewer import Viewer


class Given(dict[str, Any]):
    """Coerced arguments by their GraphQL names, and who gives them; one that was left out and has no default is absent."""

    __slots__ = ("viewer",)

    def __init__(self, values: Mapping[str, Any], viewer: Viewer) -> None:
        super().__init__(values)
        self.viewer = viewer


Parameters = dict[str, Any]
Object = dict[str, Any]
"""A computed object: its members by the names of its type's `Entry`, things it refers to as raw ids."""
Names = Mapping[str, LiteralString]
NO_NAMES: Names = {}


def as_given(given: Given) -> Parameters:
    return dict(given)


@dataclass(frozen=True, slots=True)
class Prop:
    """One value. `form(value)`, or `form(value, given)` where the field has arguments, makes what the client gets."""

    cypher: LiteralString
    form: Callable[..., Any] | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """The global id, from `{v}.id` and the name of the concrete type."""


@dataclass(frozen=True, slots=True)
class FromViewer:
    """A value that comes from who is asking and of which type, not from the graph."""

    give: Callable[[Viewer, GraphQLObjectType], Any]


@dataclass(frozen=True, slots=True)
class One:
    """The thing a clause binds as `{n}`, or null. With `sole`, several are an error, made by `sole`."""

    clause: LiteralString
    names: Names = field(default_factory=lambda: NO_NAMES)
    bind: Callable[[Given], Parameters] = as_given
    sole: Callable[[], Exception] | None = None
    type_name: str | None = None


@dataclass(frozen=True, slots=True)
class Many:
    """All things a clause binds as `{n}`, in the clause's own order."""

    clause: LiteralString
    names: Names = field(default_factory=lambda: NO_NAMES)
    bind: Callable[[Given], Parameters] = as_given


@dataclass(frozen=True, slots=True)
class Folded:
    """Those of the things a clause binds as `{n}` that a rule keeps, in its order; of a field that is no list, the first.

    `facts` is an expression over each, also over what the clause binds beside it; `fold`, given those of all, returns of
    each kept one its place and what the expression becomes: a field that reads `facts` gets that.
    """

    clause: LiteralString
    facts: LiteralString
    fold: Callable[[list[Any]], list[tuple[int, Any]]]
    bind: Callable[[Given], Parameters] = as_given
    names: Names = field(default_factory=lambda: NO_NAMES)


@dataclass(frozen=True, slots=True)
class Part:
    """An object that lives on the same node. It is null where `presence` is."""

    names: Names = field(default_factory=lambda: NO_NAMES)
    presence: LiteralString | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A keyset connection: the clause binds `{n}`, sorted by `key`, `${limit}` of them after `${after}`.

    `count` is an expression for all of them. `start` sorts before every key. `bounds` turns further arguments,
    and what is bound already, into further parameters. What is on an `own` page belongs to the thing that has the page:
    who sees that sees these.
    """

    name: str
    clause: LiteralString
    key: LiteralString
    count: LiteralString
    start: str = ""
    names: Names = field(default_factory=lambda: NO_NAMES)
    bounds: Callable[[Given, Parameters], Parameters] | None = None
    own: bool = False

    def bind(self, given: Given) -> Parameters:
        after = given.get("after")
        parameters: Parameters = {
            "limit": cursors.page_size(given.get("first")) + 1,
            "after": self.start if after is None else cursors.decode(self.name, after),
        }
        return parameters if self.bounds is None else parameters | self.bounds(given, parameters)


@dataclass(frozen=True, slots=True)
class Entries:
    """A list of objects whose type's fields are `Entry`: stored as JSON text, or made by `parse` from what is read."""

    cypher: LiteralString
    parse: Callable[[Any], list[dict[str, Any]]] = json.loads


@dataclass(frozen=True, slots=True)
class Made:
    """One such object, or null: made by `make` from what is read."""

    cypher: LiteralString
    make: Callable[[Any], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One member of such an object."""

    name: LiteralString


@dataclass(frozen=True, slots=True)
class Referred:
    """The thing, or the things, whose raw ids a computed object has in a member.

    The clause finds `{n}` for each `{id}` of `${ids}`.
    """

    member: str
    clause: LiteralString
    names: Names = field(default_factory=lambda: NO_NAMES)


@dataclass(frozen=True, slots=True)
class Call:
    """One asking of a computed field. `read(object, reader)` reads all that the object refers to, by one statement.

    `change` is what a subscription tells of.
    """

    store: Store
    viewer: Viewer
    given: Given
    read: Callable[[Object, Reader], Awaitable[Object]]
    change: NumberedChange | None = None


@dataclass(frozen=True, slots=True)
class Computed:
    """A root field whose object, or null, `compute` gives, read through its call: rules that explain, or a command."""

    compute: Callable[[Call], Awaitable[Object | None]]


@dataclass(frozen=True, slots=True)
class Choice:
    """Another reading for each shape of arguments: which are there and not null, and the type a node id names.

    Where values decide too, `prepare` works out once a request what they mean, for `choose` and the reading's own binding,
    and `form` says what a plan depends on of that.
    """

    choose: Callable[[Given], Reading]
    prepare: Callable[[Given], Given] | None = None
    form: Callable[[Given], Hashable] | None = None


Placing = One | Many | Folded | Page
"""Those that find things of their own."""


def is_pure(reading: Placing) -> bool:
    """Tell whether what a reading binds follows from its arguments alone, and not from who asks or when."""
    return reading.bounds is None if isinstance(reading, Page) else reading.bind is as_given


Reading = Prop | Identity | FromViewer | One | Many | Folded | Part | Page | Entries | Made | Entry | Referred | Computed | Choice


@dataclass(frozen=True, slots=True)
class TypeReading:
    """What all readings of one GraphQL type share.

    `shared` are expressions that several fields build on. `kind` is the property that tells the concrete type of an
    interface, `kinds` its values and type names.
    """

    shared: Names = field(default_factory=lambda: NO_NAMES)
    kind: LiteralString | None = None
    kinds: Mapping[str, str] = field(default_factory=dict[str, str])
