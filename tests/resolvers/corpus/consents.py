"""What customers agreed to and refused."""
# ruff: noqa: E501  (queries are written as one would type them)

from __future__ import annotations

from tests.resolvers.corpus.case import Case

CUSTOMER = "query ($id: ID!) { customer(by: {id: $id}) "
AS_OF = 'asOf: "2026-06-10T00:00:00+09:00"'
WHOLE = "{ purpose contactPoint { id kind value } state rule saidAt validTo source eventId record { id source } proof { how text document staff } __typename }"
PERMISSION = "{ channel purpose allowed reason sentence contactPoints { id kind value } declaration { state rule saidAt validTo source contactPoint { id } record { id } proof { how text document } } __typename }"

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
    "whether somebody may be contacted, by everything that decides it": Case(
        CUSTOMER + f"{{ contactPermissions({AS_OF}) {PERMISSION} }} }}", {"id": "<mayumi>"}
    ),
    "whether somebody who was merged may be contacted": Case(
        CUSTOMER + f"{{ contactPermissions({AS_OF}) {PERMISSION} }} }}", {"id": "<merged>"}
    ),
    "whether one of a family may be called, and why": Case(
        CUSTOMER
        + f"{{ ads: mayContact(channel: PHONE, purpose: MARKETING, {AS_OF}) {PERMISSION} "
        + f"service: mayContact(channel: PHONE, purpose: SERVICE, {AS_OF}) {{ allowed ja: sentence en: sentence(language: EN) }} }} }}",
        {"id": "<double>"},
    ),
    "whether everybody may be written to": Case(
        f"{{ customers(first: 100) {{ edges {{ node {{ mayContact(channel: EMAIL, purpose: MARKETING, {AS_OF}) {{ allowed reason contactPoints {{ value }} declaration {{ state rule }} }} }} }} }} }}"
    ),
    "whether somebody may be contacted, before a consent has run out": Case(
        "query ($id: ID!, $channel: ContactChannel!) { customer(by: {id: $id}) { mayContact(channel: $channel, purpose: MARKETING, "
        f'asOf: "2026-05-20T00:00:00Z") {PERMISSION} }} }}',
        {"id": "<mayumi>", "channel": "EMAIL"},
    ),
    "whether somebody may be contacted now, for some pairs": Case(
        CUSTOMER
        + "{ contactPermissions(channels: [SMS, POSTAL, SMS], purposes: [SURVEY, THIRD_PARTY]) { channel purpose reason } } }",
        {"id": "<mayumi>"},
    ),
    "whether those of a campaign may be called": Case(
        "query ($ids: [ID!]!) { campaignPermissions(customerIds: $ids, channel: PHONE, purpose: MARKETING, "
        f"{AS_OF}) {{ customerId allowed reason sentence(language: EN) __typename }} }}",
        {"ids": ["<mayumi>", "<double>", "<nothing>", "<mayumi>"]},
    ),
}
