"""Customers: who somebody is over all systems, and everything that is known of them."""

from __future__ import annotations

from functools import partial

import jaconv
import strawberry

from graph.search.folding import romaji
from resolvers.access.tags import Tag
from resolvers.baskets.basket import BASKET, Basket
from resolvers.baskets.seen import SEEN_PRODUCTS, ProductViewConnection
from resolvers.cases.case import CaseConnection
from resolvers.cases.of_customer import CASES, PROMISES_OF, THEIRS
from resolvers.cases.promise import PromiseConnection
from resolvers.cases.route import ROUTE, Route
from resolvers.catalogue.store import Store
from resolvers.coupons.issued import COUPON_REDEMPTIONS, COUPONS, IssuedCouponConnection
from resolvers.coupons.uses import CouponRedemptionConnection
from resolvers.engine import ids
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import from_viewer, many, one, page, part, planned, prop
from resolvers.engine.planner.covering import masked_fields
from resolvers.engine.planner.fields import PAGING, Argument, former, read
from resolvers.identity.decision import DecisionConnection, decisions
from resolvers.identity.identifier import CustomerIdentifier
from resolvers.identity.match_candidate import CustomerMatchCandidateConnection, match_candidates
from resolvers.identity.source_record import SourceRecord
from resolvers.loyalty.of_customer import LOYALTY, CustomerLoyalty
from resolvers.loyalty.standing import OF_RECORDS as POINTS
from resolvers.offers.offer import CUSTOMER_OFFERS, OfferConnection
from resolvers.orders.order import OrderConnection
from resolvers.people.access_entry import ACCESSES, AccessEntryConnection
from resolvers.people.consent import CONSENTS, CustomerConsent
from resolvers.people.field_origin import FIELD_ORIGINS, FieldOrigin
from resolvers.people.figures import CHANNEL_MIX, SPEND_BY_MONTH, ChannelCount, MonthlySpend
from resolvers.people.household import HOUSEHOLD, Household
from resolvers.people.permission import CONTACT_PERMISSIONS, MAY_CONTACT, ContactPermission
from resolvers.people.preferences import PREFERENCES, USUAL_SIZE, CustomerPreferences
from resolvers.people.unattributed import POSSIBLE
from resolvers.threads.of_customer import THREADS
from resolvers.threads.thread import ThreadConnection
from resolvers.timeline.seeks import LAST_SEEN, ORDERS, TIMELINE, TimelineFilter
from resolvers.touchpoints.attention import ANSWERED, AttentionConnection, attention
from resolvers.touchpoints.touchpoint import Touchpoint
from resolvers.values.money import Money
from resolvers.values.scalars import Date, DateTime
from resolvers.values.words import Channel, CustomerKind, CustomerStatus, Gender

CustomerIdentifierConnection = Connection[CustomerIdentifier]
SourceRecordConnection = Connection[SourceRecord]
TouchpointConnection = Connection[Touchpoint]


def full_width(kana: str) -> str:
    """Return a reading in full-width katakana, whatever width and kana its source writes."""
    return jaconv.hira2kata(jaconv.h2z(kana))


def in_latin(kana: str) -> str | None:
    """Return kana in Latin letters with capitals; None where there is anything else in it."""
    return romaji(kana).title() or None


@planned("Family and given name with their readings.")
class NameParts:
    family: str | None = prop("{v}.name_family", Tag.NAME, "Family name; null if not reported separately.")
    given: str | None = prop("{v}.name_given", Tag.NAME, "Given name; null if not reported separately.")
    family_kana: str | None = prop(
        "{v}.kana_family", Tag.NAME, "Reading of the family name in full-width katakana; null if not reported.", form=full_width
    )
    given_kana: str | None = prop(
        "{v}.kana_given", Tag.NAME, "Reading of the given name in full-width katakana; null if not reported.", form=full_width
    )


@planned("Counts, sums and preferences over all touchpoints of a customer.")
class CustomerMetrics:
    order_count: int = prop("COALESCE({v}.order_count, 0)", Tag.ACTIVITY, "Number of orders, without cancelled ones.")
    spend: list[Money] = many(
        "UNWIND {v}.spend AS {n}",
        Tag.MONEY,
        "Total of all orders, without cancelled and returned ones and without what was refunded, by currency.",
        names={"money": "[toInteger(split({v}, ':')[1]), split({v}, ':')[0]]"},
    )
    last_seen: DateTime | None = prop(LAST_SEEN, Tag.ACTIVITY, "Time of the newest touchpoint, UTC; null if there is none.")
    favourite_channel: Channel | None = prop(
        "{v}.favourite_channel", Tag.ACTIVITY, "Channel with the most touchpoints; null if there are none."
    )
    favourite_store: Store | None = one(
        "MATCH ({n}:Store {{id: {v}.favourite_store}})",
        Tag.ACTIVITY,
        "Store with the most orders and visits; null if there is none.",
    )
    channel_mix: list[ChannelCount] = CHANNEL_MIX
    spend_by_month: list[MonthlySpend] = SPEND_BY_MONTH
    preferences: CustomerPreferences = PREFERENCES
    usual_size: str | None = USUAL_SIZE


@planned(
    "Customer as known over all source systems. Its values are the golden record, computed from the "
    "source records; they cannot be edited.",
    shared={
        "records": "COLLECT {{ MATCH ({v})<-[:RESOLVES_TO]-({s}:SourceRecord) RETURN {s} }}",
        "requested": "null",
        "answered": ANSWERED,
        "theirs": THEIRS,
        "point_lots": POINTS,
    },
)
class Customer(Node):
    requested_id: strawberry.ID | None = prop(
        "{requested}",
        Tag.PUBLIC,
        "Global id that was requested, if that customer was merged into this one; otherwise null.",
        form=partial(ids.encode, "Customer"),
    )
    kind: CustomerKind = prop("{v}.kind", Tag.PUBLIC, "Kind of the customer.")
    status: CustomerStatus = prop("{v}.status", Tag.PUBLIC, "Whether the customer is active or was merged into another.")
    version: int = prop(
        "{v}.version",
        Tag.PUBLIC,
        "Version of the customer: an integer that grows with each change of its source records or golden values.",
    )
    name: str | None = prop("{v}.name", Tag.NAME, "Full name, family name first, separated by a space; null if not reported.")
    kana: str | None = prop(
        "{v}.kana", Tag.NAME, "Reading of the full name in full-width katakana; null if not reported.", form=full_width
    )
    romaji: str | None = prop(
        "{v}.kana",
        Tag.NAME,
        "Reading of the full name in Latin letters, derived from `kana`; null if there is none.",
        form=in_latin,
    )
    name_parts: NameParts = part(Tag.NAME, "Family and given name with their readings.")
    former_names: list[str] = prop(
        "COALESCE({v}.former_names, [])",
        Tag.NAME,
        "Former names of the customer, for example before marriage; search finds them too.",
    )
    birth_date: Date | None = prop(
        "{v}.birth_date",
        Tag.BIRTH,
        "Date of birth, for example `1988-08-08`; null if not reported or a default value such as 1900-01-01.",
    )
    gender: Gender | None = prop("{v}.gender", Tag.PROFILE, "Gender of the customer, as reported; null if not reported.")
    language: str | None = prop(
        "{v}.language", Tag.PROFILE, "Preferred language, a BCP 47 tag such as `ja`; null if not reported."
    )
    address: str | None = prop("{v}.address", Tag.ADDRESS, "Postal address of the customer in one line; null if not reported.")
    phone: str | None = prop(
        "{v}.phone", Tag.CONTACT, "Telephone number to call first, in E.164, for example `+819012345678`; null if there is none."
    )
    email: str | None = prop("{v}.email", Tag.CONTACT, "E-mail address of the customer, lower case; null if there is none.")
    identifiers: CustomerIdentifierConnection = page(
        "identifiers",
        """
        UNWIND {records} AS {s} MATCH ({s})-[{h}:HAS_IDENTIFIER]->({i}:Identifier)
        WITH {i}, COLLECT({h}) AS {held}, {i}.kind + ':' + {i}.id AS {key}
        WHERE {key} > ${after}
        WITH {{key: {key}, identifier: {i}, held: {held}}} AS {n} ORDER BY {key} LIMIT ${limit}
        """,
        Tag.CONTACT,
        "Identifiers of the customer from all source records, by kind.",
        key="{v}.key",
        count="COUNT {{ UNWIND {records} AS {s} MATCH ({s})-[:HAS_IDENTIFIER]->({i}:Identifier) RETURN DISTINCT {i} }}",
    )
    source_records: SourceRecordConnection = page(
        "source records",
        """
        UNWIND {records} AS {n} WITH {n}, {n}.source + ':' + {n}.id AS {key} WHERE {key} > ${after}
        WITH {n} ORDER BY {key} LIMIT ${limit}
        """,
        Tag.IDENTITY,
        "Source records of the customer, by source system.",
        key="{v}.source + ':' + {v}.id",
        count="SIZE({records})",
    )
    sources: SourceRecordConnection = former(source_records, "sourceRecords")
    decisions: DecisionConnection = decisions
    match_candidates: CustomerMatchCandidateConnection = match_candidates
    orders: OrderConnection = read(ORDERS, Tag.ACTIVITY, "Orders of the customer, newest first.", PAGING)
    timeline: TouchpointConnection = read(
        TIMELINE,
        Tag.ACTIVITY,
        "All touchpoints of the customer, newest first.",
        {"filter": Argument(TimelineFilter | None, "Filter of the touchpoints; all if omitted.", None), **PAGING},
    )
    threads: ThreadConnection = THREADS
    cases: CaseConnection = CASES
    promises: PromiseConnection = PROMISES_OF
    coupons: IssuedCouponConnection = COUPONS
    coupon_redemptions: CouponRedemptionConnection = COUPON_REDEMPTIONS
    basket: Basket = BASKET
    seen_products: ProductViewConnection = SEEN_PRODUCTS
    offers: OfferConnection = CUSTOMER_OFFERS
    possible_contacts: TouchpointConnection = read(
        POSSIBLE,
        Tag.ACTIVITY,
        "Anonymous contacts by an identifier of the customer that are not attributed to anybody, newest "
        "first; `touchpointAssign` assigns them.",
        PAGING,
    )
    loyalty: CustomerLoyalty = LOYALTY
    household: Household | None = one(
        HOUSEHOLD, Tag.ADDRESS, "Other customers at the same address, landline or family e-mail address; null if there are none."
    )
    attention: AttentionConnection = attention
    consents: list[CustomerConsent] = CONSENTS
    may_contact: ContactPermission = MAY_CONTACT
    contact_permissions: list[ContactPermission] = CONTACT_PERMISSIONS
    route: Route | None = ROUTE
    accesses: AccessEntryConnection = ACCESSES
    metrics: CustomerMetrics = part(Tag.ACTIVITY, "Counts, sums and preferences over all touchpoints of the customer.")
    field_origins: list[FieldOrigin] = FIELD_ORIGINS
    masked_fields: list[str] = from_viewer(
        masked_fields, "Names of the fields of this type that your role sees masked, in part or not at all."
    )
