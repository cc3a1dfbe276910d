"""Mistakes: of the client, of the document, of the role."""
# ruff: noqa: E501  (queries are written as one would type them)

from __future__ import annotations

from tests.resolvers.corpus.case import Case

NESTED = "query ($id: ID!, $first: Int, $after: String) { customer(by: {id: $id}) { name timeline(first: $first, after: $after) { totalCount } } }"
MAYUMI = {"id": "<mayumi>"}
NOBODY = frozenset({"visitor"})
BY = "query ($by: CustomerBy!) { customer(by: $by) { name } }"

CASES = {
    "first below zero": Case(NESTED, {**MAYUMI, "first": -1}, statements=None),
    "first beyond the largest page": Case(NESTED, {**MAYUMI, "first": 100000}, statements=None),
    "first in the query itself": Case(
        '{ customer(by: {id: "<mayumi>"}) { name orders(first: 101) { totalCount } } }', statements=None
    ),
    "a cursor that is none": Case(NESTED, {**MAYUMI, "after": "no cursor"}, statements=None),
    "a cursor of another list": Case(NESTED, {**MAYUMI, "after": "<after_order>"}, statements=None),
    "a cursor that is empty": Case(NESTED, {**MAYUMI, "after": ""}, statements=None),
    "a cursor outside ASCII": Case(NESTED, {**MAYUMI, "after": "試験"}, statements=None),
    "a wrong page at the root": Case("{ stores(first: -1) { totalCount } }", statements=0),
    "a wrong page deep in a list": Case(
        '{ customer(by: {id: "<mayumi>"}) { name orders(first: 3) { edges { node { number lines(first: -5) { totalCount } } } } } }',
        statements=None,
    ),
    "a wrong page under a nullable parent in a list": Case(
        '{ customer(by: {id: "<mayumi>"}) { orders(first: 2) { edges { node { number customer { orders(first: -5) { totalCount } } } } } } }',
        statements=None,
    ),
    "a wrong page for one kind of touchpoint": Case(
        '{ customer(by: {id: "<mayumi>"}) { timeline(first: 60) { edges { node { id ... on Order { lines(first: 999) { totalCount } } } } } } }',
        statements=None,
    ),
    "two mistakes side by side": Case(
        '{ customer(by: {id: "<mayumi>"}) { a: orders(first: -1) { totalCount } b: orders(after: "x") { totalCount } } }',
        statements=None,
    ),
    "two mistakes in two root fields": Case(
        "query ($id: ID!) { customer(by: {id: $id}) { name orders(first: -1) { totalCount } } store(by: {id: $id}) { code } viewer { name } }",
        MAYUMI,
        statements=None,
    ),
    "an id that is none": Case(BY, {"by": {"id": "no id"}}, statements=0),
    "an id of another type": Case(BY, {"by": {"id": "<S001>"}}, statements=0),
    "an id in the query that is none": Case('{ node(id: "?") { id } }', statements=0),
    "an id of a type that has none": Case('{ node(id: "TW9uZXk6MQ") { id } }', statements=0),
    "an id that is a number": Case("{ node(id: 12) { id } }", statements=0),
    "an id with white space": Case("query ($id: ID!) { node(id: $id) { id } }", {"id": "<S001> "}, statements=0),
    "a store's id under a connection's parent": Case('{ order(by: {id: "<line>"}) { id } }', statements=0),
    "a telephone without a digit": Case(BY, {"by": {"phone": "no digit"}}, statements=0),
    "a mail address without an at": Case(BY, {"by": {"email": "example.jp"}}, statements=0),
    "an empty member number": Case(BY, {"by": {"memberNumber": " "}}, statements=0),
    "a way by a variable that may be null": Case("query ($id: ID) { store(by: {id: $id}) { code } }", {"id": "<S999>"}),
    "two ways at once": Case(BY, {"by": {"phone": "1", "email": "a@example.jp"}}, statements=0),
    "no way at all": Case(BY, {"by": {}}, statements=0),
    "a way that is null": Case(BY, {"by": {"id": None}}, statements=0),
    "two ways at once in the query": Case('{ customer(by: {phone: "1", email: "a@example.jp"}) { name } }', statements=0),
    "a way that is a variable without a value": Case("query ($id: ID) { customer(by: {id: $id}) { name } }", statements=0),
    "a variable that is missing": Case(NESTED, statements=0),
    "a variable of the wrong type": Case(NESTED, {**MAYUMI, "first": "1"}, statements=0),
    "a variable too large for Int": Case(NESTED, {**MAYUMI, "first": 2**31}, statements=0),
    "variables that nobody asked for": Case(NESTED, {**MAYUMI, "other": 1}),
    "an unknown word in a filter": Case(
        'query ($kinds: [TouchpointKind!]) { customer(by: {memberNumber: "M0001"}) { timeline(filter: {kinds: $kinds}) { totalCount } } }',
        {"kinds": ["CALL", "DREAM"]},
        statements=0,
    ),
    "a null in a list of words": Case(
        'query ($kinds: [TouchpointKind!]) { customer(by: {memberNumber: "M0001"}) { timeline(filter: {kinds: $kinds}) { totalCount } } }',
        {"kinds": [None]},
        statements=0,
    ),
    "a default that null takes away": Case(
        'query ($language: Language = EN) { customer(by: {memberNumber: "M0001"}) { name timeline(first: 1) { edges { node { id '
        "summary(language: $language) } } } } }",
        {"language": None},
    ),
    "an instant without an offset": Case(
        'query ($from: DateTime) { customer(by: {memberNumber: "M0001"}) { timeline(filter: {from: $from}) { totalCount } } }',
        {"from": "2026-02-01T00:00:00"},
        statements=0,
    ),
    "an instant that is none, in the query": Case(
        '{ customer(by: {memberNumber: "M0001"}) { timeline(filter: {from: "yesterday"}) { totalCount } } }', statements=0
    ),
    "a field that does not exist": Case('{ customer(by: {id: "1"}) { nickname } }', statements=0),
    "a field without its selection": Case('{ customer(by: {id: "1"}) }', statements=0),
    "an argument that does not exist": Case("{ stores(last: 1) { totalCount } }", statements=0),
    "text that is no GraphQL": Case("{ customer(", statements=0),
    "a document without an operation": Case("fragment Who on Customer { name }", statements=0),
    "several operations and no name": Case("query A { viewer { name } } query B { viewer { name } }", statements=0),
    "a name that no operation has": Case("query A { viewer { name } }", operation="C", statements=0),
    "the same key for two things": Case('{ store(by: {code: "S001"}) { name name: code } }', statements=0),
    "a role that may read nothing": Case('{ customer(by: {memberNumber: "M0001"}) { name } }', roles=NOBODY, statements=0),
    "a role that may read nothing asks for a list": Case("{ stores { totalCount } }", roles=NOBODY, statements=0),
    "a role that may read nothing asks for the names in a list": Case(
        "{ customers { edges { node { name } } } }", roles=NOBODY, statements=0
    ),
    "a role that may read nothing asks who it is": Case("{ viewer { name roles } }", roles=NOBODY, statements=0),
}
