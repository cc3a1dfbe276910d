"""The look-up's types: who may be meant, and why; and the search by pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import strawberry

from graph.search.spans import Span, name_spans, value_spans
from resolvers.access.tags import Cover, Derived, Tag
from resolvers.engine.connections import Connection
from resolvers.engine.planner import Argument, entry, many, one, part, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Choice, Entries
from resolvers.identity.identifier import Identifier
from resolvers.orders.order import Order
from resolvers.people import search
from resolvers.people.customer import Customer
from resolvers.touchpoints.touchpoint import Touchpoint
from resolvers.values.sentences import IN_WORDS, message_with_value
from resolvers.values.words import MatchReasonKind

NAMES = ("NAME", "KANA", "SIMILAR_NAME")
TAGS: Mapping[str, Tag] = {
    "ORDER_NUMBER": Tag.ACTIVITY,
    "ADDRESS": Tag.ADDRESS,
    "BIRTH_DATE": Tag.BIRTH,
    **dict.fromkeys(NAMES, Tag.NAME),
}
"""What is told by the value that met the query, by kind; of the others it is an identifier."""


def covered(values: list[str], cover: Cover) -> list[str]:
    kind, matched = values
    return [kind, cover(TAGS.get(kind, Tag.CONTACT), matched)]


def covered_spans(values: list[Any], cover: Cover) -> list[Any]:
    kind, exact, matched, kana, *typed = values
    return [kind, exact, cover(TAGS.get(kind, Tag.CONTACT), matched), cover(Tag.NAME, kana), *typed]


def value_of(values: list[str]) -> str:
    return values[1]


def reason_spans(values: list[Any]) -> list[dict[str, Any]]:
    """Return what met the query in pieces; `values` are kind, exact, matched, kana, and what was typed: words, first, last."""
    kind, exact, matched, kana, words, first, last = values
    if kind in NAMES:
        return spelt(name_spans((matched, kana), words))
    return spelt(value_spans(matched, exact=exact, first=first or 0, last=last or 0))


def number_spans(number: str) -> list[dict[str, Any]]:
    return spelt(value_spans(number, exact=True))


def spelt(spans: list[Span]) -> list[dict[str, Any]]:
    return [{"text": text, "typed": typed} for text, typed in spans]


MATCHING = frozenset({Tag.NAME, Tag.CONTACT, Tag.ACTIVITY, Tag.ADDRESS, Tag.BIRTH})
MATCHED, SPANS = Derived(MATCHING, covered), Derived(MATCHING, covered_spans)


@planned("Piece of a matched value; the pieces in order are the value.")
class MatchSpan:
    text: str = entry("text", Tag.PUBLIC, "Text of the piece, as stored.")
    typed: bool = entry("typed", Tag.PUBLIC, "Whether the piece is what was typed.")


@planned("Why a customer was found by a look-up.")
class MatchReason:
    kind: MatchReasonKind = prop("{v}.kind", Tag.PUBLIC, "Kind of value that matched.")
    exact: bool = prop("{v}.exact", Tag.PUBLIC, "Whether the whole value matched.")
    matched: str = prop("[{v}.kind, {v}.matched]", MATCHED, "Value that matched, as stored.", form=value_of)
    matched_spans: list[MatchSpan] = read(
        Entries("[{v}.kind, {v}.exact, {v}.matched, {v}.kana, {v}.words, {v}.first, {v}.last]", reason_spans),
        SPANS,
        "The matched value in pieces, to highlight what was typed; of a name the first of name, kana and Latin letters "
        "that contains it.",
    )
    identifier: Identifier | None = part(
        Tag.CONTACT,
        "Identifier that matched; null for a name or an order number.",
        presence="{v}.identifier.id",
        names={"v": "{v}.identifier"},
    )
    sentence: str = prop(
        "[{v}.kind, {v}.matched]",
        MATCHED,
        "The reason in words, for staff, with the value that matched.",
        form=message_with_value("match"),
        arguments=IN_WORDS,
    )


@planned("Customer found by a look-up, with what matched.")
class CustomerSearchResult:
    customer: Customer = one("UNWIND [{v}.customer] AS {n}", Tag.PUBLIC, "The customer.")
    score: float = prop(
        "{v}.score", Tag.PUBLIC, "Rank from 0 to 1: exact identifiers before order numbers, last digits and names."
    )
    reasons: list[MatchReason] = many("UNWIND {v}.reasons AS {n}", Tag.PUBLIC, "What matched, the best reason first.")


@planned("Order found by a look-up, with what matched of its number.")
class OrderSearchResult:
    order: Order = part(Tag.ACTIVITY, "The order.")
    matched_spans: list[MatchSpan] = read(
        Entries("{v}.number", number_spans), Tag.ACTIVITY, "The order number in pieces, to highlight what was typed."
    )


@planned("Customers and orders found by a look-up.")
class LookUp:
    candidate_count: int = prop("{counted}", Tag.PUBLIC, "Number of candidates, counted up to 200.")
    candidates: list[CustomerSearchResult] = many(
        "{candidates} WITH {candidate} AS {n}",
        Tag.PUBLIC,
        "Customers found, best score first, then by number of orders.",
    )
    orders: list[OrderSearchResult] = many(
        "{orders} WITH {order} AS {n}",
        Tag.PUBLIC,
        "Orders with the number, newest first, at most 20; several systems may use the same number.",
    )
    identifiers: list[Identifier] = many(
        "{kept} WITH {kept_of} AS {n}",
        Tag.CONTACT,
        "Identifiers of exactly this value, at most 5, whoever holds them, blocked ones too.",
    )
    contacts: list[Touchpoint] = many(
        "{contacts} WITH {contact} AS {n}",
        Tag.ACTIVITY,
        "Contacts that came by exactly this value and belong to nobody, newest first, at most 5.",
    )


QUERY_MEANING = (
    "Telephone number in any notation, card or member number, e-mail address, LINE user id or order number, each whole or by "
    "its first or last characters; name or reading, alone or with a date of birth, a town or a postal code. Text beyond 200 "
    "characters is ignored."
)
FIRST_MEANING = "Number of candidates, 0 to 100."


@strawberry.input(description="Text to look up and number of candidates.")
class CustomerLookupInput:
    query: str = strawberry.field(description=QUERY_MEANING)
    first: int = strawberry.field(default=10, description=FIRST_MEANING)


@strawberry.input(description="Text to look up and number of candidates.")
class LookUpInput:
    query: str = strawberry.field(description=QUERY_MEANING)
    first: int = strawberry.field(default=10, description=FIRST_MEANING)


look_up = read(
    Choice(lambda given: search.look_up(search.meant(given).form), search.read_input, search.form),
    Tag.PUBLIC,
    "Customers and orders that may be meant by a text; the form of the text decides what is searched.",
    {"input": Argument(LookUpInput, "Text to look up and number of candidates.")},
)
customer_lookup = read(
    Choice(lambda given: search.lookup(search.meant(given).form), search.read_input, search.form),
    Tag.PUBLIC,
    "Customers who may be meant by a text, best score first, then by number of orders.",
    {"input": Argument(CustomerLookupInput, "Text to look up and number of candidates.")},
)
customers = read(
    Choice(search.pages, search.read_search, search.form),
    Tag.PUBLIC,
    "All active customers by id, or the results of a search by score, at most 200.",
    {
        "search": Argument(
            str | None,
            "Name, reading, number or address in any notation; text beyond 200 characters is ignored. Null lists all customers.",
            None,
        ),
        **PAGING,
    },
)
CustomerConnection = Connection[Customer]
