"""Identifiers: phones, mails, cards, accounts, and how a customer holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString, TypeAlias

from resolvers.access.tags import Tag
from resolvers.engine.connections import Connection
from resolvers.engine.enums import words
from resolvers.engine.node import Node
from resolvers.engine.planner import one, page, part, planned, prop
from resolvers.identity.source_record import SourceRecord
from resolvers.values.scalars import DateTime
from resolvers.values.words import IdentifierKind, IdentifierState, Sharing

if TYPE_CHECKING:
    # To a type checker a word is text, as in `words.py`.
    IdentifierReason: TypeAlias = str
else:
    IdentifierReason = words(
        "IdentifierReason",
        "Why an identifier links nobody.",
        {
            "LISTED": "It is on a list: a toll-free number, a number of the company, a default value.",
            "UNREADABLE": "Its text cannot be read as a value of its kind.",
            "PERSON": "An employee blocked it.",
            "NAMES": "It was reported with twenty given names or more (addresses of homes: forty).",
            "COMPONENT": "Too many source records hang together by it.",
        },
    )

# (:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer)
CUSTOMERS: LiteralString = """CASE WHEN {v}.state = 'BLOCKED' OR {v}.reason = 'NAMES' THEN null ELSE COUNT {{
  UNWIND [{v}] AS {i} MATCH ({i})<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->({c}:Customer)
  RETURN DISTINCT {c} LIMIT 100
}} END"""


# (:Identifier)<-[held:HAS_IDENTIFIER]-(:SourceRecord), found by its id, which is a part of
# what some fields have in its place
HOLDERS: LiteralString = """
MATCH (:Identifier {{id: COALESCE({v}.id, {v}.identifier.id, {v}.point.id)}})<-[{h}:HAS_IDENTIFIER]-({s}:SourceRecord)
WITH {h}, {s}, {s}.source + ':' + {s}.id AS {key} WHERE {key} > ${after}
WITH {{key: {key}, record: {s}, held: {h}}} AS {n} ORDER BY {n}.key LIMIT ${limit}
"""


@planned("Source record that reports an identifier, since when, and as whose.")
class IdentifierHolder:
    record: SourceRecord = one("UNWIND [{v}.record] AS {n}", Tag.IDENTITY, "The source record; its `customer` is who has it.")
    verified: bool | None = prop("{v}.held.verified", Tag.IDENTITY, "Whether the source has verified it; null if not reported.")
    first_seen: DateTime | None = prop("{v}.held.first_seen", Tag.IDENTITY, "Time at which the source first reported it, UTC.")
    last_seen: DateTime | None = prop("{v}.held.last_seen", Tag.IDENTITY, "Time at which the source last reported it, UTC.")
    valid_from: DateTime | None = prop("{v}.held.valid_from", Tag.IDENTITY, "Start of validity, UTC; null if not reported.")
    valid_to: DateTime | None = prop(
        "{v}.held.valid_to", Tag.IDENTITY, "End of validity, UTC; null if not reported or still valid."
    )


@planned("Identifier of a person: a telephone number, e-mail address, member number, card, account or device.")
class Identifier(Node):
    kind: IdentifierKind = prop("{v}.kind", Tag.PUBLIC, "Kind of the identifier.")
    scope: str = prop(
        "COALESCE({v}.scope, '')",
        Tag.PUBLIC,
        "Scope within which the value is unique, for example a LINE provider; empty if it is unique everywhere.",
    )
    value: str = prop("{v}.value", Tag.CONTACT, "Normalized value, for example E.164 or lower case.")
    sharing: Sharing = prop(
        "COALESCE({v}.sharing, 'UNKNOWN')",
        Tag.PUBLIC,
        "Who uses the identifier: one person, a household, an organization or anybody.",
    )
    state: IdentifierState = prop("COALESCE({v}.state, 'ACTIVE')", Tag.PUBLIC, "What the identifier may be used for.")
    undeliverable_since: DateTime | None = prop(
        "{v}.bounces[0]",
        Tag.PUBLIC,
        "Time since which mail to this address comes back for good, UTC; null for one to which that did not happen, or from "
        "which mail has come, or to which some was delivered, since then.",
    )
    customer_count: int | None = prop(
        CUSTOMERS,
        Tag.IDENTITY,
        "Number of customers that have it, counted up to 100; null if it is blocked or used with too many names.",
    )
    reason: IdentifierReason | None = prop("{v}.reason", Tag.PUBLIC, "Why it links nobody; null while it may link.")
    holders: Connection[IdentifierHolder] = page(
        "identifier holders",
        HOLDERS,
        Tag.IDENTITY,
        "Source records that report it, by source system.",
        key="{v}.key",
        count="COUNT {{ MATCH (:Identifier {{id: COALESCE({v}.id, {v}.identifier.id, {v}.point.id)}})<-[:HAS_IDENTIFIER]-() }}",
    )


# (:SourceRecord)-[held:HAS_IDENTIFIER]->(:Identifier): all of one customer's records; what nobody asks for is not worked out
FIRST: LiteralString = "reduce({m} = null, {x} IN {v}.held | CASE WHEN {m} IS NULL OR {x}.NAME < {m} THEN {x}.NAME ELSE {m} END)"
LAST: LiteralString = "reduce({m} = null, {x} IN {v}.held | CASE WHEN {m} IS NULL OR {x}.NAME > {m} THEN {x}.NAME ELSE {m} END)"
ALL_TELL: LiteralString = "CASE WHEN all({x} IN {v}.held WHERE {x}.NAME IS NOT NULL) THEN "


@planned("Identifier of a customer, over all source records.")
class CustomerIdentifier:
    identifier: Identifier = part(Tag.CONTACT, "The identifier.", names={"v": "{v}.identifier"})
    verified: bool | None = prop(
        "CASE WHEN any({x} IN {v}.held WHERE {x}.verified) THEN true "
        "WHEN any({x} IN {v}.held WHERE NOT {x}.verified) THEN false END",
        Tag.IDENTITY,
        "Whether a source has verified it; null if not reported.",
    )
    first_seen: DateTime | None = prop(
        FIRST.replace("NAME", "first_seen"), Tag.IDENTITY, "Time at which a source first reported it, UTC."
    )
    last_seen: DateTime | None = prop(
        LAST.replace("NAME", "last_seen"), Tag.IDENTITY, "Time at which a source last reported it, UTC."
    )
    valid_from: DateTime | None = prop(
        ALL_TELL.replace("NAME", "valid_from") + FIRST.replace("NAME", "valid_from") + " END",
        Tag.IDENTITY,
        "Start of validity, UTC; null if not reported.",
    )
    valid_to: DateTime | None = prop(
        ALL_TELL.replace("NAME", "valid_to") + LAST.replace("NAME", "valid_to") + " END",
        Tag.IDENTITY,
        "End of validity, UTC; null if not reported or still valid.",
    )
