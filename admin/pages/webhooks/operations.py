"""The GraphQL operations of the pages of webhooks."""

from __future__ import annotations

from typing import Any

WEBHOOKS = "query Webhooks { changeTypes webhookEndpoints { id url types enabled offReason createdAt } }"
WEBHOOK = """
query Webhook($id: ID!, $state: WebhookDeliveryState, $deliveries: String) {
  changeTypes
  webhookEndpoint(id: $id) {
    id url types enabled offReason offAt createdAt createdBy formerSecretUntil
    deliveries(first: 30, after: $deliveries, state: $state) {
      edges { node {
        id messageId type state cursor createdAt repeated nextAttemptAt
        attempts { attemptedAt status failure answer milliseconds }
      } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""
CREATE = """
mutation Create($input: WebhookEndpointCreateInput!) {
  done: webhookEndpointCreate(input: $input) { endpoint { id url } secret userErrors { message } }
}
"""
UPDATE = """
mutation Update($input: WebhookEndpointUpdateInput!) { done: webhookEndpointUpdate(input: $input) { userErrors { message } } }
"""
DELETE = """
mutation Delete($input: WebhookEndpointDeleteInput!) { done: webhookEndpointDelete(input: $input) { userErrors { message } } }
"""
ROTATE = """
mutation Rotate($input: WebhookEndpointRotateSecretInput!) {
  done: webhookEndpointRotateSecret(input: $input) { endpoint { id url } secret userErrors { message } }
}
"""
TEST = "mutation Test($input: WebhookTestInput!) { done: webhookTest(input: $input) { userErrors { message } } }"
REPLAY = "mutation Replay($input: WebhookReplayInput!) { done: webhookReplay(input: $input) { userErrors { message } } }"
NO_ENDPOINT = "V2ViaG9va0VuZHBvaW50Om5vbmU"
"""A global id that no endpoint has."""
PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = (
    (WEBHOOKS, {}),
    (WEBHOOK, {"id": NO_ENDPOINT, "state": None, "deliveries": None}),
    (WEBHOOK, {"id": NO_ENDPOINT, "state": "FAILED", "deliveries": None}),
)
