"""The web application: one explicit route table, and what surrounds every request."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from admin.pages.sign_in.handlers import SignInPages
from admin.site import Server
from admin.site import routes as admin_routes
from api.access.access import access_by
from api.connectors.configured import TELEPHONES, configured
from api.connectors.mail.configured import company_of, mailbox_of
from api.connectors.mail.mailbox import follow_mailbox
from api.connectors.telephone.lost_ends import close_lost_calls
from api.http.answering import Answering
from api.http.body_limit import BodyLimit
from api.http.budgets import Budgets
from api.http.bulk_reading import BulkReading
from api.http.connectors import connector_routes, taken
from api.http.deadlines import Deadlines
from api.http.documents import Documents
from api.http.errors import ERROR_ANSWERS
from api.http.event_intake import EventIntake
from api.http.events import events_routes
from api.http.exports import export_routes
from api.http.graphql import graphql_routes
from api.http.health import health_routes
from api.http.languages import preferred_language
from api.http.live_pages import LivePages, page_answer
from api.http.playground.routes import playground_routes
from api.http.request_log import RequestLog
from api.http.response_headers import ResponseHeaders
from api.http.websocket import websocket_routes
from api.kafka.entrance import publishing
from api.process.audit_folder import journal_of
from api.process.background import background
from api.process.case_model import CurrentSorter
from api.process.case_rules import case_rules, case_tables
from api.process.cases import follow_cases, follow_tables
from api.process.data_exports import data_exporting
from api.process.job_kinds import erasing, exporting, job_kinds, keeping
from api.process.kept import kept
from api.process.local_keys import local_key
from api.process.orders import keep_following_orders
from api.process.points import points_programme
from api.process.points_upkeep import PointsUpkeep
from api.process.relay import relay
from api.process.settings import Settings
from api.process.upkeep import (
    ask_for_retention,
    end_coupon_reservations,
    end_pickups,
    end_stock_reservations,
    issue_coupons,
    rank_matches,
    remove_exports,
    run_jobs,
    tell_pickups,
)
from api.replies.senders import line_client, senders_of
from api.replies.sending import send_replies
from api.telemetry.looking import watch_disks, watch_graph, watch_loop, watch_queue
from api.telemetry.requests import RequestTelemetry
from api.webhooks.deliverer import deliver
from graph.baskets import following as baskets
from graph.cases.board import Board
from graph.changes.feed import Feed
from graph.coupons import following as coupons
from graph.identity.blocking import ListedValues
from graph.intake.queue import IntakeQueue
from graph.intake.record import record
from graph.orders.following import Follower
from graph.orders.settling_late import settle_late
from graph.orders.telling import Telling
from graph.replies.nodes import CHANNELS
from graph.stock.following import following as following_orders
from graph.store import Store
from graph.touchpoints.unended import unended_calls
from graph.webhooks.guard import Guard
from graph.words import CATALOGUE
from resolvers.access.viewer import Viewer
from resolvers.cases.channels import use_channels
from resolvers.cases.sorting import use_sorter
from resolvers.engine.sealing import use_key
from resolvers.live.following import Following
from resolvers.webhooks.installation import Installation, use_installation

PATIENCE_SECONDS = 25
"""For how long events are kept while the database is away: it may be on its way back, and clients wait for 30 or more."""


def create_app(
    settings: Settings,
    store: Store,
    listed: ListedValues,
    documents: Documents = Documents(),
    *,
    patience: float = PATIENCE_SECONDS,
) -> Starlette:
    """Return the application on an open store; `listed` identifies nobody. Its lifespan runs the writer of events.

    `patience` is for how many seconds events are kept while the database is away.
    """
    pages = SignInPages(CATALOGUE, preferred_language, settings.business_time_zone)
    access = access_by(settings, store, pages)
    queue = IntakeQueue(partial(record, store), settings.queue_capacity, patience)
    intake = EventIntake(queue, local_key(settings.data_folder, "digests"), listed, settings.business_time_zone)

    watch_queue(queue, settings.queue_capacity)
    use_key(local_key(settings.data_folder, "ids"))
    webhooks = Installation(local_key(settings.data_folder, "webhooks"), Guard(settings.webhook_loopback))
    use_installation(webhooks)
    journal = journal_of(settings)
    watch_disks({"graph": store.room, "read audit": journal.room})
    feed, board = Feed(store), Board(store)
    answering = Answering(store, journal, BulkReading(), Budgets(settings.cost_per_minute), documents, Following(store, feed))
    exports = exporting(settings, store)
    streams = publishing(settings)
    connectors = configured(settings)
    telephones = any(each.name in TELEPHONES for each in connectors)
    mailbox = mailbox_of(settings)
    company = company_of(settings) if mailbox else None
    tables = data_exporting(settings, store, journal)
    rules, (calendars, targets) = case_rules(settings), case_tables(settings)
    sorter = CurrentSorter(settings)
    use_sorter(sorter)
    points = PointsUpkeep(points_programme(settings))
    line = line_client()
    senders = senders_of(settings, line)
    use_channels(CHANNELS[kind] for kind in senders)
    kinds = job_kinds(exports, erasing(settings, store), keeping(settings, store, journal), tables)

    async def answer(query: str, variables: Mapping[str, Any], viewer: Viewer) -> Mapping[str, Any]:
        return await page_answer(answering.execute_readable(query, variables, viewer))

    async def may_explore(request: Request) -> bool:
        return settings.for_development or (await access.by_either(request)).may_explore

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        async with (
            line,
            background(
                queue,
                store,
                kept(settings),
                journal,
                run_jobs(store, kinds),
                remove_exports(store, exports.folder),
                relay(store),
                feed.run(),
                board.run(),
                deliver(store, webhooks.guard, webhooks.key),
                follow_cases(store, rules, sorter),
                follow_tables(store, calendars, targets),
                keep_following_orders(store, order_followers(settings, points.follow)),
                points.run(store),
                end_pickups(store),
                rank_matches(store),
                tell_pickups(store, pickups_told(settings, senders)),
                end_coupon_reservations(store),
                issue_coupons(store, settings.business_time_zone),
                end_stock_reservations(store),
                *([send_replies(store, senders, partial(taken, intake, "replies"))] if senders else []),
                ask_for_retention(store, settings.retention_days),
                *(stream(store) for stream in streams),
                *([watch_loop(), watch_graph(store)] if settings.metrics_port else []),
                *([close_lost_calls(partial(unended_calls, store), partial(taken, intake, "telephone"))] if telephones else []),
                *([follow_mailbox(mailbox, company, partial(taken, intake, "mail"))] if mailbox and company else []),
            ),
        ):
            yield

    app = Starlette(
        routes=[
            # In the order of how often they are asked: each is tried after the one before it.
            *events_routes(intake, access.by_token, settings.body_limit),
            *connector_routes(intake, connectors),
            *graphql_routes(answering, access.by_either),
            *websocket_routes(answering, access.by_socket),
            Route("/", to_pages),
            *health_routes(store, lambda: queue.has_writer, journal.room),
            *playground_routes(may_explore),
            *export_routes(answering, exports.folder, access.by_either),
            *admin_routes(
                Server(answer, access.by_page, LivePages(answering, access.by_page, board)),
                CATALOGUE,
                preferred_language,
                settings.business_time_zone,
            ),
            *access.signing_in.routes(),
        ],
        middleware=surroundings(settings),
        exception_handlers=ERROR_ANSWERS,
        lifespan=lifespan,
    )
    app.state.end_streams = feed.end
    return app


def order_followers(settings: Settings, points: Follower) -> tuple[Follower, ...]:
    """Return what takes up each order that came or changed; what is told late of an order comes before what it is worth."""
    return (settle_late, following_orders(settings.stock_of_orders), coupons.follow_order, baskets.follow_order, points)


def pickups_told(settings: Settings, kinds: Iterable[str]) -> Telling:
    """Return how customers are told of pick-ups; `kinds` are those of the identifiers that something sends to."""
    elsewhere = {source.strip() for source in settings.pickups_told_by.split(",")} - {""}
    return Telling(frozenset(CHANNELS[kind] for kind in kinds), elsewhere, settings.business_time_zone)


def surroundings(settings: Settings) -> list[Middleware]:
    """Return what surrounds every request."""
    return [
        Middleware(RequestTelemetry),
        Middleware(ResponseHeaders),
        Middleware(RequestLog),
        Middleware(Deadlines),
        Middleware(TrustedHostMiddleware, allowed_hosts=settings.hosts, www_redirect=False),
        Middleware(BodyLimit, limit=settings.body_limit),
    ]


async def to_pages(_: Request) -> Response:
    return RedirectResponse("/admin", status_code=303)
