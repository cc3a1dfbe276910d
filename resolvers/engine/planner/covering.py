"""What a viewer may not see: found when a plan is made, so that what is seen in the clear costs nothing.

A masked text stays a text. Another masked value, and one that is not seen at all, is null; a field that may not be
null refuses. An object that is masked is let through where what it holds has tags of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, LiteralString, cast

from graphql import GraphQLInputObjectType, GraphQLObjectType, get_named_type

from resolvers.access.masks import masked
from resolvers.access.policy import Access
from resolvers.access.rows import SCOPED, condition, marked
from resolvers.access.tags import Derived, FieldTag, Tag
from resolvers.engine.errors import NOT_READ, Forbidden
from resolvers.engine.planner.fields import TYPED, asked_by, finds_by, is_planned, tag_of, type_reading_of
from resolvers.engine.planner.readings import Page, Placing, Referred
from resolvers.engine.planner.types import is_required, named

if TYPE_CHECKING:
    from graphql import GraphQLArgument, GraphQLField, GraphQLInputField, GraphQLNamedType

    from resolvers.access.viewer import Viewer

Form = Callable[..., Any]
MASKABLE = "String"


def check_reader(viewer: Viewer, type_: GraphQLNamedType) -> None:
    """Raise Forbidden where the viewer reads no things of a type; scalars, enums and the parts of connections have no readers."""
    if type_reading_of(type_) is not None and not viewer.may_read(type_.name):
        raise Forbidden(NOT_READ)


def withheld(viewer: Viewer, definition: GraphQLField) -> bool:
    """Tell whether a field is null for the viewer; raise Forbidden for one that is not seen and may not be null."""
    tag = tag_of(definition)
    if isinstance(tag, Derived):
        return False
    if is_seen(viewer.access(tag), definition):
        return False
    if is_required(definition):
        raise Forbidden(NOT_READ)
    return True


def is_seen(access: Access, definition: GraphQLField) -> bool:
    """Tell whether anything of a field's value is left where its tag is seen so."""
    type_ = named(definition)
    return access is Access.CLEAR or (access is Access.MASKED and (type_.name == MASKABLE or has_tags(type_)))


def narrowed(viewer: Viewer, reading: Placing | Referred, type_: GraphQLNamedType) -> LiteralString:
    """Return a reading's clause for the things that the viewer reads of its type.

    A page takes its condition before its LIMIT, where it is marked; raise Forbidden for one that marks none.
    """
    clause, thing = reading.clause, SCOPED.get(type_.name)
    if thing is None or viewer.reads_all(type_.name) or marked(clause):
        return clause
    if isinstance(reading, Page):
        if reading.own:
            return clause
        raise Forbidden(NOT_READ)
    return clause + " WITH * WHERE " + condition(thing, viewer.rows_of(type_.name))


def has_tags(type_: GraphQLNamedType) -> bool:
    """Tell whether what an object holds is masked by tags of its own; an amount of money is a value as a whole."""
    fields: Mapping[str, GraphQLField] = getattr(type_, "fields", {})
    return any(not is_planned(each) or tag_of(each) is not Tag.PUBLIC for each in fields.values())


def covered(viewer: Viewer, tag: FieldTag, form: Form | None) -> Form | None:
    """Return the form of a value that is not withheld: its own where it is seen in the clear, else one that masks."""
    if viewer.sees_all_of(tag):
        return form
    if isinstance(tag, Derived):
        return partial(_derived, tag, viewer, form)
    return partial(_masked, tag, form)


def parsed(viewer: Viewer, tag: FieldTag, parse: Form) -> Form:
    """Return what makes entries of what is read: of a derived value's parts as the viewer may see them."""
    return partial(_derived, tag, viewer, parse) if isinstance(tag, Derived) and not viewer.sees_all_of(tag) else parse


def masked_fields(viewer: Viewer, type_: GraphQLObjectType) -> list[str]:
    """Return the names of a type's fields that the viewer sees masked, in part or not at all."""
    return [name for name, each in type_.fields.items() if is_planned(each) and not viewer.sees_all_of(tag_of(each))]


def searches(definition: GraphQLField) -> bool:
    """Tell whether a field finds things by what somebody types, or by a value that they know."""
    return any(_is_search(name, each) for name, each in definition.args.items())


def _is_search(name: str, definition: Any) -> bool:
    type_ = cast("GraphQLNamedType", get_named_type(definition.type))
    within = type_.fields.items() if isinstance(type_, GraphQLInputObjectType) else ()
    return name in TYPED or finds_by(definition) or any(_is_search(inner, each) for inner, each in within)


def check_asked(viewer: Viewer, definition: GraphQLField, given: Mapping[str, Any]) -> None:
    """Raise Forbidden where an argument, or what is given within one, asks by something that the viewer may not see."""
    for name, argument in definition.args.items():
        _check(viewer, argument, given.get(name))


def _check(viewer: Viewer, definition: GraphQLArgument | GraphQLInputField, value: Any) -> None:
    if value is None:
        return
    asks = asked_by(definition)
    if asks is not None and viewer.access(asks[0]) < asks[1]:
        raise Forbidden("Your role may not search or filter by this field.")
    type_ = cast("GraphQLNamedType", get_named_type(cast("Any", definition).type))
    if isinstance(type_, GraphQLInputObjectType) and isinstance(value, dict):
        for name, each in type_.fields.items():
            _check(viewer, each, cast("dict[str, Any]", value).get(name))


def _masked(tag: Tag, form: Form | None, value: Any, *given: Any) -> Any:
    made = form(value, *given) if form else value
    if isinstance(made, list):
        return [masked(tag, each) for each in cast("list[str]", made)]
    return None if made is None else masked(tag, made)


def _derived(tag: Derived, viewer: Viewer, form: Form | None, value: Any, *given: Any) -> Any:
    parts = tag.covered(value, viewer.cover)
    return form(parts, *given) if form else parts
