"""The schema: the root fields, and every type that is only reached through an interface."""

from __future__ import annotations

from copy import copy

import strawberry
from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
)
from strawberry.schema.config import StrawberryConfig

from resolvers import node_by_id, several_by_id
from resolvers.access.policy import POLICY
from resolvers.access.readers import readers
from resolvers.access.roles import Role
from resolvers.activity.activity import Activity, activity
from resolvers.baskets import mutations as basket_mutations
from resolvers.cases import mutations as case_mutations
from resolvers.cases.availability import Availability, availability
from resolvers.cases.case import Case, CaseConnection, case
from resolvers.cases.channels import reply_channels
from resolvers.cases.counts import CaseCounts, case_counts
from resolvers.cases.lists import cases
from resolvers.cases.route import Route, route_of_nobody
from resolvers.cases.tables import CaseTables, case_tables
from resolvers.cases.team import Team, teams
from resolvers.catalogue.product import Product, product
from resolvers.catalogue.store import Store, StoreConnection, store, stores
from resolvers.coupons import mutations as coupon_mutations
from resolvers.coupons.coupon import Coupon, CouponConnection, coupon, coupons
from resolvers.coupons.quote import CouponQuote, coupon_quote
from resolvers.engine.context import Context
from resolvers.engine.mutation import Mutation, mutation_type
from resolvers.engine.node import Node
from resolvers.engine.planner.executor import PlannedExecutor, read_answers
from resolvers.engine.planner.fields import DEFINITION, is_planned, tag_of, type_reading_of
from resolvers.engine.planner.nullable import let_withheld_be_null
from resolvers.engine.planner.types import named, of_page
from resolvers.identity import deferring, explanation
from resolvers.identity import mutations as identity
from resolvers.identity.match_queue import MatchQueueConnection, match_queue
from resolvers.jobs import data_export
from resolvers.jobs import mutations as job_mutations
from resolvers.jobs.job import Job, JobConnection, job, jobs
from resolvers.live.events import SUBSCRIPTIONS
from resolvers.live.subscription import subscription_type
from resolvers.loyalty import mutations as points
from resolvers.loyalty.account import LoyaltyAccount, loyalty_account
from resolvers.offers import mutations as offer_mutations
from resolvers.orders import mutations as order_mutations
from resolvers.orders.order import Order, order, orders
from resolvers.orders.returned import Return
from resolvers.people import consent_record, customer_by
from resolvers.people import look_up as lookups
from resolvers.people.access_entry import AccessEntryConnection, accesses
from resolvers.people.customer import Customer
from resolvers.people.me import me
from resolvers.people.permission import CampaignPermission, campaign_permissions
from resolvers.stock import asking as stock_requests
from resolvers.stock import moving as stock_moving
from resolvers.stock import reservation as stock_reservation
from resolvers.threads import mutations as threads
from resolvers.touchpoints.calls import CallConnection, ongoing_calls
from resolvers.touchpoints.kind import KindName, touchpoint_kinds
from resolvers.touchpoints.touchpoint import INTERACTIONS, Touchpoint
from resolvers.values.scalars import SCALARS
from resolvers.values.words import Channel
from resolvers.webhooks import mutations as webhooks
from resolvers.webhooks.endpoint import WebhookEndpoint, change_types, webhook_endpoint, webhook_endpoints

MUTATIONS: tuple[Mutation, ...] = (
    *identity.MUTATIONS,
    *deferring.MUTATIONS,
    *consent_record.MUTATIONS,
    *job_mutations.MUTATIONS,
    *data_export.MUTATIONS,
    *webhooks.MUTATIONS,
    *threads.MUTATIONS,
    *case_mutations.MUTATIONS,
    *points.MUTATIONS,
    *order_mutations.MUTATIONS,
    *coupon_mutations.MUTATIONS,
    *basket_mutations.MUTATIONS,
    *offer_mutations.MUTATIONS,
    *stock_reservation.MUTATIONS,
    *stock_moving.MUTATIONS,
    *stock_requests.MUTATIONS,
)
"""The rows of all nouns."""


@strawberry.type(name="Viewer", description="The authenticated user or program.")
class ViewerType:
    name: str = strawberry.field(description="Subject of the token: the user's account or the program's client id.")
    roles: list[str] = strawberry.field(description="Roles of the viewer.")


def viewer(info: strawberry.Info[Context]) -> ViewerType:
    asking = info.context.viewer
    return ViewerType(name=asking.name, roles=sorted(asking.roles))


@strawberry.type(description="Root of all queries.")
class Query:
    viewer: ViewerType = strawberry.field(resolver=viewer, description="The authenticated viewer.", directives=[readers(Role)])
    node: Node | None = node_by_id.node
    me: Customer | None = me
    customer: Customer | None = customer_by.customer
    look_up: lookups.LookUp = lookups.look_up
    customer_lookup: list[lookups.CustomerSearchResult] = lookups.customer_lookup
    customers: lookups.CustomerConnection = lookups.customers
    customers_by_id: list[Customer] = several_by_id.customers_by_id
    touchpoints_by_id: list[Touchpoint] = several_by_id.touchpoints_by_id
    identity_path: explanation.IdentityPath | None = explanation.identity_path
    why_not: explanation.WhyNot | None = explanation.why_not
    match_queue: MatchQueueConnection = match_queue
    order: Order | None = order
    orders: list[Order] = orders
    store: Store | None = store
    stores: StoreConnection = stores
    product: Product | None = product
    loyalty_account: LoyaltyAccount | None = loyalty_account
    coupon: Coupon | None = coupon
    coupons: CouponConnection = coupons
    coupon_quote: CouponQuote = coupon_quote
    touchpoint_kinds: list[KindName] = strawberry.field(
        resolver=touchpoint_kinds,
        description="All kinds of touchpoints with their names.",
        directives=[readers(Role)],
    )
    activity: Activity = activity
    ongoing_calls: CallConnection = ongoing_calls
    campaign_permissions: list[CampaignPermission] = campaign_permissions
    accesses: AccessEntryConnection = accesses
    case: Case | None = case
    cases: CaseConnection = cases
    cases_by_id: list[Case] = several_by_id.cases_by_id
    case_counts: CaseCounts = case_counts
    reply_channels: list[Channel] = strawberry.field(
        resolver=reply_channels,
        description="Channels by which cases can be answered from here (`caseReply`); empty where none is set up.",
        directives=[readers(Role)],
    )
    teams: list[Team] = teams
    case_tables: CaseTables = case_tables
    availability: Availability | None = availability
    route: Route = route_of_nobody
    job: Job | None = job
    jobs: JobConnection = jobs
    webhook_endpoint: WebhookEndpoint | None = webhook_endpoint
    webhook_endpoints: list[WebhookEndpoint] = webhook_endpoints
    change_types: list[str] = strawberry.field(
        resolver=change_types,
        description="Types of changes, as `changes` and webhooks name them.",
        directives=[readers(Role)],
    )


class PlannedSchema(strawberry.Schema):
    """Strawberry's schema, and what it was turned into."""

    @property
    def definition(self) -> GraphQLSchema:
        """The schema as graphql-core has it."""
        return self._schema


def hold_to_one(schema: GraphQLSchema) -> None:
    """Let graphql-core itself hold `@oneOf` inputs to one member: it says of which variable and where the mistake is."""
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLInputObjectType):
            type_.is_one_of = type_.extensions[DEFINITION].is_one_of


def name_readers(schema: GraphQLSchema) -> None:
    """Print with every type that is read, its fields and the planned root fields which roles may read them."""
    for type_ in schema.type_map.values():
        if not isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            continue
        own = type_reading_of(type_) is not None
        if own:
            type_.extensions[DEFINITION].directives = [readers(POLICY.readers(type_.name))]
        for field in type_.fields.values():
            if is_planned(field):
                roles = POLICY.readers(type_.name if own else thing_of(field).name)
                definition = copy(field.extensions[DEFINITION])  # types share the fields of their interface
                definition.directives = [readers(roles & POLICY.seeing(tag_of(field)))]
                field.extensions[DEFINITION] = definition


def thing_of(field: GraphQLField) -> GraphQLNamedType:
    """Return what a root field gives: of a page, the things on it."""
    result = named(field)
    return of_page(result) if isinstance(result, GraphQLObjectType) and "edges" in result.fields else result


def build_schema() -> PlannedSchema:
    """Return the schema, sorted, so that it prints the same whoever builds it."""
    schema = PlannedSchema(
        query=Query,
        mutation=mutation_type(MUTATIONS),
        subscription=subscription_type(SUBSCRIPTIONS),
        types=[Order, Return, *INTERACTIONS],
        config=StrawberryConfig(scalar_map=SCALARS, sort_schema=True),
        execution_context_class=PlannedExecutor,
    )
    hold_to_one(schema.definition)
    let_withheld_be_null(schema.definition, POLICY)
    name_readers(schema.definition)
    read_answers(schema.definition)
    return schema
