"""The read tree of one statement: rows of expressions, nested, compiled to a single Cypher statement.

Fragments are Cypher with placeholders. A placeholder is a name of the row it stands in (`{v}` is the thing itself),
or else a name of the fragment's own, which gets a number: `{n}` becomes `n_3`, and `${limit}` the parameter
`$p.limit_3`. So the same tree always gives the same text, which Neo4j has planned before, and no inner name
shadows an outer one.

A name with a word behind it, `{name:word}`, stands for a fragment of its own, which the tree's `spell` puts in its
place before anything is filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from string import Formatter
from typing import Any, LiteralString, cast

Scope = Mapping[str, LiteralString]
NO_NAMES: Scope = {}
Spelling = Callable[[LiteralString], LiteralString]


def as_it_stands(fragment: LiteralString) -> LiteralString:
    return fragment


@dataclass(slots=True, eq=False)
class Nested:
    """Rows within a row: a list of them, or the first; only where `guard` holds, if there is one."""

    clause: LiteralString
    row: Row
    first_only: bool
    guard: LiteralString | None = None


@dataclass(slots=True, eq=False)
class Row:
    """What is read of one thing: a list of expressions, each once, in the order in which they were asked for.

    `scope` are the names it can use. `shared` are expressions that several others build on: one that is named by
    a fragment is computed once, before all others, and may itself name another.
    """

    scope: Scope = field(default_factory=lambda: NO_NAMES)
    shared: Scope = field(default_factory=lambda: NO_NAMES)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    spell: Spelling = as_it_stands
    slots: list[LiteralString | Nested] = field(default_factory=list["LiteralString | Nested"])
    bound: dict[str, tuple[LiteralString, LiteralString]] = field(default_factory=dict[str, tuple[LiteralString, LiteralString]])

    def value(self, fragment: LiteralString, number: int = 0, names: Scope = NO_NAMES) -> int:
        """Ask for an expression and return its slot; `names` are further names for this one fragment."""
        text = self.text(fragment, number, names)
        if text not in self.slots:
            self.slots.append(text)
        return self.slots.index(text)

    def nested(
        self, clause: LiteralString, number: int, *, names: Scope = NO_NAMES, shared: Scope = NO_NAMES, first_only: bool = False
    ) -> Nested:
        """Ask for the rows that a clause finds, in one more slot.

        The clause binds `{n}`, the thing of each row; `names` are further names of the inner row, over `{v}`.
        """
        thing = Row({"v": numbered("n", number)}, spell=self.spell)
        scope: Scope = {**thing.scope, **{name: thing.text(text, number) for name, text in names.items()}}
        self.slots.append(nested := Nested(self.text(clause, number), Row(scope, shared, self.numbers, self.spell), first_only))
        return nested

    def text(self, fragment: LiteralString, number: int = 0, names: Scope = NO_NAMES) -> LiteralString:
        """Return the fragment with every placeholder filled in."""
        fragment = self.spell(fragment)
        filled: Scope = {name: self._name(name, number, names) for name in placeholders(fragment)}
        return fragment.replace("${", "$p.{").format(**filled)

    def _name(self, name: str, number: int, names: Scope) -> LiteralString:
        if name in names:
            return names[name]
        if name in self.scope:
            return self.scope[name]
        if name not in self.shared:
            return numbered(name, number)
        if name not in self.bound:
            own = next(self.numbers)
            self.bound[name] = (numbered(name, own), self.text(self.shared[name], own))
        return self.bound[name][0]


@cache
def placeholders(fragment: LiteralString) -> tuple[str, ...]:
    return tuple({name: None for _, name, _, _ in Formatter().parse(fragment) if name})


def numbered(name: str, number: int) -> LiteralString:
    # Both parts come from fragments in this program, never from input; a type checker cannot see that of a number.
    return cast("LiteralString", f"{name}_{number}")


@dataclass(frozen=True, slots=True)
class Statement:
    """The one statement that reads a tree, and how its rows become the tree's root."""

    text: LiteralString
    root_of: Callable[[list[list[Any]]], list[Any]]


def statement(root: Row) -> Statement:
    """Return the statement of a tree; each row of the tree is a list with one item for each of its slots.

    A root with a single slot of rows needs no list around them: they are the statement's own rows.
    """
    if len(root.slots) != 1 or not isinstance(only := root.slots[0], Nested):
        return Statement(_returning(root), lambda rows: rows[0][0])
    if only.first_only:
        return Statement(_rows(only), lambda rows: [rows[0][0] if rows else None])
    return Statement(_rows(only), lambda rows: [[row[0] for row in rows]])


def _returning(row: Row) -> LiteralString:
    slots: LiteralString = ", ".join([_expression(slot) for slot in row.slots])
    if not row.bound:
        return f"RETURN [{slots}]"
    # One after the other: an expression may build on those before it.
    shared: LiteralString = " ".join([f"WITH *, {text} AS {name}" for name, text in row.bound.values()])
    return f"{shared} RETURN [{slots}]"


def _rows(nested: Nested) -> LiteralString:
    return f"{nested.clause} {_returning(nested.row)}{' LIMIT 1' if nested.first_only else ''}"


def _expression(slot: LiteralString | Nested) -> LiteralString:
    if not isinstance(slot, Nested):
        return slot
    found: LiteralString = f"COLLECT {{ {_rows(slot)} }}"
    first: LiteralString = f"HEAD({found})" if slot.first_only else found
    return f"CASE WHEN {slot.guard} THEN {first} END" if slot.guard else first
