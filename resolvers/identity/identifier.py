"""Identifiers: phones, mails, cards, accounts, and how a customer holds them."""

from __future__ import annotations

from typing import LiteralString

from resolvers.access.roles import STAFF
from resolvers.engine.node import Node
from resolvers.engine.planner import part, planned, prop
from resolvers.values.scalars import DateTime
from resolvers.values.words import IdentifierKind, IdentifierState, Sharing

# (:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer)
CUSTOMERS: LiteralString = """CASE WHEN {v}.state = 'BLOCKED' OR {v}.reason = 'NAMES' THEN null ELSE COUNT {{
  UNWIND [{v}] AS {i} MATCH ({i})<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->({c}:Customer)
  RETURN DISTINCT {c} LIMIT 100
}} END"""


@planned("Something that tells who somebody may be: a telephone number, a mail address, a card ...", readers=STAFF)
class Identifier(Node):
    kind: IdentifierKind = prop("{v}.kind", "Which sort of number, address or account this is.")
    scope: str = prop("COALESCE({v}.scope, '')", "Within what the value is unique; empty if everywhere.")
    value: str = prop("{v}.value", "The value as it is compared: E.164, lower case ...")
    sharing: Sharing = prop(
        "COALESCE({v}.sharing, 'UNKNOWN')", "Whether one person, a household, a company or anybody stands behind it."
    )
    state: IdentifierState = prop("COALESCE({v}.state, 'ACTIVE')", "What it may still be used for.")
    customer_count: int | None = prop(
        CUSTOMERS,
        "How many customers hold it, counted up to 100; null for one that is blocked or that too many people give: "
        "it is never followed.",
    )


# (:SourceRecord)-[held:HAS_IDENTIFIER]->(:Identifier): all of one customer's records; what nobody asks for is not worked out
FIRST: LiteralString = "reduce({m} = null, {x} IN {v}.held | CASE WHEN {m} IS NULL OR {x}.NAME < {m} THEN {x}.NAME ELSE {m} END)"
LAST: LiteralString = "reduce({m} = null, {x} IN {v}.held | CASE WHEN {m} IS NULL OR {x}.NAME > {m} THEN {x}.NAME ELSE {m} END)"
ALL_TELL: LiteralString = "CASE WHEN all({x} IN {v}.held WHERE {x}.NAME IS NOT NULL) THEN "


@planned("An identifier as one customer holds it, over all source records.", readers=STAFF)
class CustomerIdentifier:
    identifier: Identifier = part("The number, address or account that they hold.", names={"v": "{v}.identifier"})
    verified: bool | None = prop(
        "CASE WHEN any({x} IN {v}.held WHERE {x}.verified) THEN true "
        "WHEN any({x} IN {v}.held WHERE NOT {x}.verified) THEN false END",
        "Whether a source has verified it; null if none said.",
    )
    first_seen: DateTime | None = prop(FIRST.replace("NAME", "first_seen"), "When a source first gave it, UTC.")
    last_seen: DateTime | None = prop(LAST.replace("NAME", "last_seen"), "When a source last gave it, UTC.")
    valid_from: DateTime | None = prop(
        ALL_TELL.replace("NAME", "valid_from") + FIRST.replace("NAME", "valid_from") + " END",
        "Since when it is theirs, UTC, if told.",
    )
    valid_to: DateTime | None = prop(
        ALL_TELL.replace("NAME", "valid_to") + LAST.replace("NAME", "valid_to") + " END",
        "Until when it was theirs, UTC, if told.",
    )
