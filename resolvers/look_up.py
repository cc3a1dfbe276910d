"""The look-up's types: who may be meant, and why; and the search by pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import strawberry

from resolvers.connections import Connection
from resolvers.customer import Customer
from resolvers.identifier import Identifier
from resolvers.planner import Argument, many, one, part, planned, prop
from resolvers.planner.fields import PAGING, read
from resolvers.planner.readings import Choice, Many
from resolvers.roles import STAFF
from resolvers.search import ALL, CANDIDATES, SEARCH, candidates
from resolvers.words import Language, MatchReasonKind

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "PHONE": {"JA": "電話番号 {} が一致しました", "EN": "The telephone number {} is theirs"},
    "CARD": {"JA": "カード・会員番号 {} が一致しました", "EN": "The card or member number {} is theirs"},
    "EMAIL": {"JA": "メールアドレス {} が一致しました", "EN": "The mail address {} is theirs"},
    "LINE": {"JA": "LINE ユーザー ID {} が一致しました", "EN": "The LINE user {} is theirs"},
    "IDENTIFIER": {"JA": "識別子 {} が一致しました", "EN": "The identifier {} is theirs"},
    "LAST_DIGITS": {"JA": "{} の末尾 4 桁が一致しました", "EN": "The last four characters of {} are the same"},
    "ORDER_NUMBER": {"JA": "注文番号 {} のお客様です", "EN": "They placed order {}"},
    "NAME": {"JA": "お名前「{}」が一致しました", "EN": "The name {} is like it"},
    "KANA": {"JA": "フリガナ「{}」が一致しました", "EN": "The reading {} is like it"},
}


def sentence(values: list[str], given: Mapping[str, Any]) -> str:
    kind, matched = values
    return SENTENCES[kind][given["language"]].format(matched)


@planned("Why a customer may be meant.", readers=STAFF)
class MatchReason:
    kind: MatchReasonKind = prop("{v}.kind", "What of them met the query.")
    exact: bool = prop("{v}.exact", "Whether all of it did.")
    matched: str = prop("{v}.matched", "The value that met it, as it is stored.")
    identifier: Identifier | None = part(
        "What was found by its value or last digits; null where a name or order met the query.",
        presence="{v}.identifier.id",
        names={"v": "{v}.identifier"},
    )
    sentence: str = prop(
        "[{v}.kind, {v}.matched]",
        "Why this customer may be meant, readable for staff, with the value that met.",
        form=sentence,
        arguments={"language": Argument(Language, "In which tongue to write it.", "JA")},
    )


@planned("Somebody who may be meant by a look-up, with how likely and why.", readers=STAFF)
class CustomerCandidate:
    customer: Customer = one("UNWIND [{v}.customer] AS {n}", "Whom the query may mean.")
    score: float = prop("{v}.score", "From 0 to 1: an exact identifier before an order number, last digits and names.")
    reasons: list[MatchReason] = many("UNWIND {v}.reasons AS {n}", "Why, the best reason first.")


@strawberry.input(description="What somebody said or typed, and how many candidates are wanted.")
class CustomerLookupInput:
    query: str = strawberry.field(
        description="A telephone number in any notation, a card or member number, a mail address, a LINE user id, "
        "an order number, the last four digits, a name or its reading. At most 200 characters count."
    )
    first: int = strawberry.field(default=10, description="How many candidates to give, 0 to 100.")


customer_lookup = read(
    Many(CANDIDATES, bind=candidates),
    "Who may be meant by what somebody says or types, the likeliest first.",
    {"input": Argument(CustomerLookupInput, "The words or digits, and how many candidates are wanted.")},
)
customers = read(
    Choice(lambda given: ALL if given.get("search") is None else SEARCH),
    "All customers by id, or those that a search finds by likelihood, at most 200.",
    {
        "search": Argument(
            str | None, "A name, reading, number or address, in any notation; at most 200 characters count. Null gives all.", None
        ),
        **PAGING,
    },
)
CustomerConnection = Connection[Customer]
