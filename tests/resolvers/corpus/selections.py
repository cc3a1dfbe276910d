"""Selections: what is asked of a thing, in all the ways that GraphQL lets one write it."""
# ruff: noqa: E501  (queries are written as one would type them)

from __future__ import annotations

from tests.resolvers.corpus.case import MONEY, TOUCHPOINT, Case

MAYUMI = {"id": "<mayumi>"}
CUSTOMER = "query ($id: ID!) { customer(by: {id: $id}) "

CASES = {
    "all plain fields of a customer": Case(
        CUSTOMER + "{ id requestedId kind status version name kana birthDate gender language address phone email maskedFields "
        "nameParts { family given familyKana givenKana } } }",
        MAYUMI,
    ),
    "fields come in the order of the selection": Case(CUSTOMER + "{ name email id version kind } }", MAYUMI),
    "a customer of whom nothing is known": Case(
        CUSTOMER + "{ name kana birthDate gender phone nameParts { family given } metrics { orderCount spend { amount } lastSeen "
        "favouriteChannel favouriteStore { code name } } orders { edges { node { id } } totalCount } identifiers { totalCount "
        "edges { cursor } } timeline { edges { node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }",
        {"id": "<nothing>"},
    ),
    "an order whose parent is null": Case(
        '{ order(by: {number: "nobody\'s"}) { id lines { edges { node { product { sku } } } } } }'
    ),
    "a named fragment": Case(CUSTOMER + "{ ...Who } } fragment Who on Customer { name kana }", MAYUMI),
    "a fragment within a fragment": Case(
        CUSTOMER + "{ ...Who } } fragment Who on Customer { name ...How } fragment How on Customer { phone metrics { ...Sum } } "
        "fragment Sum on CustomerMetrics { orderCount spend { amount currency } }",
        MAYUMI,
    ),
    "one fragment in two places": Case(
        CUSTOMER
        + "{ orders(first: 2) { edges { node { ...Sold } } } timeline(filter: {kinds: [ORDER]}, first: 2) { edges { node { "
        "...Sold } } } } } fragment Sold on Order { number total { amount } lines(first: 1) { edges { node { name } } } }",
        MAYUMI,
    ),
    "an inline fragment without a type": Case(CUSTOMER + "{ ... { name } ... { name kana } } }", MAYUMI),
    "an inline fragment on the object's own type": Case(CUSTOMER + "{ ... on Customer { name ... on Node { id } } } }", MAYUMI),
    "a fragment on an interface that an object implements": Case(
        CUSTOMER
        + "{ ...Any orders(first: 1) { edges { node { ...Any ... on Touchpoint { kind } } } } } } fragment Any on Node { id __typename }",
        MAYUMI,
    ),
    "fields of one object merged from several selections": Case(
        CUSTOMER + "{ metrics { orderCount } nameParts { family } ...More metrics { lastSeen } } } "
        "fragment More on Customer { nameParts { given } metrics { orderCount favouriteChannel } }",
        MAYUMI,
    ),
    "pages merged from several selections": Case(
        CUSTOMER
        + "{ orders(first: 2) { edges { node { id } } } orders(first: 2) { edges { cursor node { number } } totalCount } } }",
        MAYUMI,
    ),
    "aliases of every kind of field": Case(
        CUSTOMER + "{ who: id parts: nameParts { first: given } figures: metrics { sum: spend { value: amount unit: currency } } "
        "bought: orders(first: 1) { things: edges { at: cursor thing: node { no: number } } page: pageInfo { more: hasNextPage } "
        "all: totalCount } } }",
        MAYUMI,
    ),
    "aliases of one field with different arguments": Case(
        CUSTOMER + "{ one: orders(first: 1) { edges { node { number } } } two: orders(first: 2) { edges { node { number } } } "
        "none: orders(first: 0) { edges { node { number } } pageInfo { hasNextPage endCursor } totalCount } } }",
        MAYUMI,
    ),
    "an alias that has another field's name": Case(CUSTOMER + "{ name: kana kana: name id: version } }", MAYUMI),
    "a summary in two languages": Case(
        CUSTOMER
        + "{ timeline(first: 100) { edges { node { ja: summary en: summary(language: EN) default: summary(language: JA) } } } } }",
        MAYUMI,
    ),
    "type names everywhere": Case(
        "query ($id: ID!) { __typename customer(by: {id: $id}) { __typename nameParts { __typename } metrics { __typename spend { "
        "__typename } favouriteStore { __typename location { __typename } } } orders(first: 1) { __typename pageInfo { __typename } "
        "edges { __typename node { __typename lines(first: 1) { edges { node { __typename amount { __typename } } } } } } } "
        "identifiers(first: 1) { __typename edges { __typename node { __typename identifier { __typename } } } } } }",
        MAYUMI,
        statements=None,
    ),
    "type names alone": Case(CUSTOMER + "{ __typename again: __typename orders { edges { node { __typename } } } } }", MAYUMI),
    "include and skip by variables": Case(
        "query ($id: ID!, $yes: Boolean!, $no: Boolean = false) { customer(by: {id: $id}) { id name @include(if: $yes) kana @skip(if: $yes) "
        "phone @include(if: $no) email @skip(if: $no) metrics @include(if: $no) { orderCount } } }",
        {**MAYUMI, "yes": True},
    ),
    "include and skip the other way round": Case(
        "query ($id: ID!, $yes: Boolean!, $no: Boolean = false) { customer(by: {id: $id}) { id name @include(if: $yes) kana @skip(if: $yes) "
        "phone @include(if: $no) email @skip(if: $no) metrics @include(if: $no) { orderCount } } }",
        {**MAYUMI, "yes": False, "no": True},
    ),
    "include and skip on fragments": Case(
        "query ($id: ID!, $no: Boolean!) { customer(by: {id: $id}) { id ...Who @include(if: $no) ... @skip(if: $no) { kana } "
        "... on Customer @include(if: true) @skip(if: false) { phone } } } fragment Who on Customer { name }",
        {**MAYUMI, "no": False},
    ),
    "include that leaves a selection empty": Case(CUSTOMER + "{ name @include(if: false) } }", MAYUMI, statements=None),
    "a root field that is skipped": Case(
        'query ($no: Boolean!) { order(by: {number: "A-1001"}) @include(if: $no) { id } }', {"no": False}, statements=0
    ),
    "a root field that is skipped beside one that is not": Case(
        'query ($no: Boolean!) { order(by: {number: "A-1001"}) @skip(if: $no) { id } store(by: {code: "S001"}) { name } }',
        {"no": True},
        statements=None,
    ),
    "root fields inside a fragment": Case(
        'query { ...Roots } fragment Roots on Query { store(by: {code: "S001"}) { name } viewer { name } }', statements=None
    ),
    "every kind of touchpoint by the interface": Case(
        CUSTOMER + f"{{ timeline(first: 100) {{ totalCount edges {{ node {{ {TOUCHPOINT} summary }} }} }} }} }}", MAYUMI
    ),
    "what the interface leads to": Case(
        CUSTOMER
        + "{ timeline(first: 12) { edges { node { store { code name location { latitude longitude } } products { sku name price "
        f"{MONEY} }} orders {{ number total {MONEY} }} identifiersUsed {{ kind value }} customer {{ name }} }} }} }} }} }}",
        MAYUMI,
    ),
    "own fields of several kinds under one interface": Case(
        CUSTOMER
        + "{ timeline(first: 100) { edges { node { __typename ... on Call { durationSeconds queue outcome menuPath startedFromUrl } "
        "... on ChatThread { messages { sentAt from text __typename } handedOverTo } ... on Survey { score scale answers { question answer } } "
        "... on WebSession { pages { viewedAt url sku } referrer } ... on StoreVisit { askedFor triedOn size advice } "
        "... on Fax { document pageCount } ... on Webinar { scheduledFor attended result serial } ... on Email { campaign form messageId "
        "inReplyTo } ... on Note { id } ... on Order { number status total { amount } couponCodes pointsUsed } } } } } }",
        MAYUMI,
    ),
    "a nested list for one kind only": Case(
        CUSTOMER
        + "{ timeline(first: 100) { edges { node { id ... on Order { lines(first: 2) { totalCount edges { node { name } } } "
        "store { code } } ... on StoreVisit { products { sku } } } } } } }",
        MAYUMI,
    ),
    "one response key for different fields of different kinds": Case(
        CUSTOMER
        + "{ timeline(first: 100) { edges { node { ... on Call { what: queue } ... on Fax { what: document } ... on Email { what: "
        "campaign } ... on Order { what: number } } } } } }",
        MAYUMI,
    ),
    "one response key with different arguments for different kinds": Case(
        CUSTOMER
        + "{ timeline(first: 100) { edges { node { ... on Call { line: summary } ... on Fax { line: summary(language: EN) } } } } } }",
        MAYUMI,
    ),
    "one field of different kinds with different selections": Case(
        CUSTOMER
        + "{ timeline(first: 100) { edges { node { ... on Call { customer { name } identifiersUsed { kind } } ... on StoreVisit { customer { phone } "
        "store { code } products { sku } } ... on Order { customer { name email } store { name } } } } } } }",
        MAYUMI,
    ),
    "a fragment on the interface and one on its type meet": Case(
        CUSTOMER
        + "{ timeline(first: 100) { edges { node { store { code } ... on StoreVisit { store { name } products { sku } } ... on Touchpoint { "
        "products { name } } } } } } }",
        MAYUMI,
    ),
    "an order with all its money": Case(
        f'{{ order(by: {{number: "A-1001"}}) {{ {TOUCHPOINT} number status pointsUsed couponCodes total {MONEY} discount {MONEY} shipping {MONEY} '
        f"tax {MONEY} lines(first: 5) {{ totalCount edges {{ cursor node {{ id number sku name quantity unitPrice {MONEY} amount {MONEY} "
        f"discount {MONEY} tax {MONEY} product {{ id sku name price {MONEY} }} }} }} }} }} }}"
    ),
    "currencies with no, two and three decimals": Case(
        CUSTOMER
        + f"{{ metrics {{ spend {MONEY} }} orders {{ edges {{ node {{ total {MONEY} lines(first: 1) {{ edges {{ node {{ amount {MONEY} }} }} }} }} }} }} }} }}",
        MAYUMI,
    ),
    "an order without lines, amounts or currency": Case(
        '{ order(by: {number: "A-1004"}) { number status total { amount } couponCodes pointsUsed lines { totalCount edges { node { id } } '
        "pageInfo { hasNextPage endCursor } } store { code } } }"
    ),
    "an order of a store that nobody has described": Case(
        '{ order(by: {number: "A-1002"}) { store { id code name kind location { latitude } } } }'
    ),
    "lines of products that nobody has described": Case(
        '{ order(by: {number: "A-1003"}) { status lines { edges { node { sku product { id sku name brand categories price { amount } } } } } } }'
    ),
    "nested connections four deep": Case(
        CUSTOMER
        + "{ orders(first: 2) { edges { node { lines(first: 2) { edges { node { product { sku } } } pageInfo { endCursor } } "
        "customer { sourceRecords { totalCount edges { node { source externalId } } } timeline(first: 2) { edges { node { orders { lines(first: 1) "
        "{ edges { node { sku } } } } } } } } } } } } }",
        MAYUMI,
    ),
    "from a customer through a touchpoint back to the customer": Case(
        CUSTOMER
        + "{ timeline(first: 3) { edges { node { customer { id requestedId name metrics { orderCount lastSeen } } } } } } }",
        MAYUMI,
    ),
    "source records with their free facts": Case(
        CUSTOMER
        + "{ sourceRecords { edges { cursor node { id source externalId name kana birthDate gender language address attributes firstSeen } } } } }",
        MAYUMI,
    ),
    "identifiers over several records": Case(
        CUSTOMER
        + "{ identifiers { totalCount edges { cursor node { verified firstSeen lastSeen validFrom validTo identifier { id kind scope value "
        "sharing state } } } } } }",
        MAYUMI,
    ),
    "identifiers of every other kind": Case(
        CUSTOMER + "{ identifiers(first: 100) { edges { node { verified identifier { id kind scope value } } } } } }",
        {"id": "<identified>"},
    ),
    "all figures of a regular customer": Case(
        CUSTOMER + "{ metrics { orderCount spend { amount currency } lastSeen favouriteChannel favouriteStore { id code } } } }",
        {"id": "<regular>"},
    ),
}
