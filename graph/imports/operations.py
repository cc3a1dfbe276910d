"""The `$operations` of a mapping file: one row each in `OPERATIONS`, built from its arguments and options."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from graph.imports import transforms

Row: TypeAlias = Mapping[str, object]
Evaluate: TypeAlias = Callable[[Sequence[Row], int], Any]
"""(rows of the group, index of the row in hand) -> value, None where it is empty."""
Options: TypeAlias = Mapping[str, object]
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled node. `head` are the columns read from one row, `inner` those read from every row of the group."""

    evaluate: Evaluate
    head: frozenset[str] = NOTHING
    inner: frozenset[str] = NOTHING
    constant: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """How an operation is built; `many` takes a list of arguments, `over_group` reads every row of the group."""

    build: Callable[[Sequence[Expression], Options], Evaluate]
    options: frozenset[str] = NOTHING
    many: bool = False
    over_group: bool = False


def _join(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$join: [$family, $given]`, `with: " "`: the parts that are not empty; empty where all its columns are."""
    separator = str(options.get("with", ""))

    def evaluate(rows: Sequence[Row], index: int) -> str | None:
        parts = [(part, transforms.text(part.evaluate(rows, index))) for part in arguments]
        told = any(text is not None and not part.constant for part, text in parts)
        return separator.join(str(text) for _, text in parts if text is not None) if told else None

    return evaluate


def _lookup(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$map: $gender`, `values: {"1": MALE}`, `other: UNKNOWN`: a value that is in no table rejects the row."""
    given = options.get("values")
    if not isinstance(given, Mapping):
        raise ValueError("needs `values`, a table of cell -> value")
    table = cast("Mapping[object, object]", given)
    if any(isinstance(key, bool) for key in table):
        raise ValueError("YAML reads an unquoted yes, no, on or off as true or false; put the cells of `values` in quotes")
    values = {str(key): value for key, value in table.items()}

    def evaluate(rows: Sequence[Row], index: int) -> object:
        cell = transforms.text(arguments[0].evaluate(rows, index))
        if cell is None:
            return None
        found = values.get(str(cell), options.get("other", transforms))
        if found is transforms:
            raise ValueError("a value is not in the table of $map, which has no `other`")
        return found

    return evaluate


def _places(options: Options) -> int:
    places = options.get("places", 2)
    if not isinstance(places, int) or isinstance(places, bool) or not 0 <= places <= 9:
        raise ValueError("`places` is a number of digits after the point, from 0 to 9")
    return places


def _decimal(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$decimal: $price`, `places: 2`: an amount as exact text, rounded half up."""
    places, cell = _places(options), arguments[0].evaluate
    return lambda rows, index: transforms.amount([cell(rows, index)], places)


def _sum(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$sum: [$a, $b]`, `places: 2`: each part rounded, then added; empty parts count nothing."""
    places, cells = _places(options), [argument.evaluate for argument in arguments]
    return lambda rows, index: transforms.amount([cell(rows, index) for cell in cells], places)


def _total(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$total: $amount`, `places: 2`: the sum over the rows of the group, each rounded before it is added."""
    places, cell = _places(options), arguments[0].evaluate
    return lambda rows, _: transforms.amount([cell(rows, each) for each in range(len(rows))], places)


def _number(arguments: Sequence[Expression], _: Options) -> Evaluate:
    """`$number: $quantity`: an integer or a decimal fraction as a number, for fields that are not money."""
    cell = arguments[0].evaluate
    return lambda rows, index: transforms.number(cell(rows, index))


def _time(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$time: $called`, `format: "%Y/%m/%d %H:%M"`, `zone: Asia/Tokyo`: an instant as ISO 8601 with its offset."""
    pattern = None if "format" not in options else str(options["format"])
    zone, cell = transforms.time_zone(str(options["zone"])), arguments[0].evaluate
    return lambda rows, index: transforms.instant(cell(rows, index), pattern, zone)


def _split(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$split: $tags`, `by: "|"`: the parts that are not empty, as a list."""
    separator = str(options.get("by", ","))

    def evaluate(rows: Sequence[Row], index: int) -> list[str] | None:
        cell = transforms.text(arguments[0].evaluate(rows, index))
        return [part.strip() for part in str(cell).split(separator) if part.strip()] or None if cell is not None else None

    return evaluate


def _rows(arguments: Sequence[Expression], _: Options) -> Evaluate:
    """`$rows: {...}`: a list with one object for each row of the group."""
    child = arguments[0].evaluate
    return lambda rows, _: [child(rows, each) for each in range(len(rows))]


OPERATIONS: Mapping[str, Operation] = {
    "$join": Operation(_join, frozenset({"with"}), many=True),
    "$map": Operation(_lookup, frozenset({"values", "other"})),
    "$decimal": Operation(_decimal, frozenset({"places"})),
    "$sum": Operation(_sum, frozenset({"places"}), many=True),
    "$total": Operation(_total, frozenset({"places"}), over_group=True),
    "$number": Operation(_number),
    "$time": Operation(_time, frozenset({"format", "zone"})),
    "$split": Operation(_split, frozenset({"by"})),
    "$rows": Operation(_rows, over_group=True),
}
