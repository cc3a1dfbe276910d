"""Why and why not: one statement for the rules, one for everything that their answer refers to."""

from __future__ import annotations

from tests.resolvers.corpus.case import Case

SCORE = (
    "score { bits priorBits probability confidence weightsVersion ja: sentence en: sentence(language: EN) __typename "
    "fields { field agreement bits first second ja: sentence en: sentence(language: EN) } }"
)
RECORD = "{ __typename id source externalId name earlierNames customer { id name } }"
DECISION = "{ id rule actor decidedAt reason records(first: 1) { totalCount edges { node { externalId } } } }"
LINK = (
    f"__typename start {RECORD} end {RECORD} rule ja: sentence en: sentence(language: EN) since "
    f"identifier {{ id kind value sharing state customerCount }} decision {DECISION} {SCORE}"
)
OBSTACLE = (
    f"__typename kind ja: sentence en: sentence(language: EN) record {RECORD} other {RECORD} "
    f"identifier {{ id value }} decision {DECISION}"
)
PATH = "query ($one: ID!, $other: ID!) { identityPath(from: $one, to: $other) "
WHY_NOT = "query ($one: ID!, $other: ID!) { whyNot(a: $one, b: $other) "
MERGED, JOHN = {"one": "<merged>", "other": "<merged>"}, {"one": "<john>", "other": "<john>"}
APART = {"one": "<doubted>", "other": "<john>"}

CASES = {
    "the whole chain of a customer": Case(
        PATH + f"{{ __typename customer {{ id name version }} links {{ {LINK} }} }} }}", MERGED, statements=2
    ),
    "a chain with what it refers to under several names": Case(
        PATH
        + "{ links { start { id } first: start { name customer { id } } end { externalId } } again: links { end { id } } } }",
        MERGED,
        statements=2,
    ),
    "a chain of which nothing is read that it refers to": Case(PATH + "{ links { rule since } } }", MERGED, statements=1),
    "a customer of one record hangs together by nothing": Case(
        PATH + "{ customer { name } links { start { id } } } }", {"one": "<record>", "other": "<record>"}, statements=2
    ),
    "two customers have no chain": Case(PATH + "{ customer { name } } }", APART, statements=1),
    "what keeps two apart": Case(
        WHY_NOT
        + f"{{ __typename sameCustomer obstacles {{ {OBSTACLE} }} closest {{ record {RECORD} other {RECORD} {SCORE} }} }} }}",
        APART,
        statements=2,
    ),
    "what keeps a doubted pair apart, with the decisions": Case(
        WHY_NOT + f"{{ obstacles {{ {OBSTACLE} }} closest {{ record {{ id }} }} }} }}",
        {"one": "<doubted>", "other": "<merged>"},
        statements=2,
    ),
    "nothing keeps one apart": Case(
        WHY_NOT + "{ sameCustomer obstacles { kind record { id } } closest { record { id } } } }", JOHN, statements=1
    ),
    "an end that is no record": Case(WHY_NOT + "{ sameCustomer } }", {"one": "<S001>", "other": "<john>"}, statements=0),
    "an id that nobody has": Case(PATH + "{ links { rule } } }", {"one": "<john>", "other": "Q3VzdG9tZXI6eA"}, statements=1),
    "a page in what is referred to that cannot be": Case(
        PATH + "{ customer { decisions(first: -1) { totalCount } name } links { rule } } }", MERGED, statements=2
    ),
    "who may not ask why": Case(PATH + "{ links { rule } } }", JOHN, statements=0, roles=frozenset({"nobody"})),
}
