"""Python source made with a plan: rows into the response, in the order of the selection.

Strict source checks what the executor would check and raises Violation at the first thing it would object to.
Lenient source checks nothing, keeps each failure as a value in its place and names the type of every object:
that is what the ordinary executor walks to report the objection in its own words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from math import isfinite
from typing import Any

from resolvers.engine import cursors
from resolvers.engine.planner.answers import Answer, Violation, attempt
from resolvers.engine.planner.projection import (
    Connection,
    Crafted,
    Edges,
    Embedded,
    Failure,
    Fixed,
    Items,
    Leaf,
    PageInfo,
    Projection,
    Record,
    Single,
    TotalCount,
    TypeName,
)

Projector = Callable[[list[Any], Mapping[str, Any]], Any]

OBJECTIONS = {
    "Int": "{0}.__class__ is not int or not -2147483648 <= {0} <= 2147483647",
    "Float": "{0}.__class__ is not float or not isfinite({0})",
    "Boolean": "{0}.__class__ is not bool",
    "JSON": "False",
}
TEXT_OBJECTION = "{0}.__class__ is not str"
PAGE_INFO = {
    "hasNextPage": "more",
    "hasPreviousPage": "b['after_{number}'] != {start!r}",
    "startCursor": "cursor_{number}(rows[0][0]) if rows else None",
    "endCursor": "cursor_{number}(rows[-1][0]) if rows else None",
    "__typename": "'PageInfo'",
}


def projector(root: Record, *, strict: bool) -> Projector:
    """Return `project(row, bound)` for the root of a plan; `bound` are its parameters and given arguments."""
    writer = _Writer(strict)
    name = writer.record(root)
    source = "\n".join(writer.lines)
    exec(compile(source, f"<{'strict' if strict else 'lenient'} projector>", "exec"), writer.names)  # noqa: S102
    return writer.names[name]


class _Writer:
    """One function for each record and each page, innermost first."""

    def __init__(self, strict: bool) -> None:
        self.strict = strict
        self.lines: list[str] = []
        self.names: dict[str, Any] = {"Violation": Violation, "Answer": Answer, "attempt": attempt, "isfinite": isfinite}
        self.known: dict[int, str] = {}

    def name(self, prefix: str, value: Any = None) -> str:
        name = f"{prefix}_{len(self.names)}"
        self.names[name] = value
        return name

    def record(self, record: Record) -> str:
        """Return the name of the function `(row, bound)` for a record, written once."""
        if id(record) in self.known:
            return self.known[id(record)]
        functions = {type_name: self.function(type_name, fields, record.noted) for type_name, fields in record.types.items()}
        if len(functions) == 1 and not record.kinds:
            (name,) = functions.values()
        else:
            name = self.dispatch(record, functions)
        self.known[id(record)] = name
        return name

    def dispatch(self, record: Record, functions: Mapping[str, str]) -> str:
        name = self.name("record")
        kinds = ", ".join(
            f"{kind!r}: {functions[type_name]}" for kind, type_name in record.kinds.items() if type_name in functions
        )
        self.lines.append(f"{name}_kinds = {{{kinds}}}")
        if self.strict:
            self.lines.append(f"def {name}(r, b): return {name}_kinds[r[{record.kind_slot}]](r, b)")
        else:
            unknown = "lambda r, b: LookupError('no type has this kind')"
            self.lines.append(f"def {name}(r, b): return {name}_kinds.get(r[{record.kind_slot}], {unknown})(r, b)")
        return name

    def function(self, type_name: str, fields: Mapping[str, Projection], noted: int | None) -> str:
        body = [] if noted is None else [f"b['reads'].see({type_name!r}, r[{noted}])"]
        pairs = {
            key: self.value(projection, type_name, f"x{index}", body) for index, (key, projection) in enumerate(fields.items())
        }
        name = self.name("record")
        self.lines += [f"def {name}(r, b):", *(f"    {line}" for line in body), f"    return {self.mapping(type_name, pairs)}"]
        return name

    def mapping(self, type_name: str, pairs: Mapping[str, str]) -> str:
        shown = f"{{{', '.join(f'{key!r}: {value}' for key, value in pairs.items())}}}"
        return shown if self.strict else f"Answer({type_name!r}, {shown})"

    def value(self, projection: Projection, type_name: str, x: str, body: list[str]) -> str:
        """Return the expression for a field's value; lines that must come before it go into the body."""
        match projection:
            case TypeName():
                value = repr(type_name)
            case Fixed(fixed):
                value = self.name("fixed", fixed)
            case Failure(error):
                body += ["raise Violation"] if self.strict else []
                value = self.name("failure", error)
            case Leaf():
                value = self.leaf(projection, x, body)
            case Single():
                value = self.single(projection, x, body)
            case Items():
                value = self.items(projection, x, body)
            case Crafted():
                value = self.crafted(projection, x, body)
            case Embedded():
                value = self.embedded(projection, body)
            case Connection():
                value = f"{self.page(projection)}(r, b)"
        return value

    def embedded(self, embedded: Embedded, body: list[str]) -> str:
        inner = f"{self.record(embedded.record)}(r, b)"
        if embedded.presence is None:
            return inner
        missing = f"r[{embedded.presence}] is None"
        if self.strict and embedded.required:
            body.append(f"if {missing}: raise Violation")
        return f"None if {missing} else {inner}"

    def leaf(self, leaf: Leaf, x: str, body: list[str]) -> str:
        body.append(f"{x} = r[{leaf.slot}]")
        call = ""
        if leaf.form is not None:
            given = f", b[{leaf.given!r}]" if leaf.given else ""
            call = f"{self.name('form', leaf.form)}, {x}{given}"
        if not self.strict:
            return f"attempt({call})" if call else x
        if leaf.required:
            body.append(f"if {x} is None: raise Violation")
        made = f"{x} = {call.replace(', ', '(', 1)})" if call else ""
        checks = [made] if made else []
        if objection := self.objection(leaf, x):
            # A form may find that there is nothing to say.
            some = f"{x} is not None and " if made and not leaf.required else ""
            checks.append(f"if {some}({objection}): raise Violation")
        if leaf.required:
            body += checks
        elif checks:
            body += [f"if {x} is not None:", *(f"    {line}" for line in checks)]
        return x

    def objection(self, leaf: Leaf, x: str) -> str:
        if leaf.values is not None:
            words = self.name("values", leaf.values)
            return f"{x}.__class__ is not list or not {words}.issuperset({x})" if leaf.listed else f"{x} not in {words}"
        objection = OBJECTIONS.get(leaf.check, TEXT_OBJECTION)
        if leaf.listed:
            return f"{x}.__class__ is not list or any({objection.format('i')} for i in {x})"
        return "" if objection == "False" else objection.format(x)

    def single(self, single: Single, x: str, body: list[str]) -> str:
        body.append(f"{x} = r[{single.slot}]")
        function = self.record(single.record)
        if single.sole is not None:
            several = f"len({x}) > 1"
            body.append(f"if {several}: raise Violation" if self.strict else f"several_{x} = {several}")
            found = f"{function}({x}[0], b) if {x} else None"
            found = found if self.strict else f"{self.name('sole', single.sole)}() if several_{x} else {found}"
            if self.strict and single.required:
                body.append(f"if not {x}: raise Violation")
            return found
        if self.strict and single.required:
            body.append(f"if {x} is None: raise Violation")
        return f"None if {x} is None else {function}({x}, b)"

    def items(self, items: Items, x: str, body: list[str]) -> str:
        source = f"r[{items.slot}]"
        if items.parse is not None:
            parse = self.name("parse", items.parse)
            source = f"(None if {source} is None else {parse}({source}))" if self.strict else f"attempt({parse}, {source})"
        body.append(f"{x} = {source}")
        function = self.record(items.record)
        if self.strict:
            if items.required:
                body.append(f"if {x} is None: raise Violation")
            return f"None if {x} is None else [{function}(i, b) for i in {x}]"
        return f"[None if i is None else {function}(i, b) for i in {x}] if isinstance({x}, list) else {x}"

    def crafted(self, crafted: Crafted, x: str, body: list[str]) -> str:
        make, source = self.name("make", crafted.make), f"r[{crafted.slot}]"
        function = self.record(crafted.record)
        if not self.strict:
            body.append(f"{x} = attempt({make}, {source})")
            return f"{function}({x}, b) if isinstance({x}, list) else {x}"
        body.append(f"{x} = None if {source} is None else {make}({source})")
        if crafted.required:
            body.append(f"if {x} is None: raise Violation")
        return f"None if {x} is None else {function}({x}, b)"

    def page(self, page: Connection) -> str:
        """Write the function of a connection, which counts its rows and drops the one that only told of more."""
        pairs: dict[str, str] = {}
        self.names[f"cursor_{page.number}"] = partial(cursors.encode, page.name)
        for key, fields in page.fields.items():
            match fields:
                case Edges():
                    pairs[key] = f"[{self.edge(page, fields)}(e, b) for e in rows]"
                case PageInfo():
                    shown = {k: PAGE_INFO[name].format(number=page.number, start=page.start) for k, name in fields.fields.items()}
                    pairs[key] = self.mapping("PageInfo", shown)
                case TotalCount():
                    pairs[key] = f"r[{page.count_slot}]"
                case TypeName():
                    pairs[key] = repr(page.type_name)
        name = self.name("page")
        self.lines += [
            f"def {name}(r, b):",
            f"    rows = r[{page.slot}]",
            f"    more = len(rows) == b['limit_{page.number}']",
            "    if more: rows = rows[:-1]",
            f"    return {self.mapping(page.type_name, pairs)}",
        ]
        return name

    def edge(self, page: Connection, edges: Edges) -> str:
        shown = {
            key: f"{self.record(what)}(r, b)"
            if isinstance(what, Record)
            else (f"cursor_{page.number}(r[0])" if what == "cursor" else repr(page.edge_type_name))
            for key, what in edges.fields.items()
        }
        name = self.name("edge")
        self.lines.append(f"def {name}(r, b): return {self.mapping(page.edge_type_name, shown)}")
        return name
