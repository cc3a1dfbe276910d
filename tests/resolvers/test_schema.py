"""The schema as such: printed as committed, described throughout, every field with a way to be read and readers."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    is_introspection_type,
    is_specified_scalar_type,
)

from graph import vocabulary
from graph.touchpoints import TOUCHPOINTS
from resolvers.engine.planner.fields import is_planned, type_reading_of
from resolvers.schema import MUTATIONS, build_schema

SCHEMA = build_schema()
TYPES = [
    type_
    for type_ in SCHEMA.definition.type_map.values()
    if not is_introspection_type(type_) and not is_specified_scalar_type(type_)
]
OBJECTS = [type_ for type_ in TYPES if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)]
NOT_FROM_THE_GRAPH = {"Viewer", "PageInfo", "TouchpointKindName", "TouchpointKindField", "UserError"}


def test_the_committed_schema_is_what_the_code_says() -> None:
    assert (Path(__file__).parents[2] / "resolvers" / "schema.graphql").read_text("utf-8") == SCHEMA.as_str() + "\n"


def test_every_type_is_read_or_made_by_a_resolver_or_a_part_of_pages() -> None:
    read = (
        {each.name for each in OBJECTS if not each.name.endswith(("Connection", "Edge"))}
        - NOT_FROM_THE_GRAPH
        - {"Query", "Mutation", "Subscription"}
    )
    assert {each.name for each in OBJECTS if type_reading_of(each) is not None} == read


def test_every_field_of_a_read_type_says_how_it_is_read() -> None:
    read = [type_ for type_ in OBJECTS if type_reading_of(type_) is not None]
    assert [f"{type_}.{name}" for type_ in read for name, field in type_.fields.items() if not is_planned(field)] == []


def test_only_root_fields_of_what_is_not_in_the_graph_run_a_resolver() -> None:
    query, mutation = SCHEMA.definition.query_type, SCHEMA.definition.mutation_type
    assert query is not None
    assert mutation is not None
    assert [name for name, field in query.fields.items() if not is_planned(field)] == [
        "changeTypes",
        "replyChannels",
        "touchpointKinds",
        "viewer",
    ]
    assert [name for name, field in mutation.fields.items() if not is_planned(field)] == []
    assert set(mutation.fields) == {each.name for each in MUTATIONS}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Channel", vocabulary.CHANNELS),
        ("Direction", vocabulary.DIRECTIONS),
        ("Gender", vocabulary.GENDERS),
        ("IdentifierKind", vocabulary.IDENTIFIER_KINDS),
        ("IdentifierState", vocabulary.IDENTIFIER_STATES),
        ("OrderStatus", vocabulary.ORDER_STATUSES),
        ("Sharing", vocabulary.SHARINGS),
        ("StoreKind", vocabulary.STORE_KINDS),
        ("TouchpointKind", tuple(TOUCHPOINTS)),
    ],
)
def test_the_enums_are_the_words_of_the_graph(name: str, words: tuple[str, ...]) -> None:
    type_ = SCHEMA.definition.type_map[name]
    assert isinstance(type_, GraphQLEnumType)
    assert set(type_.values) == set(words)


def test_every_kind_of_touchpoint_has_its_type() -> None:
    types = {row.label: SCHEMA.definition.type_map[row.label] for row in TOUCHPOINTS.values()}
    told = {
        name: {each.name for each in type_.interfaces} for name, type_ in types.items() if isinstance(type_, GraphQLObjectType)
    }
    assert told == {name: {"Node", "Touchpoint"} for name in types}
