"""The kinds of touchpoints by their names and own fields, as the registry has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry
from strawberry.utils.str_converters import to_camel_case

from graph.touchpoints import TOUCHPOINTS, Field, FieldType
from graph.words import CATALOGUE, DEFAULT_LANGUAGE
from resolvers.engine.enums import words
from resolvers.values.words import Language, TouchpointKind

if TYPE_CHECKING:
    # To a type checker a word is text, as in `words.py`.
    TouchpointFieldType: TypeAlias = str
else:
    TouchpointFieldType = words(
        "TouchpointFieldType",
        "Type of a field of a touchpoint kind.",
        {
            FieldType.TEXT: "Plain text.",
            FieldType.TEXTS: "List of texts.",
            FieldType.INTEGER: "Whole number.",
            FieldType.NUMBER: "Number with decimals.",
            FieldType.BOOLEAN: "True or false.",
            FieldType.TIME: "Time, UTC.",
            FieldType.MESSAGES: "List of ChatMessage.",
            FieldType.PAGES: "List of PageView.",
            FieldType.ANSWERS: "List of SurveyAnswer.",
        },
    )

NameLanguage = Annotated[Language, strawberry.argument(description="Language of the name.")]


@strawberry.type(name="TouchpointKindField", description="Field that only one kind of touchpoint has.")
class KindField:
    name: str = strawberry.field(description="Name of the field on the GraphQL type.")
    type: TouchpointFieldType = strawberry.field(description="Type of the value.")


@strawberry.type(name="TouchpointKindName", description="Kind of a touchpoint with its name.")
class KindName:
    kind: TouchpointKind = strawberry.field(description="The kind.")

    type_name: str = strawberry.field(description="GraphQL type of the kind.")
    fields: list[KindField] = strawberry.field(description="Fields that only this kind has; empty for orders.")

    @strawberry.field(description="Name of the kind.")
    def name(self, language: NameLanguage = DEFAULT_LANGUAGE) -> str:
        return CATALOGUE.name("TouchpointKind", self.kind, language)


def touchpoint_kinds() -> list[KindName]:
    return [
        KindName(kind=kind, type_name=row.label, fields=[own(each) for each in row.fields]) for kind, row in TOUCHPOINTS.items()
    ]


def own(field: Field) -> KindField:
    return KindField(name=to_camel_case(field.name), type=field.type.value)
