"""Endpoints of webhooks, and the log of what was sent to each."""

from __future__ import annotations

from typing import Annotated, LiteralString

import strawberry

from graph.changes.types import CHANGE_TYPES
from resolvers.access.tags import Tag
from resolvers.engine import cursors, ids
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import Argument, entries, entry, one, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Choice, Given, Many, One, Page, Parameters
from resolvers.live.subscription import CURSOR
from resolvers.timeline.seeks import NEWEST
from resolvers.values.scalars import DateTime
from resolvers.webhooks.words import WebhookDeliveryState, WebhookFailure, WebhookOffReason

BY_ID: LiteralString = "MATCH ({n}:WebhookEndpoint {{id: ${id}}})"
ENDPOINTS: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:WebhookEndpoint {{id: {id}}})"
DELIVERIES: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:WebhookDelivery {{id: {id}}})"
ALL: LiteralString = "MATCH ({n}:WebhookEndpoint) WITH {n} ORDER BY {n}.created_at, {n}.id"
# Positions count up for each endpoint
LOG: LiteralString = """
MATCH ({d}:WebhookDelivery) USING INDEX SEEK {d}:WebhookDelivery(endpoint, position)
WHERE {d}.endpoint = {v}.id AND {d}.position < ${after}
WITH {d} AS {n} ORDER BY {n}.endpoint DESC, {n}.position DESC LIMIT ${limit}
"""
COUNTED: LiteralString = "COUNT {{ MATCH ({d}:WebhookDelivery) WHERE {d}.endpoint = {v}.id }}"
LOG_OF_STATE: LiteralString = """
MATCH ({d}:WebhookDelivery) USING INDEX SEEK {d}:WebhookDelivery(endpoint, state, position)
WHERE {d}.endpoint = {v}.id AND {d}.state = ${state} AND {d}.position < ${after}
WITH {d} AS {n} ORDER BY {n}.endpoint DESC, {n}.state DESC, {n}.position DESC LIMIT ${limit}
"""
COUNTED_OF_STATE: LiteralString = "COUNT {{ MATCH ({d}:WebhookDelivery) WHERE {d}.endpoint = {v}.id AND {d}.state = ${state} }}"


def cursor_at(seq: int | None) -> str | None:
    return None if seq is None else cursors.encode(CURSOR, str(seq))


@planned("One attempt to deliver a message.")
class WebhookAttempt:
    attempted_at: DateTime = entry("attemptedAt", Tag.PUBLIC, "Time at which the attempt ended, UTC.")
    status: int | None = entry("status", Tag.PUBLIC, "HTTP status of the answer; null where there was none.")
    failure: WebhookFailure | None = entry(
        "failure", Tag.PUBLIC, "Why it failed where the status does not tell it; null otherwise."
    )
    answer: str | None = entry(
        "answer", Tag.FREE_TEXT, "Beginning of the answer, up to 1,000 bytes, as the endpoint wrote it; null for an empty one."
    )
    milliseconds: int = entry("milliseconds", Tag.PUBLIC, "Duration of the attempt in milliseconds.")


@planned("Message to an endpoint, and every attempt to deliver it. Read by administrators.")
class WebhookDelivery(Node):
    message_id: str = prop(
        "{v}.message", Tag.PUBLIC, "The `webhook-id` of the request, the same on each attempt and each repeat."
    )
    type: str = prop("{v}.type", Tag.PUBLIC, "Type of the change, for example `customer.merged`; `webhook.test` of a test.")
    state: WebhookDeliveryState = prop("{v}.state", Tag.PUBLIC, "How it stands.")
    cursor: str | None = prop(
        "{v}.seq", Tag.PUBLIC, "Cursor of the change, for `changes(after:)` and `webhookReplay`; null of a test.", form=cursor_at
    )
    created_at: DateTime = prop("{v}.made_at", Tag.PUBLIC, "Time at which it was to be sent first, UTC.")
    repeated: bool = prop(
        "COALESCE({v}.repeated, false)", Tag.PUBLIC, "Whether somebody had it sent once more by `webhookReplay`."
    )
    next_attempt_at: DateTime | None = prop(
        "CASE {v}.state WHEN 'WAITING' THEN {v}.next_at END", Tag.PUBLIC, "Time of the next attempt, UTC; null where none is set."
    )
    attempts: list[WebhookAttempt] = entries("{v}.attempts", Tag.PUBLIC, "Attempts so far, the first one first.")
    endpoint: Annotated[WebhookEndpoint, strawberry.lazy("resolvers.webhooks.endpoint")] | None = one(
        "MATCH ({n}:WebhookEndpoint {{id: {v}.endpoint}})", Tag.PUBLIC, "Where it goes; null once that was removed."
    )


WebhookDeliveryConnection = Connection[WebhookDelivery]


def seek(given: Given) -> Page:
    return WHOLE_LOG if given.get("state") is None else OF_STATE


def of_state(given: Given, _: Parameters) -> Parameters:
    return {"state": given["state"]}


WHOLE_LOG = Page("deliveries", LOG, "{v}.position", COUNTED, NEWEST)
OF_STATE = Page("deliveries", LOG_OF_STATE, "{v}.position", COUNTED_OF_STATE, NEWEST, bounds=of_state)


@planned("Address of an app that is told of changes by signed requests. Read by administrators.")
class WebhookEndpoint(Node):
    url: str = prop("{v}.url", Tag.INTERNAL, "URL that requests are posted to.")
    types: list[str] = prop("{v}.types", Tag.PUBLIC, "Types of changes that it is told of, see `changeTypes`; empty for all.")
    enabled: bool = prop("{v}.enabled", Tag.PUBLIC, "Whether anything is sent to it.")
    off_reason: WebhookOffReason | None = prop(
        "{v}.off_reason", Tag.PUBLIC, "Why the server has switched it off; null where it has not."
    )
    off_at: DateTime | None = prop("{v}.off_at", Tag.PUBLIC, "Time at which it was switched off, UTC; null while it is on.")
    created_at: DateTime = prop("{v}.created_at", Tag.PUBLIC, "Time at which it was created, UTC.")
    created_by: str = prop("{v}.created_by", Tag.INTERNAL, "Account of the person, or client id of the program, that created it.")
    former_secret_until: DateTime | None = prop(
        "{v}.keys_until[1]", Tag.PUBLIC, "Time until which the former secret signs too, UTC; null if there was none."
    )
    cursor: str = prop("{v}.passed", Tag.PUBLIC, "Cursor of the last change of which deliveries were made.", form=cursor_at)
    deliveries: WebhookDeliveryConnection = read(
        Choice(seek),
        Tag.PUBLIC,
        "Log of deliveries, newest first.",
        {"state": Argument(WebhookDeliveryState | None, "Only deliveries that stand so; null for all.", None), **PAGING},
    )


def by_id(given: Given) -> Parameters:
    return {"id": ids.decode_as("WebhookEndpoint", given["id"])}


webhook_endpoint = read(
    One(BY_ID, bind=by_id),
    Tag.PUBLIC,
    "Endpoint by its id; null if there is none.",
    {"id": Argument(strawberry.ID, "Global id of the endpoint.")},
)
webhook_endpoints = read(Many(ALL), Tag.PUBLIC, "All endpoints, at most 50, the oldest first.")


def change_types() -> list[str]:
    return list(CHANGE_TYPES)
