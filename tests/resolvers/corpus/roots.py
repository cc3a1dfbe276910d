"""Root fields: each way to each thing, several at once, and what surrounds them."""
# ruff: noqa: E501  (queries are written as one would type them)

from __future__ import annotations

from tests.resolvers.corpus.case import TOUCHPOINT, Case

BY = "query ($by: CustomerBy!) { customer(by: $by) { id requestedId name } }"
NODE = (
    "query ($id: ID!) { node(id: $id) { __typename id ... on Customer { name requestedId } ... on Store { code } ... on Product { sku price { "
    "amount currency } } ... on Identifier { value sharing } ... on SourceRecord { recordSource: source externalId } ... on OrderLine { number amount { amount } } "
    f"... on Touchpoint {{ {TOUCHPOINT} customer {{ name }} }} }} }}"
)

CASES = {
    "a merged-away id answers with who is left": Case(BY, {"by": {"id": "<former>"}}),
    "the living id of a merged customer": Case(BY, {"by": {"id": "<merged>"}}),
    "a customer by a mobile number": Case(BY, {"by": {"phone": "+81 90-1234-5678"}}),
    "a customer by a number in full-width digits": Case(BY, {"by": {"phone": "０９０ー１２３４ー５６７８"}}),
    "a customer by mail in another case": Case(BY, {"by": {"email": " MAYUMI@example.jp "}}),
    "a customer by member number in another notation": Case(BY, {"by": {"memberNumber": "m-００01"}}),
    "a customer by LINE user": Case(BY, {"by": {"lineUserId": {"provider": "1654000000", "userId": "Uabc"}}}),
    "a LINE user of another provider": Case(BY, {"by": {"lineUserId": {"provider": "2", "userId": "Uabc"}}}),
    "a customer by any identifier": Case(
        BY, {"by": {"identifier": {"kind": "SOCIAL_ACCOUNT", "scope": "example", "value": "nick"}}}
    ),
    "an identifier without its scope": Case(BY, {"by": {"identifier": {"kind": "SOCIAL_ACCOUNT", "value": "nick"}}}),
    "a customer by order number": Case(BY, {"by": {"orderNumber": " A-1001 "}}),
    "a customer by a way that the query itself states": Case('{ customer(by: {memberNumber: "M0001"}) { name } }'),
    "a part of the way is a variable": Case(
        "query ($value: String!) { customer(by: {identifier: {kind: POS_CARD, value: $value}}) { id } }", {"value": "C7788"}
    ),
    "an identifier of several people": Case(BY, {"by": {"phone": "03-1234-5678"}}),
    "an order number of several people": Case(BY, {"by": {"orderNumber": "DUP-1"}}),
    "an order number of several orders": Case('{ order(by: {number: "DUP-1"}) { id } }'),
    "nobody": Case(BY, {"by": {"phone": "090-1000-9999"}}),
    "a value full of quotes and Cypher": Case(BY, {"by": {"orderNumber": "'}) DETACH DELETE n //"}}),
    "a value full of quotes and Cypher in the query": Case('{ store(by: {code: "\\" RETURN 1 } //\\u0000{v}${id}"}) { id } }'),
    "a value with braces and dollars": Case('{ product(by: {sku: "{n} ${limit} {{x}}"}) { id } }'),
    "a store by code": Case(
        '{ store(by: {code: "S001"}) { id code name kana kind address location { latitude longitude } phone openingHours timeZone } }'
    ),
    "a store at the equator without a name": Case('{ store(by: {code: "S003"}) { name kind location { latitude longitude } } }'),
    "a store by id": Case("query ($id: ID!) { store(by: {id: $id}) { code location { latitude } } }", {"id": "<S999>"}),
    "a product by sku": Case(
        '{ product(by: {sku: "PEN-1"}) { id sku name brand categories price { amount currency } barcode notes imageUrl } }'
    ),
    "a product by id": Case('{ product(by: {id: "<PEN-1>"}) { sku } }'),
    "an order by id": Case("query ($by: OrderBy!) { order(by: $by) { number customer { name } } }", {"by": {"id": "<A-1002>"}}),
    "customers by their ids, in the order of the ids": Case(
        '{ customersById(ids: ["<former>", "<mayumi>", "<mayumi>"]) { id requestedId name metrics { orderCount } } }'
    ),
    "touchpoints by their ids, of several kinds": Case(
        f'{{ touchpointsById(ids: ["</crm:full-SURVEY>", "<A-1001>"]) {{ __typename {TOUCHPOINT} customer {{ name }} ... on Order {{ number total {{ amount }} }} }} }}'
    ),
    "cases with who is on them": Case(
        "{ cases(first: 50) { edges { node { number presence { account name writing since } } } } }"
    ),
    "whose every touchpoint may be": Case(
        '{ customer(by: {memberNumber: "M0001"}) { timeline(first: 50) { edges { node { id possibleCustomers { reasons customer { id } } } } } } }'
    ),
    "whose contacts of nobody may be": Case(
        '{ customer(by: {memberNumber: "M0001"}) { possibleContacts(first: 20) { edges { node { id possibleCustomers { reasons customer { id name } } } } } } }'
    ),
    "calls that go on, of a queue and an employee": Case(
        '{ ongoingCalls(queue: "support", staff: "op-1") { totalCount edges { node { id kind } } pageInfo { hasNextPage } } }'
    ),
    "an id of something else is no touchpoint": Case('{ touchpointsById(ids: ["<mayumi>"]) { id } }', statements=0),
    "node of a customer": Case(NODE, {"id": "<mayumi>"}),
    "node of a customer who went into another": Case(NODE, {"id": "<former>"}),
    "node of a store": Case(NODE, {"id": "<S001>"}),
    "node of a product": Case(NODE, {"id": "<PEN-1>"}),
    "node of an identifier": Case(NODE, {"id": "<M0001>"}),
    "node of a source record": Case(NODE, {"id": "<record>"}),
    "node of an order": Case(NODE, {"id": "<A-1001>"}),
    "node of an order line": Case(NODE, {"id": "<line>"}),
    "node of an interaction": Case(NODE, {"id": "</crm:full-SURVEY>"}),
    "a bare contact of nobody": Case(
        "query ($id: ID!) { node(id: $id) { ... on Call { summary customer { id } identifiersUsed { kind value state } store { id } products { id } } } }",
        {"id": "</cti:bare-1>"},
    ),
    "a contact that names itself": Case(
        "query ($id: ID!) { node(id: $id) { ... on WebForm { form customer { name phone } } } }", {"id": "</web:form-1>"}
    ),
    "a node of which only the type is asked": Case('{ node(id: "<S001>") { __typename } }'),
    "a node of another type than the fragment": Case('{ node(id: "<S001>") { ... on Customer { name } } }', statements=None),
    "a node that is not there": Case(NODE, {"id": "<S001-gone>"}),
    "an order's id under another type of touchpoint": Case(NODE, {"id": "<A-1001-as-Call>"}),
    "who is asking": Case("{ viewer { name roles __typename } }", statements=0),
    "several root fields": Case(
        'query ($id: ID!) { viewer { name } customer(by: {id: $id}) { name } order(by: {number: "A-1001"}) { number } store(by: {code: '
        '"S001"}) { code } node(id: $id) { id } }',
        {"id": "<mayumi>"},
        statements=None,
    ),
    "one root field twice": Case(
        '{ a: customer(by: {memberNumber: "M0001"}) { name } b: customer(by: {orderNumber: "R-0001"}) { name } }', statements=None
    ),
    "a root field merged from two selections": Case(
        '{ store(by: {code: "S001"}) { name location { latitude } } store(by: {code: "S001"}) { code location { longitude } } }',
        statements=None,
    ),
    "one operation of several": Case(
        'query A { store(by: {code: "S001"}) { name } } query B($code: String!) { store(by: {code: $code}) { code } }',
        {"code": "W001"},
        "B",
    ),
    "introspection beside data": Case(
        '{ __schema { queryType { name } } __type(name: "Money") { fields { name type { kind ofType { name } } } } store(by: {code: "S001"}) { '
        "__typename code } }",
        statements=None,
    ),
    "introspection of enums, arguments and interfaces": Case(
        '{ customer: __type(name: "CustomerBy") { isOneOf inputFields { name defaultValue type { name } } } touchpoint: __type(name: "Touchpoint") '
        '{ kind possibleTypes { name } fields { name args { name defaultValue } } } words: __type(name: "Channel") { enumValues { name description } } }',
        statements=0,
    ),
}
