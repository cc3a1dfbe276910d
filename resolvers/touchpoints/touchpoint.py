"""Touchpoints: the interface that orders and all interactions share, and one type for each kind of the registry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, LiteralString, cast

import strawberry

from graph.touchpoints import ORDER, RETURN, TOUCHPOINTS, Field, FieldType, TouchpointKind, summarize
from graph.touchpoints.summaries import places
from graph.words import LANGUAGES
from resolvers.access.tags import Cover, Derived, Tag
from resolvers.catalogue.product import Product
from resolvers.catalogue.store import Store
from resolvers.engine.node import Node
from resolvers.engine.planner import entries, entry, identity, many, one, part, planned, prop
from resolvers.engine.planner.fields import former, read
from resolvers.engine.planner.readings import Entry
from resolvers.identity.identifier import Identifier
from resolvers.threads.thread import Thread
from resolvers.timeline.references import MEANS
from resolvers.touchpoints.attribution import Attribution
from resolvers.touchpoints.possible_customers import POSSIBLE_CUSTOMERS, PossibleCustomer
from resolvers.values.scalars import DateTime
from resolvers.values.sentences import IN_WORDS, in_words
from resolvers.values.words import Channel, Direction, in_two_languages
from resolvers.values.words import TouchpointKind as Kind

if TYPE_CHECKING:
    from resolvers.cases.case import Case
    from resolvers.orders.order import Order
    from resolvers.people.customer import Customer

SAID = ("channel", "currency", "scale", "summary", "subject", "topic", "text")
"""What summaries use beside the properties that their pieces name."""


def summary_properties() -> tuple[str, ...]:
    """Return the node properties from which the summaries of all kinds are made, `kind` first."""
    named = (name for kind in TOUCHPOINTS for language in LANGUAGES for name, _ in places(kind, language))
    return tuple(dict.fromkeys(["kind", *(name for name in named if name != "said"), *SAID]))


PROPERTIES = summary_properties()
# The names are the registry's, never input.
SUMMARY = cast("LiteralString", f"[{', '.join('{v}.' + name for name in PROPERTIES)}]")


INTERNAL = frozenset({
    "queue", "handed_over_to", "answered_elsewhere", "message_id", "in_reply_to", "references", "conversation",
})  # fmt: skip
WORDS = frozenset({FieldType.TEXT, FieldType.TEXTS, FieldType.MESSAGES, FieldType.ANSWERS})


def own_tag(own: Field) -> Tag:
    """Return the tag of a kind's own field: words may tell anything, numbers and times tell what was done."""
    if own.name in INTERNAL:
        return Tag.INTERNAL
    return Tag.FREE_TEXT if own.type in WORDS else Tag.ACTIVITY


TAGS: Mapping[str, Tag] = {
    **{own.name: own_tag(own) for row in TOUCHPOINTS.values() for own in row.fields},
    **dict.fromkeys(("channel", "direction", "number", "status"), Tag.ACTIVITY),
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
    "Contact between a customer and the company: an order or an interaction such as a call, chat or visit.",
    interface=True,
    kind="{v}.kind",
    kinds={kind: row.label for kind, row in TOUCHPOINTS.items()},
)
class Touchpoint:
    id: strawberry.ID = identity("Global id: opaque, never changes, accepted by `node`.")
    kind: Kind = prop("{v}.kind", Tag.PUBLIC, "Kind of the touchpoint; each kind has a GraphQL type of its own.")
    occurred_at: DateTime = prop("left({v}.position, 27)", Tag.ACTIVITY, "Time at which the touchpoint happened or began, UTC.")
    at: DateTime = former(occurred_at, "occurredAt")
    ended_at: DateTime | None = prop(
        "{v}.ended_at", Tag.ACTIVITY, "Time at which the call, visit or session ended, UTC; null if not reported."
    )
    channel: Channel = prop("{v}.channel", Tag.ACTIVITY, "Channel of the touchpoint.")
    direction: Direction | None = prop(
        "{v}.direction", Tag.ACTIVITY, "Whether the customer or the company started it; null if not reported."
    )
    source: str = prop("{v}.source", Tag.INTERNAL, "Source system that reported the touchpoint, for example `/pos/ginza`.")
    summary: str = prop(
        SUMMARY,
        SUMMARIZED,
        "Summary in one line, for lists.",
        form=in_words(summary),
        arguments=IN_WORDS,
    )
    subject: str | None = prop(
        "{v}.subject", Tag.FREE_TEXT, "Subject line of the message, or title of the page or form; null if not reported."
    )
    text: str | None = prop("{v}.text", Tag.FREE_TEXT, "Full text of the message or note; null if not reported.")
    language: str | None = prop(
        "{v}.language", Tag.ACTIVITY, "Language of the touchpoint, a BCP 47 tag such as `ja`; null if not reported."
    )
    staff: str | None = prop(
        "{v}.staff", Tag.INTERNAL, "Code or name of the employee, as the source reports it; null if not reported."
    )
    topic: str | None = prop("{v}.topic", Tag.FREE_TEXT, "Topic, as the source names it; null if not reported.")
    reference: str | None = prop("{v}.reference", Tag.INTERNAL, "Reference number in the source system; null if not reported.")
    store: Store | None = one(
        "MATCH ({v})-[:AT|SOLD_AT]->({n}:Store)",
        Tag.ACTIVITY,
        "Store at which it happened, or that sold the order; null if none.",
    )
    products: list[Product] = many(
        "MATCH ({v})-[:ABOUT]->({n}:Product) WITH {n} ORDER BY {n}.sku",
        Tag.ACTIVITY,
        "Products that the touchpoint is about, by SKU.",
    )
    orders: list[Annotated[Order, strawberry.lazy("resolvers.orders.order")]] = many(
        "UNWIND {v}.order_numbers AS {number} MATCH ({n}:Order {{number: {number}}}) WHERE "
        + MEANS.replace("{t}", "{v}").replace("{o}", "{n}")
        + " WITH DISTINCT {n} ORDER BY {n}.position",
        Tag.ACTIVITY,
        "Orders that the touchpoint refers to by number, oldest first: those of its customer, within its source where that "
        "numbers orders itself.",
    )
    identifiers_used: list[Identifier] = many(
        "MATCH ({v})-[:VIA]->({n}:Identifier) WITH {n} ORDER BY {n}.kind, {n}.id",
        Tag.CONTACT,
        "Identifiers that the touchpoint came with, such as the caller's telephone number, by kind.",
    )
    cases: list[Annotated[Case, strawberry.lazy("resolvers.cases.case")]] = many(
        "MATCH ({v})-[:IN_CASE]->({n}:Case) WITH {n} ORDER BY {n}.number",
        Tag.ACTIVITY,
        "Cases that the touchpoint belongs to, by number.",
    )
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = one(
        "MATCH ({v})<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({n}:Customer)",
        Tag.ACTIVITY,
        "Customer of the touchpoint; null if it is not attributed to anybody.",
    )
    possible_customers: list[PossibleCustomer] = POSSIBLE_CUSTOMERS
    thread: Thread | None = one(
        "MATCH ({v})-[:IN_THREAD]->({n}:Thread)",
        Tag.ACTIVITY,
        "Conversation over all channels that it is part of; null if nothing ties it, and for orders.",
    )
    attribution: Attribution | None = part(
        Tag.IDENTITY,
        "Why the touchpoint belongs to its customer, or to nobody; null if it names nobody and came with no identifier.",
        presence="{v}.rule",
    )


@planned("Message in a chat or bot conversation.")
class ChatMessage:
    sent_at: DateTime | None = read(Entry("at"), Tag.ACTIVITY, "Time at which the message was sent, UTC; null if not reported.")
    from_: str | None = entry("from", Tag.FREE_TEXT, "Sender, as the source names it, for example `customer` or `bot`.")
    text: str | None = entry("text", Tag.FREE_TEXT, "Text of the message, unformatted.")


@planned("Page or screen that was viewed.")
class PageView:
    viewed_at: DateTime | None = read(Entry("at"), Tag.ACTIVITY, "Time of the view, UTC; null if not reported.")
    url: str | None = entry("url", Tag.ACTIVITY, "URL or path of the page or screen.")
    sku: str | None = entry("sku", Tag.ACTIVITY, "SKU of the product shown; null for other pages.")


@planned("Question of a survey with the customer's answer.")
class SurveyAnswer:
    question: str | None = entry("question", Tag.FREE_TEXT, "Wording of the question.")
    answer: str | None = entry("answer", Tag.FREE_TEXT, "Answer of the customer.")


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
    if own.type in LISTED:
        return entries("COALESCE({v}." + own.name + ", '[]')", own_tag(own), own.description)
    return prop(TEXT_READINGS.get(own.type, "{{v}}.{name}").format(name=own.name), own_tag(own), own.description)


def interaction_type(row: TouchpointKind) -> Any:
    """Return the GraphQL type of one kind: what all touchpoints have, and its own fields."""
    body: dict[str, Any] = {own.name: own_field(own) for own in row.fields}
    body["__annotations__"] = {own.name: TYPES[own.type] for own in row.fields}
    body["__module__"] = __name__
    meaning = f"{in_two_languages(row.kind)}, a touchpoint of the kind {row.kind}."
    described = planned(meaning)
    return described(type(row.label, (Touchpoint, Node), body))


INTERACTIONS: tuple[Any, ...] = tuple(interaction_type(row) for row in TOUCHPOINTS.values() if row.kind not in (ORDER, RETURN))
