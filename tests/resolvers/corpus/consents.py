"""What customers agreed to and refused."""
# ruff: noqa: E501  (queries are written as one would type them)

from __future__ import annotations

from tests.resolvers.corpus.case import Case

CUSTOMER = "query ($id: ID!) { customer(by: {id: $id}) "
AS_OF = 'asOf: "2026-06-10T00:00:00+09:00"'
WHOLE = "{ purpose contactPoint { id kind value } state rule saidAt validTo source eventId record { id source } proof { how text document staff } __typename }"

CASES = {
    "consents with everything that is known of them": Case(CUSTOMER + f"{{ consents({AS_OF}) {WHOLE} }} }}", {"id": "<mayumi>"}),
    "consents of one person in several systems": Case(CUSTOMER + f"{{ consents({AS_OF}) {WHOLE} }} }}", {"id": "<merged>"}),
    "consents for a telephone that a family shares": Case(
        CUSTOMER
        + f"{{ consents({AS_OF}) {{ state rule ja: sentence en: sentence(language: EN) contactPoint {{ value }} }} }} }}",
        {"id": "<double>"},
    ),
    "consents before and after one has run out": Case(
        "query ($id: ID!, $then: DateTime!) { customer(by: {id: $id}) { then: consents(asOf: $then) { purpose state rule } "
        f"now: consents({AS_OF}) {{ purpose state rule }} }} }}",
        {"id": "<mayumi>", "then": "2026-05-01T00:00:00Z"},
    ),
    "consents without what decided": Case(CUSTOMER + f"{{ consents({AS_OF}) {{ purpose }} }} }}", {"id": "<mayumi>"}),
    "consents of everybody": Case(
        f"{{ customers(first: 100) {{ edges {{ node {{ consents({AS_OF}) {{ purpose state rule contactPoint {{ kind }} record {{ source }} }} }} }} }} }}"
    ),
    "consents of somebody who said nothing": Case(CUSTOMER + f"{{ consents({AS_OF}) {WHOLE} name }} }}", {"id": "<nothing>"}),
    "consents as of now": Case(
        CUSTOMER + "{ left: consents { state rule } none: consents(asOf: null) { state rule } } }", {"id": "<mayumi>"}
    ),
    "consents as of no instant": Case(
        CUSTOMER + '{ name consents(asOf: "yesterday") { purpose } } }', {"id": "<mayumi>"}, statements=None
    ),
}
