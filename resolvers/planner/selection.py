"""A selection becomes a read tree and the projection of its rows, in one walk over both."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Never, cast

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_list_type,
    is_non_null_type,
    print_ast,
)
from graphql.execution.collect_fields import FieldDetails, collect_subfields
from graphql.execution.values import get_argument_values

from graph.errors import Customer360Error
from graph.reads import Row
from resolvers import ids
from resolvers.errors import Forbidden
from resolvers.planner import projection as p
from resolvers.planner import readings as r
from resolvers.planner.fields import reading_of, type_reading_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import LiteralString

    from graphql import GraphQLSchema
    from graphql.execution.collect_fields import FragmentDetails
    from graphql.execution.values import VariableValues
    from graphql.language import OperationDefinitionNode

    from graph.reads.tree import Nested, Scope
    from resolvers.viewer import Viewer

Details = list[FieldDetails]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: a valid operation with its coerced variables, and who asks."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDetails]
    variables: VariableValues
    viewer: Viewer

    def arguments(self, definition: GraphQLField, details: FieldDetails) -> r.Given:
        if not definition.args:
            return {}
        return get_argument_values(definition, details.node, self.variables, details.fragment_variable_values)

    def fields(self, type_: GraphQLObjectType, details: Details) -> dict[str, Details]:
        """Return the fields selected on one concrete type, by response key."""
        return collect_subfields(self.schema, self.fragments, self.variables, self.operation, type_, details).grouped_field_set


@dataclass(frozen=True, slots=True)
class Binder:
    """Turns one field's arguments into what its reading needs, under names that end in its number."""

    bind: Callable[[r.Given], r.Parameters]
    definition: GraphQLField
    details: FieldDetails
    number: int

    @property
    def varies(self) -> bool:
        """Whether variables can change what is bound."""
        return any("$" in print_ast(argument) for argument in self.details.node.arguments or ())

    def __call__(self, asked: Asked) -> r.Parameters:
        given = self.bind(asked.arguments(self.definition, self.details))
        return {f"{name}_{self.number}": value for name, value in given.items()}


@dataclass(slots=True)
class Selection:
    """One walk. Rows get what must be read, `binders` what must be bound for the statement, `forms` for the forms."""

    asked: Asked
    binders: list[Binder] = field(default_factory=list[Binder])
    forms: list[Binder] = field(default_factory=list[Binder])
    failed: bool = False
    _placed: dict[tuple[Any, ...], tuple[int, int, set[str]]] = field(default_factory=dict[Any, Any])
    _records: dict[tuple[Any, ...], p.Record] = field(default_factory=dict[Any, p.Record])

    def field(self, row: Row, names: Scope, owner: GraphQLObjectType, details: Details) -> p.Projection:
        """Return how one field is projected, having asked the row for what it needs."""
        name = details[0].node.name.value
        if name == "__typename":
            return p.TypeName()
        definition = owner.fields[name]
        try:
            given = self.asked.arguments(definition, details[0])
            self._check_reader(definition)
            reading = reading_of(definition)
            if isinstance(reading, r.Choice):
                reading = reading.choose(given)
            return self._read(reading, row, names, owner, definition, details)
        except (Customer360Error, GraphQLError) as error:
            self.failed = True
            return p.Failure(error)

    def _check_reader(self, definition: GraphQLField) -> None:
        reading = type_reading_of(get_named_type(definition.type))
        if reading is not None and not reading.readers & self.asked.viewer.roles:
            raise Forbidden("Your role may not read this.")

    def _read(
        self, reading: r.Reading, row: Row, names: Scope, owner: GraphQLObjectType, definition: GraphQLField, details: Details
    ) -> p.Projection:
        required = is_non_null_type(definition.type)
        match reading:
            case r.Prop(cypher, form):
                return self._leaf(row.value(cypher, next(row.numbers), names), definition, details[0], form)
            case r.Identity():
                return self._leaf(row.value("{v}.id", names=names), definition, details[0], partial(ids.encode, owner.name))
            case r.Entry(name):
                return self._leaf(row.value(name), definition, details[0], None)
            case r.Told(tell):
                return p.Fixed(tell(self.asked.viewer))
            case r.Part(own, presence):
                slot = None if presence is None else row.value(presence, names=names)
                scope = {name: row.text(text, names=names) for name, text in own.items()}
                return p.Embedded(self._record(row, scope, definition, details), required, slot)
            case r.Entries(cypher):
                return self._entries(row.value(cypher), definition, details)
            case r.One():
                slot, nested, _ = self._place(reading, row, owner, definition, details[0])
                return p.Single(slot, self._record(nested.row, {}, definition, details, reading.type_name), required, reading.sole)
            case r.Many():
                slot, nested, _ = self._place(reading, row, owner, definition, details[0])
                return p.Items(slot, self._record(nested.row, {}, definition, details), required)
            case r.Page():
                return self._page(reading, row, owner, definition, details)
            case r.Choice():
                raise AssertionError("a choice gives a reading that is none")

    def _leaf(self, slot: int, definition: GraphQLField, details: FieldDetails, form: Callable[..., Any] | None) -> p.Leaf:
        type_ = get_named_type(definition.type)
        required = is_non_null_type(definition.type)
        listed = is_list_type(definition.type.of_type if is_non_null_type(definition.type) else definition.type)
        values = frozenset(type_.values) if isinstance(type_, GraphQLEnumType) else None
        given = None
        if definition.args and form is not None:
            self.forms.append(Binder(lambda arguments: {"given": arguments}, definition, details, len(self.forms)))
            given = f"given_{len(self.forms) - 1}"
        return p.Leaf(slot, type_.name, required, listed, values, form, given)

    def _entries(self, slot: int, definition: GraphQLField, details: Details) -> p.Items:
        row = Row()
        record = self._record(row, {}, definition, details)

        def parse(text: str) -> list[list[Any]]:
            return [[entry.get(name) for name in row.slots] for entry in json.loads(text)]

        return p.Items(slot, record, is_non_null_type(definition.type), parse)

    def _place(
        self, reading: r.One | r.Many | r.Page, row: Row, owner: GraphQLObjectType, definition: GraphQLField, details: FieldDetails
    ) -> tuple[int, Nested, int]:
        """Ask the row for a reading's rows: once, also where several concrete types of an interface share the field."""
        node = details.node
        key = (id(row), (node.alias or node.name).value, id(reading), *map(print_ast, node.arguments or ()))
        if key not in self._placed:
            number = next(row.numbers)
            if definition.args:
                self._bind(Binder(reading.bind, definition, details, number))
            row.nested(
                reading.clause,
                number,
                names=reading.names,
                shared=self._shared(reading, definition),
                first_only=isinstance(reading, r.One) and reading.sole is None,
            )
            self._placed[key] = (len(row.slots) - 1, number, set())
        slot, number, owners = self._placed[key]
        owners.add(owner.name)
        return slot, cast("Nested", row.slots[slot]), number

    def _shared(self, reading: r.One | r.Many | r.Page, definition: GraphQLField) -> Scope:
        """Return the expressions that the fields of the rows' type share."""
        type_ = get_named_type(definition.type)
        if isinstance(reading, r.Page):
            type_ = node_type(type_)
        elif isinstance(reading, r.One) and reading.type_name is not None:
            type_ = self.asked.schema.type_map[reading.type_name]
        of_type = type_reading_of(type_)
        return of_type.shared if of_type else {}

    def _bind(self, binder: Binder) -> None:
        binder(self.asked)  # an argument that cannot be used is this field's error, and known now
        self.binders.append(binder)

    def _record(
        self, row: Row, names: Scope, definition: GraphQLField, details: Details, type_name: str | None = None
    ) -> p.Record:
        """Return the record of an object or interface type, with the fields of each concrete type it can have."""
        type_ = self.asked.schema.type_map[type_name] if type_name else get_named_type(definition.type)
        return self._record_of(type_, row, names, details)

    def _record_of(self, type_: GraphQLNamedType, row: Row, names: Scope, details: Details) -> p.Record:
        key = (id(row), type_.name, *names.values(), *(id(detail.node) for detail in details))
        if key in self._records:
            return self._records[key]
        record = self._records[key] = p.Record()
        concrete: Sequence[GraphQLObjectType] = [cast("GraphQLObjectType", type_)]
        if isinstance(type_, GraphQLInterfaceType):
            concrete = self.asked.schema.get_possible_types(type_)
            record.kinds, record.kind_slot = self._kinds(type_, row)
        for each in concrete:
            selected = self.asked.fields(each, details)
            record.types[each.name] = {name: self.field(row, names, each, fields) for name, fields in selected.items()}
        if record.kinds:
            self._guard(row, record)
        return record

    def _kinds(self, type_: GraphQLInterfaceType, row: Row) -> tuple[Mapping[str, str], int]:
        reading = type_reading_of(type_)
        if reading is None or reading.kind is None:
            raise AssertionError(f"{type_.name} does not say how its concrete type is read")
        return reading.kinds, row.value(reading.kind)

    def _guard(self, row: Row, record: p.Record) -> None:
        """Rows that only some concrete types select are read for those only."""
        for (row_id, *_), (slot, _, owners) in self._placed.items():
            if row_id == id(row) and len(owners) < len(record.types):
                # The values are the program's own, from the registry of kinds.
                kinds = cast("LiteralString", [kind for kind, name in record.kinds.items() if name in owners].__repr__())
                kind = cast("LiteralString", row.slots[record.kind_slot])
                cast("Nested", row.slots[slot]).guard = f"{kind} IN {kinds}"

    def _page(
        self, page: r.Page, row: Row, owner: GraphQLObjectType, definition: GraphQLField, details: Details
    ) -> p.Connection:
        type_ = cast("GraphQLObjectType", get_named_type(definition.type))
        edge_type = cast("GraphQLObjectType", get_named_type(type_.fields["edges"].type))
        slot, nested, number = self._place(page, row, owner, definition, details[0])
        nested.row.value(page.key)
        fields: dict[str, p.ConnectionField] = {}
        for key, inner in self.asked.fields(type_, details).items():
            fields[key] = self._page_field(inner, type_, edge_type, nested.row)
        counted = any(isinstance(each, p.TotalCount) for each in fields.values())
        count_slot = row.value(page.count, number) if counted else -1
        return p.Connection(page.name, page.start, type_.name, edge_type.name, slot, number, count_slot, fields)

    def _page_field(self, details: Details, type_: GraphQLObjectType, edge_type: GraphQLObjectType, row: Row) -> p.ConnectionField:
        match details[0].node.name.value:
            case "edges":
                return p.Edges({key: self._edge_field(row, edge_type, d) for key, d in self.asked.fields(edge_type, details).items()})
            case "pageInfo":
                info = cast("GraphQLObjectType", get_named_type(type_.fields["pageInfo"].type))
                return p.PageInfo({key: d[0].node.name.value for key, d in self.asked.fields(info, details).items()})
            case "totalCount":
                return p.TotalCount()
            case _:
                return p.TypeName()

    def _edge_field(self, row: Row, edge_type: GraphQLObjectType, details: Details) -> p.Record | str:
        name = details[0].node.name.value
        return self._record_of(get_named_type(edge_type.fields["node"].type), row, {}, details) if name == "node" else name


def node_type(connection: GraphQLNamedType) -> GraphQLNamedType:
    edge = cast("GraphQLObjectType", get_named_type(cast("GraphQLObjectType", connection).fields["edges"].type))
    return get_named_type(edge.fields["node"].type)
