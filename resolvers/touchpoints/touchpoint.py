"""Touchpoints: the interface that orders and all interactions share, and one type for each kind of the registry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, LiteralString, cast

import strawberry

from graph.touchpoints import INTERACTION_KINDS, TOUCHPOINTS, Field, FieldType, TouchpointKind, summarize
from resolvers.access.tags import Cover, Derived, Tag
from resolvers.catalogue.product import Product
from resolvers.catalogue.store import Store
from resolvers.engine.node import Node
from resolvers.engine.planner import entries, entry, identity, many, one, part, planned, prop
from resolvers.identity.identifier import Identifier
from resolvers.touchpoints.attribution import Attribution
from resolvers.values.scalars import DateTime
from resolvers.values.sentences import IN_WORDS, in_words
from resolvers.values.words import Channel, Direction
from resolvers.values.words import TouchpointKind as Kind

if TYPE_CHECKING:
    from resolvers.orders.order import Order
    from resolvers.people.customer import Customer

SAID = ("currency", "scale", "summary", "subject", "topic", "text")
"""What summaries use beside the properties that their pieces name."""


def summary_properties() -> tuple[str, ...]:
    """Return the node properties from which the summaries of all kinds are made, `kind` first."""
    pieces = (piece for row in TOUCHPOINTS.values() for piece in (*row.ja, *row.en))
    named = (name for piece in pieces for name in re.findall(r"\{(\w+)", piece))
    return tuple(dict.fromkeys(["kind", *(name for name in named if name != "said"), *SAID]))


PROPERTIES = summary_properties()
# The names are the registry's, never input.
SUMMARY = cast("LiteralString", f"[{', '.join('{v}.' + name for name in PROPERTIES)}]")


INTERNAL = frozenset({"queue", "handed_over_to", "message_id", "in_reply_to"})
WORDS = frozenset({FieldType.TEXT, FieldType.TEXTS, FieldType.MESSAGES, FieldType.ANSWERS})


def own_tag(own: Field) -> Tag:
    """Return the tag of a kind's own field: words may tell anything, numbers and times tell what was done."""
    if own.name in INTERNAL:
        return Tag.INTERNAL
    return Tag.FREE_TEXT if own.type in WORDS else Tag.ACTIVITY


TAGS: Mapping[str, Tag] = {
    **{own.name: own_tag(own) for row in TOUCHPOINTS.values() for own in row.fields},
    **dict.fromkeys(("direction", "number", "status"), Tag.ACTIVITY),
    **dict.fromkeys(("total", "currency"), Tag.MONEY),
    **dict.fromkeys(("summary", "subject", "topic", "text"), Tag.FREE_TEXT),
}
"""What is told by each property that a summary can show, but for the kind."""


def covered(values: list[Any], cover: Cover) -> list[Any]:
    """Leave out what is not seen in the clear: a summary does without any of its pieces, but for the kind."""
    kind, *others = values
    parts = zip(PROPERTIES[1:], others, strict=True)
    return [kind, *(value if cover(TAGS[name], value) is value else None for name, value in parts)]


SUMMARIZED = Derived(frozenset(TAGS[name] for name in PROPERTIES[1:]), covered)


def summary(values: list[Any], language: Any) -> str:
    """Return the summary of a touchpoint from its PROPERTIES."""
    return summarize(values[0], dict(zip(PROPERTIES, values, strict=True)), language)


@planned(
    "Something that happened between a customer and the company: an order, a call, a chat, a visit ...",
    interface=True,
    kind="{v}.kind",
    kinds={kind: row.label for kind, row in TOUCHPOINTS.items()},
)
class Touchpoint:
    id: strawberry.ID = identity("Opaque id, good for ever and for `node`.")
    kind: Kind = prop("{v}.kind", Tag.PUBLIC, "What sort it is; tells which GraphQL type holds its own fields.")
    at: DateTime = prop("left({v}.position, 27)", Tag.ACTIVITY, "When it happened or began, UTC.")
    ended_at: DateTime | None = prop(
        "{v}.ended_at", Tag.ACTIVITY, "When the call, visit or session was over, UTC; null if not told."
    )
    channel: Channel = prop("{v}.channel", Tag.ACTIVITY, "The way by which customer and company met.")
    direction: Direction | None = prop(
        "{v}.direction", Tag.ACTIVITY, "Whether the customer or the company began it; null if the source did not say."
    )
    source: str = prop("{v}.source", Tag.INTERNAL, "Name of the system whose event told of it, like `/pos/ginza`.")
    summary: str = prop(
        SUMMARY,
        SUMMARIZED,
        "One readable line about what happened, made for a list, in Japanese or English.",
        form=in_words(summary),
        arguments=IN_WORDS,
    )
    subject: str | None = prop("{v}.subject", Tag.FREE_TEXT, "Subject line of a mail, title of a page or form, as written.")
    text: str | None = prop("{v}.text", Tag.FREE_TEXT, "What was written by either side or noted by staff, whole and as given.")
    language: str | None = prop("{v}.language", Tag.ACTIVITY, "The language it was in, BCP 47.")
    staff: str | None = prop("{v}.staff", Tag.INTERNAL, "Code or name of the employee who took part, as the source knows them.")
    topic: str | None = prop("{v}.topic", Tag.FREE_TEXT, "What it was about, in the words of the source.")
    reference: str | None = prop("{v}.reference", Tag.INTERNAL, "A number that the source knows it by.")
    store: Store | None = one(
        "MATCH ({v})-[:AT|SOLD_AT]->({n}:Store)", Tag.ACTIVITY, "The store where it happened, or that sold."
    )
    products: list[Product] = many(
        "MATCH ({v})-[:ABOUT]->({n}:Product) WITH {n} ORDER BY {n}.sku", Tag.ACTIVITY, "The articles it was about, by SKU."
    )
    orders: list[Annotated[Order, strawberry.lazy("resolvers.orders.order")]] = many(
        "UNWIND {v}.order_numbers AS {number} MATCH ({n}:Order {{number: {number}}}) WITH DISTINCT {n} ORDER BY {n}.position",
        Tag.ACTIVITY,
        "The orders it refers to, oldest first.",
    )
    via: list[Identifier] = many(
        "MATCH ({v})-[:VIA]->({n}:Identifier) WITH {n} ORDER BY {n}.kind, {n}.id",
        Tag.CONTACT,
        "The telephone numbers, cards or accounts by which the contact reached us.",
    )
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = one(
        "MATCH ({v})<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({n}:Customer)",
        Tag.ACTIVITY,
        "Whose it is; null while it belongs to nobody.",
    )
    attribution: Attribution | None = part(
        Tag.IDENTITY, "Why it belongs where it does; null where it names nobody and came by nothing.", presence="{v}.rule"
    )


@planned("One thing that was said in a chat or bot conversation, by either side.")
class ChatMessage:
    at: DateTime | None = entry("at", Tag.ACTIVITY, "When it was sent, UTC.")
    from_: str | None = entry("from", Tag.FREE_TEXT, "Who sent it, in the words of the source.")
    text: str | None = entry("text", Tag.FREE_TEXT, "The words as they were sent, without formatting.")


@planned("One page or screen that was looked at.")
class PageView:
    at: DateTime | None = entry("at", Tag.ACTIVITY, "When it was opened, UTC.")
    url: str | None = entry("url", Tag.ACTIVITY, "Address or path of the page or screen, as the site reports it.")
    sku: str | None = entry("sku", Tag.ACTIVITY, "Company-wide number of the article shown there; null for other pages.")


@planned("One thing that a survey asked and what the customer replied.")
class SurveyAnswer:
    question: str | None = entry("question", Tag.FREE_TEXT, "What was asked, in the words of the survey.")
    answer: str | None = entry("answer", Tag.FREE_TEXT, "What the customer replied, as text.")


TYPES: Mapping[FieldType, Any] = {
    FieldType.TEXT: str | None,
    FieldType.TEXTS: list[str],
    FieldType.INTEGER: int | None,
    FieldType.NUMBER: float | None,
    FieldType.BOOLEAN: bool | None,
    FieldType.TIME: DateTime | None,
    FieldType.MESSAGES: list[ChatMessage],
    FieldType.PAGES: list[PageView],
    FieldType.ANSWERS: list[SurveyAnswer],
}
TEXT_READINGS: Mapping[FieldType, LiteralString] = {
    FieldType.TEXTS: "COALESCE({{v}}.{name}, [])",
    FieldType.NUMBER: "toFloat({{v}}.{name})",
}
LISTED = frozenset({FieldType.MESSAGES, FieldType.PAGES, FieldType.ANSWERS})


def own_field(own: Field) -> Any:
    name = cast("LiteralString", own.name)  # the registry's, never input
    if own.type in LISTED:
        return entries("COALESCE({v}." + name + ", '[]')", own_tag(own), own.description)
    return prop(TEXT_READINGS.get(own.type, "{{v}}.{name}").format(name=name), own_tag(own), own.description)


def interaction_type(row: TouchpointKind) -> Any:
    """Return the GraphQL type of one kind: what all touchpoints have, and its own fields."""
    body: dict[str, Any] = {own.name: own_field(own) for own in row.fields}
    body["__annotations__"] = {own.name: TYPES[own.type] for own in row.fields}
    body["__module__"] = __name__
    meaning = f'One contact of the kind {row.kind}; its summary begins with "{row.en[0]}" (Japanese: {row.ja[0]}).'
    described = planned(meaning)
    return described(type(row.label, (Touchpoint, Node), body))


INTERACTIONS: tuple[Any, ...] = tuple(interaction_type(TOUCHPOINTS[kind]) for kind in INTERACTION_KINDS)
