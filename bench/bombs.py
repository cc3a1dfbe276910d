"""Documents that would keep a server or its database busy: each is small to send, and has to be refused unasked."""

from __future__ import annotations


def spreads() -> str:
    fragments = (f"fragment f{number} on Query {{ ...f{number + 1} ...f{number + 1} }}" for number in range(20))
    return "{ ...f0 } " + " ".join(fragments) + " fragment f20 on Query { viewer { name } }"


def many(pattern: str, times: int, around: str = "{ viewer { %s } }") -> str:
    return around % " ".join(pattern.replace("#", str(number)) for number in range(times))


ORDERS = "orders(first: 100) { edges { node { store { "
BOMBS = {
    "fragments that spread each other twice": spreads(),
    "fragments that spread each other in a circle": "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
    "aliased searches": many('a#: customers(search: "a") { totalCount }', 150, "{ %s }"),
    "aliases": many("a#: name", 700),
    "one field again and again": many("name", 2_400),
    "one fragment again and again": many("...f", 900) + " fragment f on Viewer { name }",
    "inline fragments": many("... { name }", 600),
    "inline fragments in each other": "{ viewer { " + "... { " * 100 + "name" + " }" * 100 + " } }",
    "fragments with the same fields": many("...f#", 100) + many("fragment f# on Viewer { name roles name }", 100, " %s"),
    "directives": many("@skip(if: false)", 450, "{ viewer { name %s } }"),
    "unknown directives": many("name @x", 600),
    "deep nesting": "{ a" * 600 + " }" * 600,
    "households of households": "{ me { " + "household { members { customer { " * 7 + "id" + " } } }" * 7 + " } }",
    "pages of pages": "{ stores(first: 100) { edges { node { " + ORDERS * 2 + "name" + " } } } }" * 2 + " } } } }",
    "lists of lists": '{ a(b: ' + "[" * 1_000 + "]" * 1_000 + ") }",
    "objects of objects": "{ lookUp(input: " + "{a: " * 600 + "1" + "}" * 600 + ") { candidates { score } } }",
    "a long literal": '{ customers(search: "' + "x" * 1_000_000 + '") { totalCount } }',
    "fields of types of fields": "{ __schema { " + "types { fields { type { " * 4 + "name" + " } } }" * 4 + " } }",
    "the schema again and again": many("a#: __schema { types { fields { name } } }", 60, "{ %s }"),
    "all types again and again": many("a#: types { fields { name } }", 150, "{ __schema { %s } }"),
    "unknown fields": many("naem#", 1_000),
    "unused variables": "query (" + " ".join(f"$v{number}: Int" for number in range(600)) + ") { viewer { name } }",
    "arguments": many("a#: 1", 600, "{ customers(%s) { totalCount } }"),
    "operations": many("query q# { viewer { name } }", 250, "%s"),
    "comments": "{ viewer { name } }" + "#\n" * 30_000,
}  # fmt: skip
