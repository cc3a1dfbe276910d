"""Figures, origins, what waits: what the customer page shows beside the plain facts."""
# ruff: noqa: E501  (queries are written as one would type them)

from __future__ import annotations

from tests.resolvers.corpus.case import MONEY, Case

MAYUMI, REGULAR, WORRIED = {"id": "<mayumi>"}, {"id": "<regular>"}, {"id": "<worried>"}
CUSTOMER = "query ($id: ID!) { customer(by: {id: $id}) "
WAITING = "{ totalCount pageInfo { hasNextPage endCursor } edges { cursor node { reason touchpoint { id kind occurredAt summary ... on Order { status } } } } }"
PREFERENCES = (
    f"{{ orders since until usualGapDays averageOrder {MONEY} favouriteCategories {{ category orders quantity }} "
    f"priceBand {{ low {MONEY} high {MONEY} lines }} }}"
)
AS_OF = 'asOf: "2026-06-10T00:00:00+09:00"'

CASES = {
    "everything that waits or went wrong": Case(
        CUSTOMER + f"{{ attention({AS_OF}, first: 100) {WAITING} metrics {{ orderCount }} }} }}", WORRIED
    ),
    "what waits by pages": Case(
        f"query ($id: ID!, $after: String) {{ customer(by: {{id: $id}}) {{ attention({AS_OF}, first: 3, after: $after) {WAITING} }} }}",
        {**WORRIED, "after": "<after_waiting>"},
    ),
    "what waits as of another instant and within few days": Case(
        CUSTOMER
        + f'{{ attention(asOf: "2026-05-28T03:00:00Z", days: 9) {WAITING} narrow: attention({AS_OF}, days: 1) {{ totalCount }} }} }}',
        WORRIED,
    ),
    "what waits for somebody with one touchpoint of every kind": Case(
        CUSTOMER + f"{{ attention({AS_OF}, days: 3660, first: 100) {WAITING} }} }}", MAYUMI
    ),
    "what waits for a customer of whom nothing is known": Case(
        CUSTOMER + f"{{ attention({AS_OF}) {WAITING} }} }}", {"id": "<nothing>"}
    ),
    "a window of no days": Case(
        CUSTOMER + f"{{ name attention({AS_OF}, days: 0) {{ totalCount }} }} }}", MAYUMI, statements=None
    ),
    "touchpoints by channel": Case(CUSTOMER + "{ metrics { channelMix { channel touchpoints __typename } } } }", MAYUMI),
    "touchpoints by channel over two records": Case(
        CUSTOMER + "{ metrics { mix: channelMix { n: touchpoints channel } } } }", REGULAR
    ),
    "spend by month in three currencies": Case(
        CUSTOMER + f"{{ metrics {{ spendByMonth {{ month orders spend {MONEY} }} }} }} }}", MAYUMI
    ),
    "months begin where the reader is": Case(
        CUSTOMER + '{ metrics { spendByMonth(timeZone: "America/New_York") { month orders spend { amount } } } } }', REGULAR
    ),
    "spend not before an instant": Case(
        "query ($id: ID!, $from: DateTime) { customer(by: {id: $id}) { metrics { spendByMonth(from: $from) { month orders spend { amount } } } } }",
        {**REGULAR, "from": "2026-03-01T12:00:00+09:00"},
    ),
    "months of no time zone": Case(
        CUSTOMER + '{ name metrics { spendByMonth(timeZone: "Mars/Olympus") { month } } } }', MAYUMI, statements=None
    ),
    "what a customer tends to buy": Case(CUSTOMER + f"{{ metrics {{ usualSize preferences {PREFERENCES} }} }} }}", REGULAR),
    "what a customer of every touchpoint tends to buy": Case(
        CUSTOMER + f"{{ metrics {{ usualSize preferences {PREFERENCES} }} }} }}", MAYUMI
    ),
    "what a customer of whom nothing is known tends to buy": Case(
        CUSTOMER + f"{{ metrics {{ usualSize preferences {PREFERENCES} }} }} }}", {"id": "<nothing>"}
    ),
    "where golden values come from": Case(
        CUSTOMER
        + "{ fieldOrigins { field rule reportedAt ja: sentence en: sentence(language: EN) record { id source externalId } } "
        "name kana phone } }",
        MAYUMI,
    ),
    "figures and origins of a customer of whom nothing is known": Case(
        CUSTOMER + "{ fieldOrigins { field } formerNames metrics { channelMix { channel } spendByMonth { month } } } }",
        {"id": "<nothing>"},
    ),
    "how many hold an identifier": Case(
        CUSTOMER
        + "{ identifiers(first: 100) { edges { node { identifier { value state customerCount } } } } timeline(first: 3) { edges { node { "
        "identifiersUsed { value customerCount } } } } } }",
        {"id": "<double>"},
    ),
    "a family that shares a telephone, a home and a surname": Case(
        CUSTOMER + "{ household { members { customer { id name } evidence { kind ja: sentence en: sentence(language: EN) "
        "identifier { id value } __typename } } } } }",
        {"id": "<double>"},
    ),
    "somebody who shares nothing": Case(CUSTOMER + "{ household { members { customer { id } } } } }", MAYUMI),
    "calls of nobody that came by a telephone of theirs": Case(
        CUSTOMER
        + "{ possibleContacts(first: 1) { totalCount pageInfo { hasNextPage endCursor } edges { node { id kind occurredAt } } } } }",
        {"id": "<double>"},
    ),
    "a reading in Latin letters": Case("{ customers(first: 100) { edges { node { kana romaji } } } }"),
    "the names of the kinds": Case("{ touchpointKinds { kind name en: name(language: EN) } }", statements=0),
}
