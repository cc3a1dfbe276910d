"""How a row becomes a response: plain data, made with the plan; `projector.py` turns it into Python source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scalar or enum value. `check` is the name of its type, `values` those of an enum.

    `given` names the field's arguments among what is bound, for a form that takes them.
    """

    slot: int
    check: str
    required: bool
    listed: bool = False
    values: frozenset[str] | None = None
    form: Callable[..., Any] | None = None
    given: str | None = None


@dataclass(frozen=True, slots=True)
class TypeName:
    """`__typename`."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value known when the plan was made."""

    value: Any


@dataclass(frozen=True, slots=True)
class Failure:
    """A field that cannot be read, and why: the ordinary executor puts the error in its place."""

    error: Exception


@dataclass(slots=True, eq=False)
class Record:
    """An object: for each concrete type it can have, its fields by response key.

    With several types, `kind_slot` is where the row tells which, and `kinds` what that value means. What is read of
    somebody is noted by its raw id, in `noted`.
    """

    types: dict[str, dict[str, Projection]] = field(default_factory=dict[str, "dict[str, Projection]"])
    kind_slot: int = 0
    kinds: Mapping[str, str] = field(default_factory=dict[str, str])
    noted: int | None = None


@dataclass(frozen=True, slots=True)
class Single:
    """The object in a slot, or null. With `sole` the slot is a list, and two in it are that error."""

    slot: int
    record: Record
    required: bool
    sole: Callable[[], Exception] | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """The list of objects in a slot. With `parse`, the slot is JSON text and that gives the rows."""

    slot: int
    record: Record
    required: bool
    parse: Callable[[Any], list[Any]] | None = None


@dataclass(frozen=True, slots=True)
class Crafted:
    """The object that `make` gives for the value in a slot, as a row, or null."""

    slot: int
    record: Record
    required: bool
    make: Callable[[Any], list[Any] | None]


@dataclass(frozen=True, slots=True)
class Embedded:
    """An object whose values stand in the same row; null where `presence` is."""

    record: Record
    required: bool
    presence: int | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    """A page: its rows are one longer than asked for if there are more. Each row begins with the sort key.

    `fields` are connection fields by response key: for `edges` and `pageInfo`, their own fields by response key.
    """

    name: str
    start: str
    type_name: str
    edge_type_name: str
    slot: int
    number: int
    count_slot: int | None
    fields: Mapping[str, ConnectionField]


@dataclass(frozen=True, slots=True)
class Edges:
    """`fields` by response key: the record of the node, or the name `cursor` or `__typename`."""

    fields: Mapping[str, Record | str]


@dataclass(frozen=True, slots=True)
class PageInfo:
    """`fields` are names of PageInfo's fields by response key."""

    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TotalCount:
    """How many there are in all."""


ConnectionField = Edges | PageInfo | TotalCount | TypeName
Projection = Leaf | TypeName | Fixed | Failure | Single | Items | Crafted | Embedded | Connection
