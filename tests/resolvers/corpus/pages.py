"""Pages and filters."""
# ruff: noqa: E501  (queries are written as one would type them)

from __future__ import annotations

from tests.resolvers.corpus.case import Case

REGULAR = {"id": "<regular>"}
HEAD = "query ($id: ID!, $filter: TimelineFilter, $first: Int, $after: String) { customer(by: {id: $id}) "
BARE = "query ($id: ID!) { customer(by: {id: $id}) "
PAGE = "{ totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id kind channel occurredAt } } }"
TIMELINE = HEAD + f"{{ timeline(filter: $filter, first: $first, after: $after) {PAGE} }} }}"

CASES = {
    "a first page of the usual size": Case(TIMELINE, REGULAR),
    "a largest page": Case(TIMELINE, {**REGULAR, "first": 100}),
    "an empty page of a full list": Case(TIMELINE, {**REGULAR, "first": 0}),
    "first that is null": Case(TIMELINE, {**REGULAR, "first": None, "after": None, "filter": None}),
    "a page after a cursor": Case(TIMELINE, {**REGULAR, "first": 7, "after": "<after_touchpoint>"}),
    "a page after the last": Case(TIMELINE, {**REGULAR, "after": "<last_touchpoint>"}),
    "a page after a cursor as it is written in the query": Case(
        '{ customer(by: {id: "<regular>"}) { timeline(first: 3, after: "<after_touchpoint>") { edges { cursor } } } }'
    ),
    "a cursor with padding": Case(TIMELINE, {**REGULAR, "first": 2, "after": "<after_touchpoint>=="}),
    "a page of orders after a cursor": Case(
        "query ($id: ID!, $first: Int, $after: String) { customer(by: {id: $id}) { orders(first: $first, after: $after) { totalCount edges { cursor "
        "node { number } } pageInfo { hasNextPage } } } }",
        {**REGULAR, "first": 5, "after": "<after_order>"},
    ),
    "a page of lines after a cursor": Case(
        'query ($after: String) { order(by: {number: "A-1001"}) { lines(first: 10, after: $after) { totalCount pageInfo { hasNextPage '
        "hasPreviousPage } edges { node { number } } } } }",
        {"after": "<after_line>"},
    ),
    "a total alone": Case(
        BARE + "{ timeline { totalCount } orders { totalCount } sourceRecords { totalCount } identifiers { totalCount } } }",
        REGULAR,
    ),
    "page information alone": Case(BARE + "{ timeline { pageInfo { endCursor hasNextPage } } } }", REGULAR),
    "a timeline of one kind": Case(TIMELINE, {**REGULAR, "filter": {"kinds": ["STORE_VISIT"]}, "first": 50}),
    "a timeline of several kinds after a cursor": Case(
        TIMELINE, {**REGULAR, "filter": {"kinds": ["CALL", "ORDER", "CALL"]}, "after": "<after_touchpoint>"}
    ),
    "a timeline of no kind": Case(TIMELINE, {**REGULAR, "filter": {"kinds": []}}),
    "a timeline of one channel": Case(TIMELINE, {**REGULAR, "filter": {"channels": ["LINE"]}, "first": 50}),
    "a timeline by kinds and channels": Case(
        TIMELINE, {**REGULAR, "filter": {"kinds": ["CALL", "WEB_SESSION"], "channels": ["LINE", "APP"]}, "first": 9}
    ),
    "a timeline by kinds that are null": Case(TIMELINE, {**REGULAR, "filter": {"kinds": None, "channels": ["APP"]}, "first": 3}),
    "an empty filter": Case(TIMELINE, {**REGULAR, "filter": {}, "first": 3}),
    "a timeline between two instants": Case(
        TIMELINE, {**REGULAR, "filter": {"from": "2026-02-10T10:00:00+09:00", "to": "2026-02-12T01:00:00Z"}, "first": 50}
    ),
    "a timeline before an instant and after a cursor": Case(
        TIMELINE, {**REGULAR, "filter": {"to": "2026-02-20T00:00:00Z"}, "after": "<after_touchpoint>", "first": 5}
    ),
    "an instant that touchpoints have": Case(
        TIMELINE,
        {**REGULAR, "filter": {"from": "2026-02-10T02:00:00+09:00", "to": "2026-02-10T02:00:00.000001+09:00", "kinds": ["CALL"]}},
    ),
    "instants the wrong way round": Case(
        TIMELINE, {**REGULAR, "filter": {"from": "2026-03-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"}}
    ),
    "a filter written in the query with a variable within": Case(
        'query ($channel: Channel!, $from: DateTime = "2026-02-15T00:00:00Z") { customer(by: {id: "<regular>"}) { timeline(first: 4, '
        "filter: {kinds: [CALL, STORE_VISIT], channels: [$channel], from: $from}) { totalCount edges { node { kind channel occurredAt } } } } }",
        {"channel": "STORE"},
    ),
    "four filters side by side": Case(
        BARE
        + "{ all: timeline(first: 2) { totalCount } calls: timeline(first: 2, filter: {kinds: [CALL]}) { totalCount edges { node { id } } } "
        "line: timeline(first: 2, filter: {channels: [LINE]}) { totalCount edges { node { id } } } both: timeline(first: 2, filter: {kinds: "
        "[STORE_VISIT], channels: [STORE]}) { totalCount edges { node { id } } } } }",
        REGULAR,
    ),
    "all stores by pages": Case(
        "{ stores(first: 2) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id code name kind location { latitude longitude } "
        "timeZone openingHours } } } }"
    ),
    "all customers": Case(
        "{ customers(first: 100) { totalCount edges { cursor node { id name status } } pageInfo { hasNextPage } } }"
    ),
    "customers with what they have": Case(
        "{ customers(first: 4) { edges { node { name orders(first: 2) { edges { node { number } } } timeline(first: 2) { edges { node { summary } } } "
        "metrics { orderCount lastSeen } } } } }"
    ),
}
