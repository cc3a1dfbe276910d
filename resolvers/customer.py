"""Customers: who somebody is over all systems, and everything that is known of them."""

from __future__ import annotations

from functools import partial

import strawberry

from resolvers import ids
from resolvers.attention import AttentionConnection, attention
from resolvers.connections import Connection
from resolvers.field_origin import FIELD_ORIGINS, FieldOrigin
from resolvers.figures import CHANNEL_MIX, SPEND_BY_MONTH, ChannelCount, MonthlySpend
from resolvers.identifier import CustomerIdentifier
from resolvers.money import Money
from resolvers.node import Node
from resolvers.order import OrderConnection
from resolvers.planner import many, one, page, part, planned, prop, told
from resolvers.planner.fields import PAGING, Argument, read
from resolvers.roles import STAFF
from resolvers.scalars import Date, DateTime
from resolvers.source_record import SourceRecord
from resolvers.store import Store
from resolvers.timeline import LAST_SEEN, ORDERS, TIMELINE, TimelineFilter
from resolvers.touchpoint import Touchpoint
from resolvers.words import Channel, CustomerKind, CustomerStatus, Gender

CustomerIdentifierConnection = Connection[CustomerIdentifier]
SourceRecordConnection = Connection[SourceRecord]
TouchpointConnection = Connection[Touchpoint]


@planned("A name in its parts.", readers=STAFF)
class NameParts:
    family: str | None = prop("{v}.name_family", "Family name.")
    given: str | None = prop("{v}.name_given", "Given name.")
    family_kana: str | None = prop("{v}.kana_family", "Reading of the family name.")
    given_kana: str | None = prop("{v}.kana_given", "Reading of the given name.")


@planned("Plain figures about a customer.", readers=STAFF)
class CustomerMetrics:
    order_count: int = prop("COALESCE({v}.order_count, 0)", "How many orders they placed; cancelled ones do not count.")
    spend: list[Money] = many(
        "UNWIND {v}.spend AS {n}",
        "What they spent, one amount for each currency.",
        names={"units": "toInteger(split({v}, ':')[1])", "currency": "split({v}, ':')[0]"},
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
    },
)
class Customer(Node):
    requested_id: strawberry.ID | None = prop(
        "{requested}",
        "The id that was asked for, where that customer went into this one.",
        form=partial(ids.encode, "Customer"),
    )
    kind: CustomerKind = prop("{v}.kind", "Whom it stands for.")
    status: CustomerStatus = prop("{v}.status", "Whether it is the one to use.")
    version: int = prop("{v}.version", "Grows with every change of who belongs to it.")
    name: str | None = prop("{v}.name", "Full name as shown.")
    kana: str | None = prop("{v}.kana", "Reading of the full name.")
    name_parts: NameParts = part("The name in its parts.")
    birth_date: Date | None = prop("{v}.birth_date", "Birth date.")
    gender: Gender | None = prop("{v}.gender", "Gender as given.")
    language: str | None = prop("{v}.language", "Language they want to be addressed in, BCP 47.")
    address: str | None = prop("{v}.address", "Address in one line.")
    phone: str | None = prop("{v}.phone", "Telephone number to use first, E.164.")
    email: str | None = prop("{v}.email", "Mail address to use first.")
    identifiers: CustomerIdentifierConnection = page(
        "identifiers",
        """
        UNWIND {records} AS {s} MATCH ({s})-[{h}:HAS_IDENTIFIER]->({i}:Identifier)
        WITH {i}, {i}.kind + ':' + {i}.id AS {key}, COLLECT({h}.verified) AS {verified},
             MIN({h}.first_seen) AS {first}, MAX({h}.last_seen) AS {last},
             CASE COUNT({h}.valid_from) WHEN COUNT({h}) THEN MIN({h}.valid_from) END AS {from},
             CASE COUNT({h}.valid_to) WHEN COUNT({h}) THEN MAX({h}.valid_to) END AS {to}
        WHERE {key} > ${after}
        WITH * ORDER BY {key} LIMIT ${limit}
        WITH {{key: {key}, identifier: {i}, first_seen: {first}, last_seen: {last}, valid_from: {from}, valid_to: {to},
               verified: CASE WHEN true IN {verified} THEN true WHEN false IN {verified} THEN false END}} AS {n}
        """,
        "Their identifiers, by kind.",
        key="{v}.key",
        count="COUNT {{ UNWIND {records} AS {s} MATCH ({s})-[:HAS_IDENTIFIER]->({i}:Identifier) RETURN DISTINCT {i} }}",
    )
    sources: SourceRecordConnection = page(
        "sources",
        """
        UNWIND {records} AS {n} WITH {n}, {n}.source + ':' + {n}.id AS {key} WHERE {key} > ${after}
        WITH {n} ORDER BY {key} LIMIT ${limit}
        """,
        "The source records behind them, by system.",
        key="{v}.source + ':' + {v}.id",
        count="SIZE({records})",
    )
    orders: OrderConnection = read(ORDERS, "Their orders, newest first.", PAGING)
    timeline: TouchpointConnection = read(
        TIMELINE,
        "All that happened between them and the company, newest first.",
        {"filter": Argument(TimelineFilter | None, "Only these.", None), **PAGING},
    )
    attention: AttentionConnection = attention
    metrics: CustomerMetrics = part("Plain figures.")
    field_origins: list[FieldOrigin] = FIELD_ORIGINS
    masked_fields: list[str] = told(lambda _: [], "Names of the fields of this object that your role sees masked or not at all.")
