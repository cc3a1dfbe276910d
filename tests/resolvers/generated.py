"""Queries made from the schema: hypothesis-graphql draws which fields are selected, `filling.py` with which arguments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLSchema,
    NameNode,
    ObjectTypeDefinitionNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableDefinitionNode,
    VariableNode,
    build_ast_schema,
    build_schema,
    parse,
    parse_type,
    print_ast,
    visit,
)
from hypothesis import strategies as st
from hypothesis_graphql import nodes, queries

from tests.resolvers.filling import Filling
from tests.resolvers.wide_town import WideTown

FEWEST = 5
"""Fields in a query; smaller ones prove little."""
ROOTS = (
    *[("customer",)] * 5,
    ("customers",),
    ("customerLookup",),
    ("customerLookup", "viewer"),
    ("order",),
    ("order",),
    ("node",),
    ("node",),
    ("customer", "stores", "product", "store"),
    ("activity", "store", "product", "orders"),
    ("identityPath", "whyNot"),
    ("case", "cases", "caseCounts", "teams", "caseTables"),
    ("case", "cases"),
    ("coupon", "coupons"),
    ("customer", "order", "node", "customers"),
)
"""Root fields of the parts of the schema from which queries are made; those that lead to more come more often."""


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
    lines = print_ast(document).splitlines()
    return sum(not line.strip().startswith(("{", "}", "...")) for line in lines)


def views(sdl: str) -> Iterator[GraphQLSchema]:
    """Yield parts of the schema: some root fields and some kinds of touchpoints, so that queries go deep and not only wide."""
    whole = parse(sdl)
    named = {each.name.value: each for each in whole.definitions if isinstance(each, ObjectTypeDefinitionNode)}
    kinds = [name for name, each in named.items() if any(face.name.value == "Touchpoint" for face in each.interfaces or ())]
    # An order leads to its returns.
    always = {"Order", "Return"}
    others = [name for name in kinds if name not in always]
    for number, roots in enumerate(ROOTS):
        kept = {*always, *(others[number * 7 % len(others) :] + others)[:5]}
        yield build_ast_schema(part(whole, set(roots), set(kinds) - kept))


def part(whole: DocumentNode, roots: set[str], dropped: set[str]) -> DocumentNode:
    definitions: list[Any] = []
    for each in whole.definitions:
        if isinstance(each, ObjectTypeDefinitionNode) and each.name.value == "Query":
            fields = tuple(field for field in each.fields or () if field.name.value in roots)
            definitions.append(ObjectTypeDefinitionNode(name=each.name, fields=fields, interfaces=(), directives=()))
        elif not isinstance(each, ObjectTypeDefinitionNode) or each.name.value not in dropped:
            definitions.append(each)
    return DocumentNode(definitions=tuple(definitions))


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
