"""Identifiers: phones, mails, cards, accounts, and how a customer holds them."""

from __future__ import annotations

from typing import LiteralString

from resolvers.access.tags import Tag
from resolvers.engine.node import Node
from resolvers.engine.planner import part, planned, prop
from resolvers.values.scalars import DateTime
from resolvers.values.words import IdentifierKind, IdentifierState, Sharing

# (:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer)
CUSTOMERS: LiteralString = """CASE WHEN {v}.state = 'BLOCKED' OR {v}.reason = 'NAMES' THEN null ELSE COUNT {{
  UNWIND [{v}] AS {i} MATCH ({i})<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->({c}:Customer)
  RETURN DISTINCT {c} LIMIT 100
}} END"""


@planned("Something that tells who somebody may be: a telephone number, a mail address, a card ...")
class Identifier(Node):
    kind: IdentifierKind = prop("{v}.kind", Tag.PUBLIC, "Which sort of number, address or account this is.")
    scope: str = prop("COALESCE({v}.scope, '')", Tag.PUBLIC, "Within what the value is unique; empty if everywhere.")
    value: str = prop("{v}.value", Tag.CONTACT, "The value as it is compared: E.164, lower case ...")
    sharing: Sharing = prop(
        "COALESCE({v}.sharing, 'UNKNOWN')", Tag.PUBLIC, "Whether one person, a household, a company or anybody stands behind it."
    )
    state: IdentifierState = prop("COALESCE({v}.state, 'ACTIVE')", Tag.PUBLIC, "What it may still be used for.")
    customer_count: int | None = prop(
        CUSTOMERS,
        Tag.IDENTITY,
        "How many customers hold it, counted up to 100; null for one that is blocked or that too many people give: "
        "it is never followed.",
    )


@planned("An identifier as one customer holds it, over all source records.")
class CustomerIdentifier:
    identifier: Identifier = part(Tag.CONTACT, "The number, address or account that they hold.", names={"v": "{v}.identifier"})
    verified: bool | None = prop("{v}.verified", Tag.IDENTITY, "Whether a source has verified it; null if none said.")
    first_seen: DateTime | None = prop("{v}.first_seen", Tag.IDENTITY, "When a source first gave it, UTC.")
    last_seen: DateTime | None = prop("{v}.last_seen", Tag.IDENTITY, "When a source last gave it, UTC.")
    valid_from: DateTime | None = prop("{v}.valid_from", Tag.IDENTITY, "Since when it is theirs, UTC, if told.")
    valid_to: DateTime | None = prop("{v}.valid_to", Tag.IDENTITY, "Until when it was theirs, UTC, if told.")
