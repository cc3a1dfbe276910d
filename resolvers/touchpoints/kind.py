"""The kinds of touchpoints by their names and own fields, as the registry has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry
from strawberry.utils.str_converters import to_camel_case

from graph.touchpoints import TOUCHPOINTS, Field, FieldType
from resolvers.values.words import Language, TouchpointKind, words

if TYPE_CHECKING:
    # To a type checker a word is text, as in `words.py`.
    TouchpointFieldType: TypeAlias = str
else:
    TouchpointFieldType = words(
        "TouchpointFieldType",
        "What shape the value of a kind's own field has.",
        {
            FieldType.TEXT: "One text.",
            FieldType.TEXTS: "A list of texts.",
            FieldType.INTEGER: "A whole number.",
            FieldType.NUMBER: "A number with or without decimals.",
            FieldType.BOOLEAN: "Yes or no.",
            FieldType.TIME: "An instant, UTC.",
            FieldType.MESSAGES: "A list of ChatMessage.",
            FieldType.PAGES: "A list of PageView.",
            FieldType.ANSWERS: "A list of SurveyAnswer.",
        },
    )


@strawberry.type(
    name="TouchpointKindField", description="A field that touchpoints of one kind have of their own. Everybody may read it."
)
class KindField:
    name: str = strawberry.field(description="As the GraphQL type of the kind calls it.")
    type: TouchpointFieldType = strawberry.field(description="What shape its value has.")


@strawberry.type(name="TouchpointKindName", description="A kind of touchpoint and what it is called. Everybody may read it.")
class KindName:
    kind: TouchpointKind = strawberry.field(description="The word of the enum, as filters take it.")

    type_name: str = strawberry.field(description="The GraphQL object that touchpoints of this kind are.")
    fields: list[KindField] = strawberry.field(description="What it has beside what every touchpoint has; none for orders.")

    @strawberry.field(description="What people call it, as summary lines begin.")
    def name(self, language: Annotated[Language, strawberry.argument(description="In which tongue to say it.")] = "ja") -> str:
        row = TOUCHPOINTS[self.kind]
        return (row.en if language == "en" else row.ja)[0]


def touchpoint_kinds() -> list[KindName]:
    return [
        KindName(kind=kind, type_name=row.label, fields=[own(each) for each in row.fields]) for kind, row in TOUCHPOINTS.items()
    ]


def own(field: Field) -> KindField:
    return KindField(name=to_camel_case(field.name), type=field.type.value)
