"""The words of webhooks: how a delivery stands, and why an attempt or an endpoint failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from graph.webhooks.delivering import GONE
from graph.webhooks.delivery import DELIVERED, FAILED, QUEUED, REDIRECTED, REFUSED, TIMEOUT, UNREACHABLE, WAITING
from resolvers.engine.enums import words

if TYPE_CHECKING:
    # To a type checker a word is text, as in `words.py`.
    WebhookDeliveryState: TypeAlias = str
    WebhookFailure: TypeAlias = str
    WebhookOffReason: TypeAlias = str
else:
    WebhookDeliveryState = words(
        "WebhookDeliveryState",
        "How a delivery stands.",
        {
            QUEUED: "Waits until an earlier delivery of the same key is done.",
            WAITING: "Is sent at `nextAttemptAt`, for the first time or again.",
            DELIVERED: "The endpoint has answered with a status of 200 to 299.",
            FAILED: "Given up after the last attempt.",
        },
    )
    WebhookFailure = words(
        "WebhookFailure",
        "Why an attempt failed, where the status of the answer does not tell it.",
        {
            TIMEOUT: "No whole answer within 20 seconds.",
            UNREACHABLE: "No connection, no TLS for this name, or an answer that is no HTTP.",
            REFUSED: "The host has no address any more, or one that nothing is sent to.",
            REDIRECTED: "The endpoint answered with a redirect, which is not followed.",
        },
    )
    WebhookOffReason = words(
        "WebhookOffReason",
        "Why an endpoint was switched off by the server.",
        {GONE: "It answered with the status 410."},
    )
