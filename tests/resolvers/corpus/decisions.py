"""What was decided about customers, and the pairs that nobody has decided yet."""

from __future__ import annotations

from tests.resolvers.corpus.case import Case

CUSTOMER = "query ($id: ID!) { customer(by: {id: $id}) "
DECISION = (
    "id rule ja: sentence en: sentence(language: EN) ruleVersion actor decidedAt reason evidence { kind value } "
    "because { id rule } undoneBy { rule reason } undoes { id rule } touchpoint { __typename id } "
    "fromCustomer { id } toCustomer { id } "
    "records(first: 10) { totalCount edges { cursor node { source externalId } } }"
)
MATCH = (
    "candidate { id reason ja: sentence en: sentence(language: EN) rule identifier { value } records { id } "
    "score { bits priorBits probability confidence weightsVersion ja: sentence en: sentence(language: EN) "
    "fields { field agreement bits first second ja: sentence en: sentence(language: EN) __typename } } } "
    "other { id name } ownRecord { externalId } otherRecord { externalId }"
)

CASES = {
    "what rules decided about a customer": Case(
        CUSTOMER + f"{{ decisions {{ edges {{ node {{ {DECISION} }} }} }} }} }}", {"id": "<merged>"}
    ),
    "what employees decided, and what followed from it": Case(
        CUSTOMER
        + f"{{ decisions(first: 3) {{ totalCount pageInfo {{ hasNextPage }} edges {{ cursor node {{ {DECISION} }} }} }} }} }}",
        {"id": "<john>"},
    ),
    "a page of decisions after a cursor": Case(
        "query ($id: ID!, $after: String) { customer(by: {id: $id}) "
        "{ decisions(first: 1, after: $after) { edges { node { decidedAt } } } } }",
        {"id": "<john>", "after": "<after_decision>"},
    ),
    "who may be the same person": Case(
        CUSTOMER + f"{{ name matchCandidates {{ totalCount edges {{ cursor node {{ {MATCH} }} }} }} }} }}", {"id": "<doubted>"}
    ),
    "nobody else may be the same person": Case(
        CUSTOMER + "{ matchCandidates { totalCount edges { cursor } } } }", {"id": "<john>"}
    ),
    "a decision by its id": Case("query ($id: ID!) { node(id: $id) { ... on Decision { rule reason } } }", {"id": "<decision>"}),
    "an open pair by its id": Case(
        "query ($id: ID!) { node(id: $id) { id ... on MatchCandidate { reason score { bits fields { sentence } } } } }",
        {"id": "<pair>"},
    ),
}
