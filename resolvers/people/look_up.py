"""The look-up's types: who may be meant, and why; and the search by pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import strawberry

from graph.search.spans import Span, name_spans, value_spans
from resolvers.access.roles import STAFF
from resolvers.engine.connections import Connection
from resolvers.engine.planner import Argument, entry, many, one, part, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Choice, Entries
from resolvers.identity.identifier import Identifier
from resolvers.orders.order import Order
from resolvers.people import search
from resolvers.people.customer import Customer
from resolvers.values.sentences import IN_WORDS, in_words
from resolvers.values.words import MatchReasonKind

SENTENCES: Mapping[str, tuple[str, str]] = {
    "PHONE": ("電話番号 {} が一致しました", "The telephone number {} is theirs"),
    "CARD": ("カード・会員番号 {} が一致しました", "The card or member number {} is theirs"),
    "EMAIL": ("メールアドレス {} が一致しました", "The mail address {} is theirs"),
    "LINE": ("LINE ユーザー ID {} が一致しました", "The LINE user {} is theirs"),
    "IDENTIFIER": ("識別子 {} が一致しました", "The identifier {} is theirs"),
    "LAST_DIGITS": ("{} の末尾 4 桁が一致しました", "The last four characters of {} are the same"),
    "ORDER_NUMBER": ("注文番号 {} のお客様です", "They placed order {}"),
    "NAME": ("お名前「{}」が一致しました", "The name {} is like it"),
    "KANA": ("フリガナ「{}」が一致しました", "The reading {} is like it"),
}


def sentence(values: list[str], language: str) -> str:
    """Return what met the query, with the value; `language` is `ja` or `en`."""
    kind, matched = values
    return SENTENCES[kind][language == "en"].format(matched)


def reason_spans(values: list[Any]) -> list[dict[str, Any]]:
    """Return what met the query in pieces; `values` are kind, exact, matched, kana, and the words that were typed."""
    kind, exact, matched, kana, words = values
    return spelt(name_spans((matched, kana), words) if kind in ("NAME", "KANA") else value_spans(matched, exact=exact))


def number_spans(number: str) -> list[dict[str, Any]]:
    return spelt(value_spans(number, exact=True))


def spelt(spans: list[Span]) -> list[dict[str, Any]]:
    return [{"text": text, "typed": typed} for text, typed in spans]


@planned("One piece of a found value; all pieces together are the value.", readers=STAFF)
class MatchSpan:
    text: str = entry("text", "The characters of this piece, as they are stored.")
    typed: bool = entry("typed", "Whether this piece is what was typed, however either is written.")


@planned("Why a customer may be meant.", readers=STAFF)
class MatchReason:
    kind: MatchReasonKind = prop("{v}.kind", "What of them met the query.")
    exact: bool = prop("{v}.exact", "Whether all of it did.")
    matched: str = prop("{v}.matched", "The value that met it, as it is stored.")
    matched_spans: list[MatchSpan] = read(
        Entries("[{v}.kind, {v}.exact, {v}.matched, {v}.kana, {v}.words]", reason_spans),
        "That value in pieces, to mark what was typed; of a name the first of name, kana and Latin letters that has it.",
    )
    identifier: Identifier | None = part(
        "What was found by its value or last digits; null where a name or order met the query.",
        presence="{v}.identifier.id",
        names={"v": "{v}.identifier"},
    )
    sentence: str = prop(
        "[{v}.kind, {v}.matched]",
        "Why this customer may be meant, readable for staff, with the value that met.",
        form=in_words(sentence),
        arguments=IN_WORDS,
    )


@planned("Somebody who may be meant by a look-up, with how likely and why.", readers=STAFF)
class CustomerCandidate:
    customer: Customer = one("UNWIND [{v}.customer] AS {n}", "Whom the query may mean.")
    score: float = prop("{v}.score", "From 0 to 1: an exact identifier before an order number, last digits and names.")
    reasons: list[MatchReason] = many("UNWIND {v}.reasons AS {n}", "Why, the best reason first.")


@planned("An order whose number was typed, whosever it is.", readers=STAFF)
class OrderCandidate:
    order: Order = part("The order that has the number.")
    matched_spans: list[MatchSpan] = read(
        Entries("{v}.number", number_spans), "Its number in pieces, to mark what was typed of it."
    )


@planned("What a typed text may mean: customers and orders.", readers=STAFF)
class LookUp:
    candidates: list[CustomerCandidate] = many(
        "{candidates} WITH {candidate} AS {n}", "Who may be meant, the likeliest first: by score, then who ordered most."
    )
    orders: list[OrderCandidate] = many(
        "{orders} WITH {order} AS {n}", "Orders that have this number, newest first; at most 20, since systems may number alike."
    )


QUERY_MEANING = (
    "A telephone number in any notation, a card or member number, a mail address, a LINE user id, "
    "an order number, the last four digits, a name or its reading. At most 200 characters count."
)
FIRST_MEANING = "How many candidates to give, 0 to 100."


@strawberry.input(description="What somebody said or typed, and how many candidates are wanted.")
class CustomerLookupInput:
    query: str = strawberry.field(description=QUERY_MEANING)
    first: int = strawberry.field(default=10, description=FIRST_MEANING)


@strawberry.input(description="What was typed, said or shown by a ringing telephone, and how many candidates are wanted.")
class LookUpInput:
    query: str = strawberry.field(description=QUERY_MEANING)
    first: int = strawberry.field(default=10, description=FIRST_MEANING)


look_up = read(
    Choice(lambda given: search.look_up(search.meant(given).form), search.read_input, search.form),
    "Who and which orders may be meant by what somebody types or says: its form tells what is looked for.",
    {"input": Argument(LookUpInput, "The words or digits, and how many candidates are wanted.")},
)
customer_lookup = read(
    Choice(lambda given: search.lookup(search.meant(given).form), search.read_input, search.form),
    "Who may be meant by what somebody says or types, the likeliest first: by score, then who ordered most.",
    {"input": Argument(CustomerLookupInput, "The words or digits, and how many candidates are wanted.")},
)
customers = read(
    Choice(search.pages, search.read_search, search.form),
    "All customers by id, or those that a search finds by likelihood, at most 200.",
    {
        "search": Argument(
            str | None, "A name, reading, number or address, in any notation; at most 200 characters count. Null gives all.", None
        ),
        **PAGING,
    },
)
CustomerConnection = Connection[Customer]
