"""Queries made from the schema: their shape is drawn by hypothesis-graphql, their arguments from what is in the wide town."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    GraphQLArgument,
    GraphQLSchema,
    InlineFragmentNode,
    NameNode,
    ObjectTypeDefinitionNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    ast_from_value,
    build_ast_schema,
    build_schema,
    parse,
    parse_type,
    print_ast,
    visit,
)
from hypothesis import strategies as st
from hypothesis_graphql import nodes, queries

from tests.resolvers.reader.spelling import packed
from tests.resolvers.wide_town import WideTown

Draw = Callable[[st.SearchStrategy[Any]], Any]
ABSENT = object()
FEWEST = 5
"""Fields in a query; smaller ones prove little."""
JUNK = st.sampled_from(["", "?", "試験", "TW9uZXk6MQ", "Q3VzdG9tZXI6eA", "'}) RETURN 1 //", "\\", "{n}", "${id}", "%"])
INSTANTS = st.sampled_from(
    ["2026-02-10T10:00:00+09:00", "2026-02-20T00:00:00Z", "2026-04-04T01:00:00.5Z", "2026-06-01T00:00:00Z"]
)
TYPED = st.sampled_from(
    ["090-1234-5678", "03-1234-5678", "5678", "0001", "A-1001", "DUP-1", "M0001", "nick", "saito1@example.jp", "齋藤", "渡辺", "さいとう", "watanabe", "john", "試験", ""]
)  # fmt: skip
SORTS_OF_IDS = (
    "Customer",
    "Customer",
    "Order",
    "Call",
    "StoreVisit",
    "Survey",
    "WebForm",
    "Store",
    "Product",
    "OrderLine",
    "SourceRecord",
)
ROOTS = (
    *[("customer",)] * 5, ("customers",), ("customerLookup",), ("customerLookup", "viewer"), ("order",), ("order",), ("node",), ("node",),
    ("customer", "stores", "product", "store"), ("customer", "order", "node", "customers"),
)  # fmt: skip
"""Root fields of the parts of the schema from which queries are made; those that lead to more come more often."""
WAYS: Mapping[str, tuple[str, ...]] = {
    "phone": ("090-1234-5678", "090-1111-2222", "03-1234-5678"),
    "email": ("mayumi@example.jp", "SAITO2@example.jp", "nobody@example.jp"),
    "memberNumber": ("M0001", "m-0001", "M9999"),
    "orderNumber": ("A-1001", "R-0003", "DUP-1", "none"),
}


@dataclass(slots=True)
class Generated:
    """One query, with the values of its variables."""

    query: str
    variables: dict[str, Any] = field(default_factory=dict)


def generated(sdl: str, town: WideTown) -> st.SearchStrategy[Generated]:
    """Return the strategy; most arguments fit, and about one in twenty does not."""
    schema = build_schema(sdl)
    shapes = st.one_of([shapes_of(view) for view in views(sdl)])

    @st.composite
    def filled(draw: st.DrawFn) -> Generated:
        types = TypeInfo(schema)
        filling = Filling(schema, types, draw, town)
        document = visit(draw(shapes), TypeInfoVisitor(types, filling))
        return Generated(print_ast(with_variables(document, filling.types)), filling.variables)

    return filled()


def shapes_of(view: GraphQLSchema) -> st.SearchStrategy[DocumentNode]:
    instants = {"DateTime": st.just(nodes.String("2026-02-10T00:00:00Z"))}
    return queries(view, custom_scalars=instants, print_ast=lambda document: document).filter(lambda shape: size(shape) >= FEWEST)


def size(document: DocumentNode) -> int:
    """Return how many fields are selected, at all depths."""
    return print_ast(document).count("\n") - print_ast(document).count("}") - print_ast(document).count("... on ")


def views(sdl: str) -> Iterator[GraphQLSchema]:
    """Yield parts of the schema: some root fields and some kinds of touchpoints, so that queries go deep and not only wide."""
    whole = parse(sdl)
    named = {each.name.value: each for each in whole.definitions if isinstance(each, ObjectTypeDefinitionNode)}
    kinds = [name for name, each in named.items() if any(face.name.value == "Touchpoint" for face in each.interfaces or ())]
    others = [name for name in kinds if name != "Order"]
    for number, roots in enumerate(ROOTS):
        kept = {"Order", *(others[number * 7 % len(others) :] + others)[:5]}
        yield build_ast_schema(part(whole, set(roots), set(kinds) - kept))


def part(whole: DocumentNode, roots: set[str], dropped: set[str]) -> DocumentNode:
    definitions: list[Any] = []
    for each in whole.definitions:
        if isinstance(each, ObjectTypeDefinitionNode) and each.name.value == "Query":
            fields = tuple(field for field in each.fields if field.name.value in roots)
            definitions.append(ObjectTypeDefinitionNode(name=each.name, fields=fields, interfaces=(), directives=()))
        elif not isinstance(each, ObjectTypeDefinitionNode) or each.name.value not in dropped:
            definitions.append(each)
    return DocumentNode(definitions=tuple(definitions))


class Filling(Visitor):
    """Gives every field arguments from the town, some of them as variables, and some fields a directive."""

    def __init__(self, schema: GraphQLSchema, types: TypeInfo, draw: Draw, town: WideTown) -> None:
        super().__init__()
        self.schema = schema
        self.info = types
        self.draw = draw
        self.town = town
        self.depth = 0
        self.types: dict[str, str] = {}
        self.variables: dict[str, Any] = {}

    def enter_field(self, node: FieldNode, *_: Any) -> FieldNode:
        self.depth += 1
        definition = self.info.get_field_def()
        assert definition is not None
        returned = str(definition.type).strip("[]!")
        drawn = {name: self.value(name, returned, node) for name in definition.args}
        arguments = [self.argument(name, definition.args[name], value) for name, value in drawn.items() if value is not ABSENT]
        return FieldNode(
            name=node.name,
            alias=node.alias,
            directives=node.directives,
            selection_set=node.selection_set,
            arguments=tuple(arguments),
        )

    def leave_field(self, *_: Any) -> None:
        self.depth -= 1

    def argument(self, name: str, definition: GraphQLArgument, value: Any) -> ArgumentNode:
        if self.draw(st.integers(0, 3)):
            return ArgumentNode(name=NameNode(value=name), value=ast_from_value(value, definition.type))
        variable = f"v{len(self.types)}"
        self.types[variable] = str(definition.type)
        self.variables[variable] = value
        return ArgumentNode(name=NameNode(value=name), value=VariableNode(name=NameNode(value=variable)))

    def value(self, name: str, returned: str, node: FieldNode) -> Any:
        """Return a value for an argument of a field that returns this type; ABSENT to leave it out."""
        match name:
            case "first":
                return self.draw(
                    st.sampled_from([0, 1, 1, 2, 2, 3, 3, *([ABSENT, None] if self.depth == 1 else [])] * 3 + [-1, 101])
                )
            case "after":
                return self.after(returned)
            case "filter":
                return self.draw(st.sampled_from([ABSENT, None, "some", "some"])) and self.filter()
            case "by":
                return self.by(returned)
            case "id":
                return self.id(*self.asked_of(node))
            case "input":
                return {"query": self.draw(TYPED), "first": self.draw(st.sampled_from([0, 1, 2, 3]))}
            case "search":
                return self.draw(st.sampled_from([ABSENT, None]) | TYPED)
            case _:
                return self.draw(st.sampled_from([ABSENT, "JA", "EN"]))

    def rarely(self) -> bool:
        return self.draw(st.integers(0, 24)) == 24

    def id(self, *sorts: str) -> str:
        if self.rarely():
            return self.draw(JUNK)
        sort = self.draw(st.sampled_from(sorts or SORTS_OF_IDS))
        return self.draw(st.sampled_from(self.town.ids[sort]))

    def asked_of(self, node: FieldNode) -> list[str]:
        """Return the types that the fragments under a field are on, as far as the town has any such thing."""
        under = node.selection_set.selections if node.selection_set else ()
        on = [each.type_condition.name.value for each in under if isinstance(each, InlineFragmentNode) and each.type_condition]
        return [name for name in on if name in self.town.ids]

    def after(self, returned: str) -> Any:
        if self.rarely():
            return self.draw(JUNK | st.sampled_from(self.town.cursors))
        fitting = [text for text in self.town.cursors if text.startswith(packed(OF_LIST.get(returned, "-"))[:6])]
        return self.draw(st.sampled_from([ABSENT, ABSENT, None, *fitting]))

    def filter(self) -> dict[str, Any]:
        words = {"kinds": "TouchpointKind", "channels": "Channel"}
        chosen: dict[str, Any] = {}
        for name in self.draw(st.lists(st.sampled_from(["kinds", "channels", "from", "to"]), unique=True, max_size=2)):
            listed = name in words and sorted(self.schema.type_map[words[name]].values)  # type: ignore[union-attr]
            few = st.lists(st.sampled_from(listed), max_size=6) if listed else INSTANTS
            chosen[name] = self.draw(st.none() | few)
        return chosen

    def by(self, returned: str) -> dict[str, Any]:
        if self.draw(st.booleans()) or self.rarely():
            return {"id": self.id(returned)}
        if returned == "Store":
            return {"code": self.draw(st.sampled_from(["S001", "W001", "S003", "S999", "none"]))}
        if returned == "Product":
            return {"sku": self.draw(st.sampled_from(["PEN-1", "INK-1", "CASE-1", "NEW-1", "none"]))}
        if returned == "Order":
            return {"number": self.draw(st.sampled_from(WAYS["orderNumber"]))}
        way = self.draw(st.sampled_from([*WAYS, "lineUserId", "identifier"]))
        if way in WAYS:
            return {way: self.draw(st.sampled_from(WAYS[way]))}
        if way == "lineUserId":
            return {way: {"provider": "1654000000", "userId": self.draw(st.sampled_from(["Uabc", "Umerge", "x"]))}}
        return {way: {"kind": "SOCIAL_ACCOUNT", "scope": self.draw(st.sampled_from(["example", ""])), "value": "nick"}}


OF_LIST = {
    "OrderConnection": "orders|",
    "OrderLineConnection": "lines|",
    "TouchpointConnection": "timeline|",
    "CustomerConnection": "customers|",
}


def with_variables(document: DocumentNode, types: Mapping[str, str]) -> DocumentNode:
    [operation] = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    definitions = tuple(
        VariableDefinitionNode(variable=VariableNode(name=NameNode(value=name)), type=parse_type(text), directives=())
        for name, text in types.items()
    )
    with_them = OperationDefinitionNode(
        operation=operation.operation, variable_definitions=definitions, selection_set=operation.selection_set, directives=()
    )
    return DocumentNode(definitions=(with_them,))
