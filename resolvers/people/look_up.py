"""The look-up's types: who may be meant, and why; and the search by pages."""

from __future__ import annotations

from collections.abc import Mapping

import strawberry

from resolvers.access.tags import Cover, Derived, Tag
from resolvers.engine.connections import Connection
from resolvers.engine.planner import Argument, many, one, part, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Choice, Many
from resolvers.identity.identifier import Identifier
from resolvers.people.customer import Customer
from resolvers.people.search import ALL, CANDIDATES, SEARCH, candidates
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


TAGS: Mapping[str, Tag] = {"ORDER_NUMBER": Tag.ACTIVITY, "NAME": Tag.NAME, "KANA": Tag.NAME}
"""What is told by the value that met the query, by kind; of the others it is an identifier."""


def covered(values: list[str], cover: Cover) -> list[str]:
    kind, matched = values
    return [kind, cover(TAGS.get(kind, Tag.CONTACT), matched)]


def value_of(values: list[str]) -> str:
    return values[1]


MATCHED = Derived(frozenset({Tag.NAME, Tag.CONTACT, Tag.ACTIVITY}), covered)


@planned("Why a customer may be meant.")
class MatchReason:
    kind: MatchReasonKind = prop("{v}.kind", Tag.PUBLIC, "What of them met the query.")
    exact: bool = prop("{v}.exact", Tag.PUBLIC, "Whether all of it did.")
    matched: str = prop("[{v}.kind, {v}.matched]", MATCHED, "The value that met it, as it is stored.", form=value_of)
    identifier: Identifier | None = part(
        Tag.CONTACT,
        "What was found by its value or last digits; null where a name or order met the query.",
        presence="{v}.identifier.id",
        names={"v": "{v}.identifier"},
    )
    sentence: str = prop(
        "[{v}.kind, {v}.matched]",
        MATCHED,
        "Why this customer may be meant, readable for staff, with the value that met.",
        form=in_words(sentence),
        arguments=IN_WORDS,
    )


@planned("Somebody who may be meant by a look-up, with how likely and why.")
class CustomerCandidate:
    customer: Customer = one("UNWIND [{v}.customer] AS {n}", Tag.PUBLIC, "Whom the query may mean.")
    score: float = prop(
        "{v}.score", Tag.PUBLIC, "From 0 to 1: an exact identifier before an order number, last digits and names."
    )
    reasons: list[MatchReason] = many("UNWIND {v}.reasons AS {n}", Tag.PUBLIC, "Why, the best reason first.")


@strawberry.input(description="What somebody said or typed, and how many candidates are wanted.")
class CustomerLookupInput:
    query: str = strawberry.field(
        description="A telephone number in any notation, a card or member number, a mail address, a LINE user id, "
        "an order number, the last four digits, a name or its reading. At most 200 characters count."
    )
    first: int = strawberry.field(default=10, description="How many candidates to give, 0 to 100.")


customer_lookup = read(
    Many(CANDIDATES, bind=candidates),
    Tag.PUBLIC,
    "Who may be meant by what somebody says or types, the likeliest first: by score, then who ordered most.",
    {"input": Argument(CustomerLookupInput, "The words or digits, and how many candidates are wanted.")},
)
customers = read(
    Choice(lambda given: ALL if given.get("search") is None else SEARCH),
    Tag.PUBLIC,
    "All customers by id, or those that a search finds by likelihood, at most 200.",
    {
        "search": Argument(
            str | None, "A name, reading, number or address, in any notation; at most 200 characters count. Null gives all.", None
        ),
        **PAGING,
    },
)
CustomerConnection = Connection[Customer]
