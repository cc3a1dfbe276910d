"""Customers: who somebody is over all systems, and everything that is known of them."""

from __future__ import annotations

from functools import partial

import strawberry

from graph.search.folding import romaji
from resolvers.access.roles import STAFF
from resolvers.catalogue.store import Store
from resolvers.engine import ids
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import many, one, page, part, planned, prop, told
from resolvers.engine.planner.fields import PAGING, Argument, read
from resolvers.identity.decision import DecisionConnection, decisions
from resolvers.identity.identifier import CustomerIdentifier
from resolvers.identity.match_candidate import CustomerMatchConnection, match_candidates
from resolvers.identity.source_record import SourceRecord
from resolvers.orders.order import OrderConnection
from resolvers.people.consent import CONSENTS, CustomerConsent
from resolvers.people.field_origin import FIELD_ORIGINS, FieldOrigin
from resolvers.people.figures import CHANNEL_MIX, SPEND_BY_MONTH, ChannelCount, MonthlySpend
from resolvers.people.household import HOUSEHOLD, Household
from resolvers.people.unattributed import POSSIBLE
from resolvers.timeline.seeks import LAST_SEEN, ORDERS, TIMELINE, TimelineFilter
from resolvers.touchpoints.attention import ANSWERED, AttentionConnection, attention
from resolvers.touchpoints.touchpoint import Touchpoint
from resolvers.values.money import Money
from resolvers.values.scalars import Date, DateTime
from resolvers.values.words import Channel, CustomerKind, CustomerStatus, Gender

CustomerIdentifierConnection = Connection[CustomerIdentifier]
SourceRecordConnection = Connection[SourceRecord]
TouchpointConnection = Connection[Touchpoint]


def in_latin(kana: str) -> str | None:
    """Return kana in Latin letters with capitals; None where there is anything else in it."""
    return romaji(kana).title() or None


@planned("Family and given name apart, each with its reading.", readers=STAFF)
class NameParts:
    family: str | None = prop("{v}.name_family", "Surname as written, mostly in kanji; null if no system told it apart.")
    given: str | None = prop("{v}.name_given", "First name as written, mostly in kanji; null if no system told it apart.")
    family_kana: str | None = prop("{v}.kana_family", "How the surname is pronounced, in full-width katakana.")
    given_kana: str | None = prop("{v}.kana_given", "How the first name is pronounced, in full-width katakana.")


@planned("Counts and sums over everything that a customer did.", readers=STAFF)
class CustomerMetrics:
    order_count: int = prop("COALESCE({v}.order_count, 0)", "How many orders they placed; cancelled ones do not count.")
    spend: list[Money] = many(
        "UNWIND {v}.spend AS {n}",
        "Sum of the totals of their orders, cancelled ones left out: one amount for each currency.",
        names={"money": "[toInteger(split({v}, ':')[1]), split({v}, ':')[0]]"},
    )
    last_seen: DateTime | None = prop(LAST_SEEN, "When their newest touchpoint was, UTC.")
    favourite_channel: Channel | None = prop("{v}.favourite_channel", "The channel of most of their touchpoints.")
    favourite_store: Store | None = one(
        "MATCH ({n}:Store {{id: {v}.favourite_store}})", "The store of most of their orders and visits."
    )
    channel_mix: list[ChannelCount] = CHANNEL_MIX
    spend_by_month: list[MonthlySpend] = SPEND_BY_MONTH


@planned(
    "A person as all systems together know them. Its values are computed from source records; nobody types into it.",
    readers=STAFF,
    shared={
        "records": "COLLECT {{ MATCH ({v})<-[:RESOLVES_TO]-({s}:SourceRecord) RETURN {s} }}",
        "requested": "null",
        "answered": ANSWERED,
    },
)
class Customer(Node):
    requested_id: strawberry.ID | None = prop(
        "{requested}",
        "The id that was asked for, where that customer went into this one.",
        form=partial(ids.encode, "Customer"),
    )
    kind: CustomerKind = prop("{v}.kind", "Whether this is a person.")
    status: CustomerStatus = prop("{v}.status", "Whether this is still the one to use, or went into another.")
    version: int = prop("{v}.version", "Whole number that grows with each change of records or golden values.")
    name: str | None = prop("{v}.name", "Family name, a space, given name: as it is to be shown and addressed.")
    kana: str | None = prop("{v}.kana", "How the whole name is pronounced, in full-width katakana.")
    romaji: str | None = prop("{v}.kana", "Reading of the full name in Latin letters, made from the kana.", form=in_latin)
    name_parts: NameParts = part("Surname and first name apart, with their readings.")
    former_names: list[str] = prop(
        "COALESCE({v}.former_names, [])",
        "What they were called under earlier surnames, before a marriage for one; found by search.",
    )
    birth_date: Date | None = prop("{v}.birth_date", "Day they were born, as `1988-08-08`; null unless a system told a real one.")
    gender: Gender | None = prop("{v}.gender", "What they said of themselves; null if not told.")
    language: str | None = prop("{v}.language", "Language they want to be addressed in, BCP 47.")
    address: str | None = prop("{v}.address", "Where they live, in one line as a system wrote it.")
    phone: str | None = prop("{v}.phone", "Number to call first, in E.164 like `+819012345678`.")
    email: str | None = prop("{v}.email", "Where to write first, in lower case.")
    identifiers: CustomerIdentifierConnection = page(
        "identifiers",
        """
        UNWIND {records} AS {s} MATCH ({s})-[{h}:HAS_IDENTIFIER]->({i}:Identifier)
        WITH {i}, COLLECT({h}) AS {held}, {i}.kind + ':' + {i}.id AS {key}
        WHERE {key} > ${after}
        WITH {{key: {key}, identifier: {i}, held: {held}}} AS {n} ORDER BY {key} LIMIT ${limit}
        """,
        "Every telephone, card, mail address and account that any record gave, ordered by kind.",
        key="{v}.key",
        count="COUNT {{ UNWIND {records} AS {s} MATCH ({s})-[:HAS_IDENTIFIER]->({i}:Identifier) RETURN DISTINCT {i} }}",
    )
    sources: SourceRecordConnection = page(
        "sources",
        """
        UNWIND {records} AS {n} WITH {n}, {n}.source + ':' + {n}.id AS {key} WHERE {key} > ${after}
        WITH {n} ORDER BY {key} LIMIT ${limit}
        """,
        "What each system says of them, ordered by name of the system.",
        key="{v}.source + ':' + {v}.id",
        count="SIZE({records})",
    )
    decisions: DecisionConnection = decisions
    match_candidates: CustomerMatchConnection = match_candidates
    orders: OrderConnection = read(ORDERS, "Their orders, newest first.", PAGING)
    timeline: TouchpointConnection = read(
        TIMELINE,
        "All that happened between them and the company, newest first.",
        {"filter": Argument(TimelineFilter | None, "Which touchpoints to keep; all if left out.", None), **PAGING},
    )
    possible_contacts: TouchpointConnection = read(
        POSSIBLE,
        "Contacts by a number or address of theirs that belong to nobody yet, newest first: `touchpointAssign` says whose.",
        PAGING,
    )
    household: Household | None = one(
        HOUSEHOLD, "Those with whom they share a home, a family telephone or mail; null if nobody does."
    )
    attention: AttentionConnection = attention
    consents: list[CustomerConsent] = CONSENTS
    metrics: CustomerMetrics = part("Counts and sums over all they did, kept up with every event.")
    field_origins: list[FieldOrigin] = FIELD_ORIGINS
    masked_fields: list[str] = told(lambda _: [], "Names of the fields of this object that your role sees masked or not at all.")
