"""A selection becomes a read tree and the projection of its rows, in one walk over both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, LiteralString, cast

from graphql import GraphQLError, GraphQLInterfaceType, GraphQLNamedType, GraphQLObjectType

from graph.errors import Customer360Error
from graph.reads.tree import Row, Scope
from resolvers.access.reads import CUSTOMER
from resolvers.access.tags import Tag
from resolvers.engine import ids
from resolvers.engine.planner import covering
from resolvers.engine.planner import projection as p
from resolvers.engine.planner import readings as r
from resolvers.engine.planner.asked import Asked, Binder, Chooser, taking
from resolvers.engine.planner.computed import Computation, ObjectRow, Reference, row_within
from resolvers.engine.planner.crafting import entries_of, entry_of, kept_by
from resolvers.engine.planner.fields import reading_of, tag_of, type_reading_of
from resolvers.engine.planner.forms import FORMS
from resolvers.engine.planner.guarding import guard
from resolvers.engine.planner.noting import is_noted, told_by
from resolvers.engine.planner.selected import Placed, Selected
from resolvers.engine.planner.types import concrete_types, is_listed, is_required, member, named, of_page, words_of

if TYPE_CHECKING:
    from resolvers.engine.planner.asked import Details

NO_NAMES: Scope = {}


@dataclass(slots=True)
class Selection:
    """One walk. Rows get what must be read, `binders` what must be bound for the statement, `forms` for the forms.

    `choices` are the readings that were chosen by what arguments mean: the plan is good for what has the same form. `tags`
    are those of the values that are told. Rows in `_theirs` are of a customer who is noted as read.
    """

    asked: Asked
    binders: list[Binder] = field(default_factory=list[Binder])
    forms: list[Binder] = field(default_factory=list[Binder])
    failure: Exception | None = None
    computation: Computation | None = None
    choices: list[Chooser] = field(default_factory=list[Chooser])
    tags: set[Tag] = field(default_factory=set[Tag])
    _theirs: set[int] = field(default_factory=set[int])
    _placed: dict[tuple[Any, ...], Placed] = field(default_factory=dict[tuple[Any, ...], Placed])
    _records: dict[tuple[Any, ...], p.Record] = field(default_factory=dict[tuple[Any, ...], p.Record])

    def field(self, row: Row, names: Scope, owner: GraphQLObjectType, details: Details) -> p.Projection:
        """Return how one field is projected, having asked the row for what it needs."""
        name = details[0].node.name.value
        if name == "__typename":
            return p.TypeName()
        selected = Selected(owner, owner.fields[name], details)
        try:
            given = self.asked.arguments(selected.definition, details[0])
            covering.check_reader(self.asked.viewer, named(selected.definition))
            covering.check_asked(self.asked.viewer, selected.definition, given)
            if covering.withheld(self.asked.viewer, selected.definition):
                return p.Fixed(None)
            self.tags |= told_by(tag_of(selected.definition))
            reading = reading_of(selected.definition)
            if isinstance(reading, r.Choice):
                if reading.form is not None:
                    self.choices.append(Chooser(reading.form, selected.definition, details[0]))
                reading = reading.choose(given)
            value = self._value(reading, row, names, selected) or self._computed(reading, row, selected)
            return value or self._object(reading, row, names, selected)
        except (Customer360Error, GraphQLError) as error:
            self.failure = error
            return p.Failure(error)

    def _value(self, reading: r.Reading, row: Row, names: Scope, selected: Selected) -> p.Projection | None:
        """Return the projection of a scalar or enum; None if the reading is one of objects."""
        match reading:
            case r.Prop(cypher, form):
                return self._leaf(row.value(cypher, next(row.numbers), names), selected, form)
            case r.Identity():
                return self._leaf(row.value("{v}.id", names=names), selected, partial(ids.encode, selected.owner.name))
            case r.Entry(name):
                return self._leaf(row.value(name), selected, None)
            case r.FromViewer(give):
                return p.Fixed(give(self.asked.viewer, selected.owner))
            case _:
                return None

    def _leaf(self, slot: int, selected: Selected, form: Callable[..., Any] | None) -> p.Leaf:
        definition, given = selected.definition, None
        if definition.args and form is not None:
            given = f"given_{taking(self.forms, definition, selected.details[0]).number}"
        type_ = named(definition)
        form = covering.covered(self.asked.viewer, tag_of(definition), form or FORMS.get(type_.name))
        return p.Leaf(slot, type_.name, is_required(definition), is_listed(definition), words_of(type_), form, given)

    def _computed(self, reading: r.Reading, row: Row, selected: Selected) -> p.Projection | None:
        """Return the projection of a computed object, or of what one refers to; None if the reading is neither."""
        match reading:
            case r.Computed():
                self.computation = Computation(reading, selected.definition, selected.details)
                return self._made(0, lambda found: found, selected, ObjectRow(statement=row))
            case r.Referred():
                return self._referred(reading, cast("ObjectRow", row), selected)
            case _:
                return None

    def _object(self, reading: r.Reading, row: Row, names: Scope, selected: Selected) -> p.Projection:
        type_, required, details = named(selected.definition), is_required(selected.definition), selected.details
        match reading:
            case r.Part(own, presence):
                slot = None if presence is None else row.value(presence, names=names)
                scope: Scope = {name: row.text(text, names=names) for name, text in own.items()}
                return p.Embedded(self._record(type_, row, scope, details), required, slot)
            case r.Entries(cypher, parse):
                parse = covering.parsed(self.asked.viewer, tag_of(selected.definition), parse)
                return self._entries(row.value(cypher, next(row.numbers), names), parse, selected, row_within(row, cypher))
            case r.Made(cypher, make):
                return self._made(row.value(cypher, next(row.numbers), names), make, selected, row_within(row, cypher))
            case r.One(type_name=type_name, sole=sole):
                type_ = self.asked.schema.type_map[type_name] if type_name else type_
                covering.check_reader(self.asked.viewer, type_)
                placed = self._place(reading, row, selected, type_)
                return p.Single(placed.slot, self._record(type_, placed.rows.row, NO_NAMES, details), required, sole)
            case r.Many() | r.Folded():
                return self._items(reading, row, selected)
            case r.Page():
                return self._page(reading, row, selected)
            case _:
                raise AssertionError(f"{type_.name} cannot be read as {type(reading).__name__}")

    def _entries(self, slot: int, parse: Callable[[Any], list[Any]], selected: Selected, row: Row) -> p.Items:
        record = self._record(named(selected.definition), row, NO_NAMES, selected.details)
        return p.Items(slot, record, is_required(selected.definition), entries_of(row, parse))

    def _made(self, slot: int, make: Callable[[Any], Any], selected: Selected, row: Row) -> p.Crafted:
        record = self._record(named(selected.definition), row, NO_NAMES, selected.details)
        return p.Crafted(slot, record, is_required(selected.definition), entry_of(row, make))

    def _referred(self, reading: r.Referred, row: ObjectRow, selected: Selected) -> p.Projection:
        """Have the statement read what objects refer to; they find it in a member of their own for each selection of it."""
        if self.computation is None:
            raise AssertionError("a reference stands in what is computed")
        type_, number = named(selected.definition), next(row.statement.numbers)
        of_type = type_reading_of(type_)
        shared = of_type.shared if of_type else NO_NAMES
        clause = covering.narrowed(self.asked.viewer, reading, type_)
        rows = row.statement.nested(clause, number, names={"reference": "{id}", **reading.names}, shared=shared)
        place = len(row.statement.slots) - 1
        rows.row.value("{reference}")
        rows.row.value("{v}.id")
        slot = row.value(cast("LiteralString", into := f"{reading.member} {number}"))
        listed, required = is_listed(selected.definition), is_required(selected.definition)
        self.computation.references.append(Reference(row.path, reading.member, into, listed, place, number))
        record = self._record(type_, rows.row, NO_NAMES, selected.details)
        return p.Items(slot, record, required) if listed else p.Single(slot, record, required)

    def _items(self, reading: r.Many | r.Folded, row: Row, selected: Selected) -> p.Items | p.Crafted:
        type_, required = named(selected.definition), is_required(selected.definition)
        placed = self._place(reading, row, selected, type_)
        facts = placed.rows.row.value(reading.facts, placed.number) if isinstance(reading, r.Folded) else 0
        kept = kept_by(reading, facts) if isinstance(reading, r.Folded) else None
        record = self._record(type_, placed.rows.row, NO_NAMES, selected.details)
        if kept is None or is_listed(selected.definition):
            return p.Items(placed.slot, record, required, kept)
        return p.Crafted(placed.slot, record, required, lambda rows: next(iter(kept(rows)), None))

    def _place(self, reading: r.Placing, row: Row, selected: Selected, type_: GraphQLNamedType) -> Placed:
        """Ask the row for a reading's rows: once, also where several concrete types of an interface share the field."""
        key = (id(row), id(reading), *selected.key)
        if key not in self._placed:
            number = next(row.numbers)
            pure = r.is_pure(reading)
            if selected.definition.args or not pure:
                binder = Binder(reading.bind, selected.definition, selected.details[0], number, pure)
                binder(self.asked)  # an argument that cannot be used is this field's error, and known now
                self.binders.append(binder)
            of_type = type_reading_of(type_)
            rows = row.nested(
                covering.narrowed(self.asked.viewer, reading, type_),
                number,
                names=reading.names,
                shared=of_type.shared if of_type else NO_NAMES,
                first_only=isinstance(reading, r.One) and reading.sole is None,
            )
            if selected.owner.name == CUSTOMER or id(row) in self._theirs:
                self._theirs.add(id(rows.row))
            self._placed[key] = Placed(len(row.slots) - 1, number, rows)
        self._placed[key].owners.add(selected.owner.name)
        return self._placed[key]

    def _record(self, type_: GraphQLNamedType, row: Row, names: Scope, details: Details) -> p.Record:
        """Return the record of an object or interface type, with the fields of each concrete type it can have."""
        key = (id(row), type_.name, *names.values(), *(id(detail.node) for detail in details))
        if key in self._records:
            return self._records[key]
        record = self._records[key] = p.Record()
        if not isinstance(row, ObjectRow) and is_noted(self.asked.schema, type_, below_customer=id(row) in self._theirs):
            record.noted = row.value("{v}.id", names=names)
        if isinstance(type_, GraphQLInterfaceType):
            reading = type_reading_of(type_)
            if reading is None or reading.kind is None:
                raise AssertionError(f"{type_.name} does not say how its concrete type is read")
            record.kinds, record.kind_slot = reading.kinds, row.value(reading.kind)
        for each in concrete_types(self.asked.schema, type_):
            fields = self.asked.fields(each, details)
            record.types[each.name] = {name: self.field(row, names, each, found) for name, found in fields.items()}
        if record.kinds:
            guard(row, record, [placed for key, placed in self._placed.items() if key[0] == id(row)])
        return record

    def _page(self, page: r.Page, row: Row, selected: Selected) -> p.Connection:
        type_ = cast("GraphQLObjectType", named(selected.definition))
        edge_type = cast("GraphQLObjectType", member(type_, "edges"))
        covering.check_reader(self.asked.viewer, of_page(type_))
        placed = self._place(page, row, selected, of_page(type_))
        placed.rows.row.value(page.key, placed.number)
        fields = {
            key: self._page_field(details, type_, edge_type, placed.rows.row)
            for key, details in self.asked.fields(type_, selected.details).items()
        }
        counted = any(isinstance(each, p.TotalCount) for each in fields.values())
        count_slot = row.value(page.count, placed.number) if counted else None
        return p.Connection(page.name, page.start, type_.name, edge_type.name, placed.slot, placed.number, count_slot, fields)

    def _page_field(
        self, details: Details, type_: GraphQLObjectType, edge_type: GraphQLObjectType, row: Row
    ) -> p.ConnectionField:
        match details[0].node.name.value:
            case "edges":
                return p.Edges(
                    {key: self._edge_field(row, edge_type, d) for key, d in self.asked.fields(edge_type, details).items()}
                )
            case "pageInfo":
                page_info = cast("GraphQLObjectType", member(type_, "pageInfo"))
                return p.PageInfo({key: d[0].node.name.value for key, d in self.asked.fields(page_info, details).items()})
            case "totalCount":
                return p.TotalCount()
            case _:
                return p.TypeName()

    def _edge_field(self, row: Row, edge_type: GraphQLObjectType, details: Details) -> p.Record | str:
        name = details[0].node.name.value
        return self._record(member(edge_type, "node"), row, NO_NAMES, details) if name == "node" else name
