"""Webhooks: the endpoints, what was sent to each, by state and page by page."""

from __future__ import annotations

from tests.resolvers.corpus.case import Case

ENDPOINT = "id url types enabled offReason offAt createdAt createdBy formerSecretUntil cursor"
DELIVERY = """id messageId type state cursor createdAt repeated nextAttemptAt endpoint { url }
  attempts { attemptedAt status failure answer milliseconds }"""
LOG = f"deliveries {{ totalCount edges {{ cursor node {{ {DELIVERY} }} }} pageInfo {{ hasNextPage endCursor }} }}"

CASES = {
    "every value of every endpoint": Case(f"{{ webhookEndpoints {{ {ENDPOINT} {LOG} }} }}"),
    "one endpoint": Case(f'{{ webhookEndpoint(id: "<hook-on>") {{ {ENDPOINT} }} }}'),
    "a page of its log": Case(
        '{ webhookEndpoint(id: "<hook-on>") { deliveries(first: 1) { edges { node { id } } pageInfo { endCursor } } } }'
    ),
    "what waits in its log": Case(
        '{ webhookEndpoint(id: "<hook-on>") { deliveries(state: WAITING) { totalCount edges { node { id state } } } } }'
    ),
    "an endpoint and a delivery by node": Case(
        '{ a: node(id: "<hook-off>") { id ... on WebhookEndpoint { url } } b: node(id: "<sent-2>") { id __typename } }',
        statements=2,
    ),
    "no such endpoint": Case('{ webhookEndpoint(id: "V2ViaG9va0VuZHBvaW50Om5vbmU") { id } }'),
    "the types of changes": Case("{ changeTypes }", statements=0),
}
