"""The policy: nothing is seen that it does not allow, and everything that can be read stands in it."""

from __future__ import annotations

from itertools import combinations
from typing import Any, cast

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType, get_named_type

from resolvers.access.policy import POLICY, Access, Policy, Rows
from resolvers.access.readers import roles_of
from resolvers.access.roles import READING, STAFF, Role
from resolvers.access.rows import SCOPED, marked
from resolvers.access.tags import MEANINGS, Derived, Tag
from resolvers.access.viewer import Viewer
from resolvers.engine.planner.fields import is_planned, reading_of, tag_of, type_reading_of
from resolvers.engine.planner.readings import Page
from resolvers.engine.planner.types import named, of_page
from resolvers.schema import build_schema

SCHEMA = build_schema().definition
READ = [
    cast("GraphQLObjectType", type_)
    for type_ in SCHEMA.type_map.values()
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) and type_reading_of(type_)
]
TWO = Policy(
    fields={
        "clerk": {Tag.NAME: Access.CLEAR, Tag.CONTACT: Access.MASKED},
        "robot": {Tag.CONTACT: Access.CLEAR, Tag.NAME: Access.NONE},
    },
    rows={"Customer": {"clerk": Rows.ALL}},
    parts=frozenset({"Money"}),
)


@pytest.mark.parametrize(
    ("roles", "tag", "access"),
    [
        ({"clerk"}, Tag.NAME, Access.CLEAR),
        ({"clerk"}, Tag.CONTACT, Access.MASKED),
        # A robot reads no customers, so what it would see counts only where the clerk is not.
        ({"clerk", "robot"}, Tag.CONTACT, Access.MASKED),
        ({"clerk", "robot"}, Tag.NAME, Access.CLEAR),
        ({"robot"}, Tag.NAME, Access.NONE),
        ({"robot"}, Tag.BIRTH, Access.NONE),
        ({"stranger"}, Tag.NAME, Access.NONE),
        (set[str](), Tag.PUBLIC, Access.NONE),
    ],
)
def test_the_widest_of_several_roles_counts_and_what_is_not_named_is_not_seen(roles: set[str], tag: Tag, access: Access) -> None:
    assert Viewer("somebody", frozenset(roles), policy=TWO).access(tag) is access


@pytest.mark.parametrize(("one", "other"), list(combinations(sorted(STAFF), 2)))
def test_two_roles_together_see_nothing_of_more_customers_than_one_of_them_sees_it_of(one: Role, other: Role) -> None:
    width = {Rows.ALL: 2, Rows.STORES: 1, Rows.ESCALATED: 1}
    both = frozenset({one.value, other.value})
    reach = max((width[each] for each in POLICY.rows_of(both, "Customer")), default=0)
    for tag in Tag:
        alone = [
            POLICY.access(frozenset({role.value}), tag)
            for role in (one, other)
            if max((width[each] for each in POLICY.rows_of(frozenset({role.value}), "Customer")), default=0) == reach
        ]
        assert POLICY.access(both, tag) <= max(alone, default=Access.CLEAR) or reach == 1


def test_a_value_of_several_tags_is_seen_as_the_narrowest_of_them() -> None:
    clerk = Viewer("somebody", frozenset({"clerk"}), policy=TWO)
    assert clerk.least((Tag.NAME, Tag.CONTACT)) is Access.MASKED
    assert clerk.least((Tag.NAME, Tag.BIRTH)) is Access.NONE


@pytest.mark.parametrize(
    ("role", "type_name", "may"),
    [
        ("clerk", "Customer", True),
        ("robot", "Customer", False),
        ("robot", "Money", True),
        ("stranger", "Money", False),
        ("clerk", "Store", False),
    ],
)
def test_a_type_is_read_by_the_roles_in_its_row_a_part_by_all_and_any_other_by_nobody(
    role: str, type_name: str, may: bool
) -> None:
    assert Viewer("somebody", frozenset({role}), policy=TWO).may_read(type_name) is may


def test_the_table_has_a_cell_for_every_role_and_tag_and_every_tag_a_meaning() -> None:
    assert set(POLICY.fields) == {*Role, *READING}
    assert all(set(cells) == set(Tag) for cells in POLICY.fields.values())
    assert set(MEANINGS) == set(Tag)
    assert all(set(roles) <= {*Role, *READING} for roles in POLICY.rows.values())


def test_who_decides_about_identity_and_who_answers_calls_see_everything_in_the_clear() -> None:
    for role in (Role.ADMIN, Role.STEWARD, Role.CALL_CENTER):
        assert set(POLICY.fields[role].values()) == {Access.CLEAR}
        assert POLICY.rows["Customer"][role] is Rows.ALL


def test_every_page_of_things_that_are_withheld_marks_its_condition_or_belongs_to_what_has_it() -> None:
    pages = [
        (f"{type_.name}.{name}", reading)
        for type_ in (*READ, SCHEMA.query_type)
        if type_
        for name, field in type_.fields.items()
        if is_planned(field) and isinstance(reading := reading_of(field), Page) and of_page(named(field)).name in SCOPED
    ]
    assert len(pages) > 8
    assert [name for name, page in pages if not (page.own or (marked(page.clause) and marked(page.count)))] == []


def test_every_field_of_every_type_that_is_read_has_a_tag() -> None:
    untagged = [
        f"{type_.name}.{name}"
        for type_ in READ
        for name, field in type_.fields.items()
        if not (is_planned(field) and isinstance(tag_of(field), Tag | Derived))
    ]
    assert untagged == []


def test_every_thing_that_a_root_field_or_an_id_leads_to_has_a_row_of_readers() -> None:
    roots = [type_ for type_ in (SCHEMA.query_type, SCHEMA.mutation_type) if type_]
    found = {type_.name for type_ in READ if {"Node", "Touchpoint"} & {each.name for each in type_.interfaces}}
    for field in (each for root in roots for each in root.fields.values()):
        type_: Any = get_named_type(cast("Any", field).type)
        type_ = of_page(type_) if "edges" in getattr(type_, "fields", {}) else type_
        found |= {type_.name} if type_reading_of(type_) else set()
    assert sorted(found - set(POLICY.rows)) == []


def test_every_field_that_is_read_every_root_field_and_every_mutation_names_its_readers() -> None:
    roots = [type_ for type_ in (SCHEMA.query_type, SCHEMA.mutation_type) if type_]
    silent = [f"{type_.name}.{name}" for type_ in (*READ, *roots) for name, field in type_.fields.items() if not roles_of(field)]
    assert (silent, [type_.name for type_ in READ if not roles_of(type_)]) == ([], [])


def test_a_mutation_names_those_who_may_use_it() -> None:
    assert SCHEMA.mutation_type is not None
    fields = SCHEMA.mutation_type.fields
    assert roles_of(fields["customerMerge"]) == ["admin", "steward"]
    assert roles_of(fields["touchpointAssign"]) == ["admin", "call_center", "steward"]


def test_the_rows_name_types_that_there_are() -> None:
    assert {name for name in (*POLICY.rows, *POLICY.parts) if name not in SCHEMA.type_map} == set()


def test_every_type_that_is_read_has_a_row_or_is_a_part_and_never_both() -> None:
    assert {type_.name for type_ in READ} - set(POLICY.rows) - POLICY.parts == set()
    assert POLICY.parts.isdisjoint(POLICY.rows)
