"""What happened in a time, in a store, with a product and about an order."""
# ruff: noqa: E501  (queries are written as one would type them)

from __future__ import annotations

from tests.resolvers.corpus.case import MONEY, Case

PAGE = "{ totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id __typename occurredAt customer { name } } } }"
TIME = {"from": "2026-04-01T00:00:00+09:00", "to": "2026-05-01T00:00:00+09:00"}
HEAD = "query ($from: DateTime!, $to: DateTime!) { activity(from: $from, to: $to) "
COUNTS = HEAD + "{ counts { channel kind count } previous } }"
PAGES = HEAD + f"{{ orders(first: 3) {PAGE} interactions(first: 3) {PAGE} }} }}"
AFTER = "query ($after: String) { "

CASES = {
    "what happened in a month": Case(COUNTS, TIME),
    "what happened in a day that begins at midnight in Japan": Case(
        COUNTS, {"from": "2026-04-01T15:00:00Z", "to": "2026-04-02T15:00:00Z"}
    ),
    "nothing happened": Case(COUNTS, {"from": "2026-07-01T00:00:00Z", "to": "2026-07-02T00:00:00Z"}),
    "nothing ever happened before": Case(COUNTS, {"from": "2020-07-01T00:00:00Z", "to": "2020-07-02T00:00:00Z"}),
    "a time that ends before it begins": Case(COUNTS, {"from": TIME["to"], "to": TIME["from"]}),
    "a time that is too long": Case(COUNTS, {"from": "2026-01-01T00:00:00Z", "to": "2026-05-01T00:00:00Z"}, statements=0),
    "orders and interactions of a month": Case(PAGES, TIME),
    "two times side by side": Case(
        "query ($from: DateTime!, $to: DateTime!) { now: activity(from: $from, to: $to) { counts { count } } "
        'then: activity(from: "2026-02-01T00:00:00Z", to: $from) { counts { kind } } earlier: activity(from: "2026-02-10T00:00:00Z", to: "2026-02-11T00:00:00Z") { counts { count kind } } }',
        TIME,
        statements=None,
    ),
    "what each store sold": Case(HEAD + f"{{ stores {{ orders sales {MONEY} store {{ code name }} }} }} }}", TIME),
    "what waits for an answer": Case(
        HEAD + "{ unanswered(first: 100) { totalCount edges { node { kind occurredAt direction customer { name } } } } } }",
        {"from": "2026-05-01T00:00:00Z", "to": "2026-05-31T00:00:00Z"},
    ),
    "a page of interactions after a cursor of another list": Case(
        HEAD + '{ interactions(after: "<after_touchpoint>") { edges { cursor } } } }', TIME, statements=None
    ),
    "what a store sold and what happened there": Case(
        f'{{ store(by: {{code: "S001"}}) {{ name orders(first: 4) {PAGE} interactions(first: 4) {PAGE} }} }}'
    ),
    "a page of a store's orders after a cursor": Case(
        AFTER
        + 'store(by: {code: "S001"}) { orders(first: 5, after: $after) { edges { node { number } cursor } pageInfo { hasNextPage } } } }',
        {"after": "<after_store_order>"},
    ),
    "totals of a store": Case(
        '{ store(by: {code: "S001"}) { orders(first: 0) { totalCount } interactions(first: 0) { totalCount } regularCustomers(first: 0) { totalCount } } }'
    ),
    "a store that sold nothing": Case(
        f'{{ store(by: {{code: "S003"}}) {{ orders {PAGE} interactions {PAGE} regularCustomers {{ totalCount }} bestSellers {{ orders }} }} }}'
    ),
    "the best sellers of a store": Case(
        '{ store(by: {code: "S001"}) { bestSellers { orders quantity product { sku name } __typename } } }'
    ),
    "the regular customers of a store": Case(
        '{ store(by: {code: "S001"}) { regularCustomers(first: 1) { totalCount pageInfo { hasNextPage endCursor } edges { node { name metrics { orderCount } } } } } }'
    ),
    "what all stores sold last": Case(
        "{ stores { edges { node { code orders(first: 1) { edges { node { number total { amount } } } } } } } }"
    ),
    "who bought a product and who asked for it": Case(
        f'{{ product(by: {{sku: "PEN-1"}}) {{ orders {PAGE} interactions {PAGE} }} other: product(by: {{sku: "INK-1"}}) {{ orders {PAGE} }} }}',
        statements=None,
    ),
    "a product that nobody bought": Case('{ product(by: {sku: "CASE-1"}) { orders { totalCount edges { cursor } } } }'),
    "what refers to an order": Case(f'{{ order(by: {{number: "A-1001"}}) {{ number interactions {PAGE} }} }}'),
    "what refers to an order whose number nobody names": Case(f'{{ order(by: {{number: "A-1003"}}) {{ interactions {PAGE} }} }}'),
    "what refers to an order whose number is full of quotes": Case(
        "query ($number: String!) { order(by: {number: $number}) { number interactions(first: 1) { totalCount edges { node { occurredAt } } } } }",
        {"number": 'Q"1\\ OR *'},
    ),
    "orders by a number that two systems gave": Case('{ orders(number: " dup-１ ") { number occurredAt customer { name } } }'),
    "orders by a number that none has": Case(
        '{ orders(number: "none") { id } blank: orders(number: " ") { id } }', statements=None
    ),
    "why an order is whose it is": Case(
        '{ order(by: {number: "A-1001"}) { attribution { rule anonymous sentence en: sentence(language: EN) __typename } } }'
    ),
    "why a bare call is nobody's": Case(
        "query ($id: ID!) { node(id: $id) { ... on Call { attribution { rule anonymous sentence(language: EN) } customer { id } } } }",
        {"id": "</cti:bare-1>"},
    ),
    "how an order was handed over": Case(
        "query ($id: ID!) { order(by: {id: $id}) { fulfillments { method status storeCode carrier trackingNumber pickupCode "
        "plannedFor readyAt shippedAt deliveredAt note attributes } } "
        'other: order(by: {number: "A-1001"}) { fulfillments { note attributes } } }',
        {"id": "<A-1002>"},
        statements=None,
    ),
}
