"""Look-ups by everything that somebody may type into one box."""
# ruff: noqa: E501  (queries are written as one would type them)

from __future__ import annotations

from tests.resolvers.corpus.case import Case

LOOKUP = (
    "query ($query: String!, $first: Int! = 10) { customerLookup(input: {query: $query, first: $first}) { score customer { id name kana phone } "
    "reasons { kind exact matched identifier { id kind value } sentence en: sentence(language: EN) } } }"
)
SEARCH = (
    "query ($search: String, $first: Int, $after: String) { customers(search: $search, first: $first, after: $after) { totalCount pageInfo { "
    "hasNextPage startCursor } edges { cursor node { id name } } } }"
)
TYPED = {
    "a mobile number": "090-1234-5678",
    "a number with its country and an extension": "+81 3 1234 5678 内線 12",
    "a fax number": "03-9876-5432",
    "a card": "c77-88",
    "a member number": "M0001",
    "a mail address": "SAITO1@example.jp",
    "a LINE user": "Uabc",
    "another identifier that two kinds share": "nick",
    "an order number": "A-1001",
    "an order number in lower case": "dup-1",
    "last four digits that several people and orders have": "5678",
    "last four characters in lower case": "g1",
    "a name in kanji": "渡邊 眞由美",
    "a name in other kanji": "渡辺真由美",
    "a family name with a variant form": "高橋",
    "a family name of several people": "齋藤",
    "one character": "齋",
    "a name in kana": "ワタナベ",
    "a name in hiragana": "さいとう",
    "a name in half-width kana": "ﾜﾀﾅﾍﾞ ﾏﾕﾐ",
    "a name in romaji": "watanabe mayumi",
    "a name in romaji with long vowels": "saitō yūko",
    "a Latin name with an apostrophe": "O'Brien",
    "the beginning of a Latin name": "joh",
    "nothing": "",
    "white space": "  　 ",
    "Lucene's special characters": '+-&&||!(){}[]^"~*?:\\/',
    "Lucene's operators": "name:試験 OR *:* AND NOT x",
    "Cypher": "'}) RETURN 1 //",
    "a very long text": "渡" * 5000,
    "an address with a quote": '"a..b."@docomo.ne.jp',
    "no address in spite of its sign": "@",
    "digits too many for a telephone": "1234567890123",
    "a broken surrogate-free emoji": "😀 試験",
}

MEANT = (
    "query ($query: String!, $first: Int! = 10) { lookUp(input: {query: $query, first: $first}) { "
    "candidates { score customer { id name orders(first: 1) { edges { node { number } } } } reasons { kind exact matched matchedSpans { text typed } "
    "identifier { id value } } } orders { order { id number occurredAt customer { id } } matchedSpans { typed text } } } }"
)
KEPT = "query ($query: String!) { lookUp(input: {query: $query, first: 0}) { candidateCount identifiers { id kind state } contacts { id __typename occurredAt } } }"
CASES = {
    f"kept of {name}": Case(KEPT, {"query": TYPED[name]})
    for name in ("a mobile number", "a fax number", "a name in kanji", "nothing")
}
CASES |= {f"meant by {name}": Case(MEANT, {"query": typed}) for name, typed in TYPED.items()}
CASES |= {f"look up {name}": Case(LOOKUP, {"query": typed}) for name, typed in TYPED.items()}
CASES |= {
    f"search {name}": Case(SEARCH, {"search": TYPED[name]}) for name in ("a name in kana", "a mobile number", "nothing", "a card")
}
CASES |= {
    "meant by too many": Case(MEANT, {"query": "5678", "first": 101}, statements=0),
    "meant twice": Case(
        '{ lookUp(input: {query: "A-1001"}) { orders { order { id } } } name: lookUp(input: {query: "齋藤"}) { candidates { score } more: candidates '
        "{ customer { id } } } }",
        statements=2,
    ),
    "a look-up of one": Case(LOOKUP, {"query": "5678", "first": 1}),
    "a look-up of none": Case(LOOKUP, {"query": "5678", "first": 0}),
    "a look-up with too many": Case(LOOKUP, {"query": "5678", "first": 101}, statements=0),
    "a look-up that leads on": Case(
        '{ customerLookup(input: {query: "090-1234-5678"}) { customer { orders(first: 2) { edges { node { number store { code } } } } timeline(first: 2) '
        "{ edges { node { summary } } } identifiers(first: 1) { totalCount } } } }"
    ),
    "the first page of a search": Case(SEARCH, {"search": "5678", "first": 1}),
    "a page of a search after its own cursor": Case(SEARCH, {"search": "5678", "first": 1, "after": "<after_found>"}),
    "a search with a cursor of all customers": Case(SEARCH, {"search": "5678", "after": "<after_customer>"}, statements=0),
    "a page of all customers after a cursor": Case(SEARCH, {"first": 3, "after": "<after_customer>"}),
}
