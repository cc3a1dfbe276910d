"""The `$operations` of a mapping file: one row each in `OPERATIONS`, built from its arguments and options."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Any, TypeAlias, cast

from graph.imports import transforms
from graph.imports.row_filters import EVERY_ROW, row_filter

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


def _times(options: Options) -> Decimal:
    given = options.get("times", 1)
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise ValueError("`times` is a number, such as 0.01 where the column holds cents")
    return Decimal(str(given))


def _decimal(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$decimal: $price`, `places: 2`, `times: 0.01`: an amount as exact text, scaled, then rounded half up."""
    places, times, cell = _places(options), _times(options), arguments[0].evaluate
    return lambda rows, index: transforms.amount([cell(rows, index)], places, times)


def _sum(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$sum: [$a, $b]`, `places: 2`: each part scaled and rounded, then added; empty parts count nothing."""
    places, times, cells = _places(options), _times(options), [argument.evaluate for argument in arguments]
    return lambda rows, index: transforms.amount([cell(rows, index) for cell in cells], places, times)


def _product(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$product: [$price, $quantity]`, `places: 2`: multiplied, scaled, then rounded; empty where a part is."""
    places, times, cells = _places(options), _times(options), [argument.evaluate for argument in arguments]

    def evaluate(rows: Sequence[Row], index: int) -> str | None:
        found = [cell(rows, index) for cell in cells]
        factors = [transforms.decimal(cell) for cell in found if cell is not None]
        return transforms.amount([prod(factors)], places, times) if len(factors) == len(cells) else None

    return evaluate


def _difference(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$difference: [$goods, $subtotal]`, `places: 2`: the first less the others, each rounded; empty where a part is."""
    places, times, cells = _places(options), _times(options), [argument.evaluate for argument in arguments]

    def evaluate(rows: Sequence[Row], index: int) -> str | None:
        found = [transforms.amount([cell(rows, index)], places, times) for cell in cells]
        told = [Decimal(part) for part in found if part is not None]
        return transforms.amount([2 * told[0] - sum(told)], places) if len(told) == len(cells) else None

    return evaluate


def _taken(options: Options) -> Callable[[Sequence[Row]], list[int]]:
    """Return what says which rows of a group `where` takes."""
    takes = row_filter(options["where"]).takes if "where" in options else EVERY_ROW.takes
    return lambda rows: [index for index, row in enumerate(rows) if takes(row)]


def _total(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$total: $amount`, `places: 2`, `where: {...}`: the sum over the rows of the group, each rounded before it is added."""
    places, times, cell, taken = _places(options), _times(options), arguments[0].evaluate, _taken(options)
    return lambda rows, _: transforms.amount([cell(rows, each) for each in taken(rows)], places, times)


def _number(arguments: Sequence[Expression], _: Options) -> Evaluate:
    """`$number: $quantity`: an integer or a decimal fraction as a number, for fields that are not money."""
    cell = arguments[0].evaluate
    return lambda rows, index: transforms.number(cell(rows, index))


def _time(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$time: $called`, `format: "%Y/%m/%d %H:%M"`, `zone: Asia/Tokyo`: an instant as ISO 8601 with its offset."""
    given = options.get("format", [])
    patterns = [str(each) for each in cast("list[object]", given)] if isinstance(given, list) else [str(given)]
    zone, cell = transforms.time_zone(str(options["zone"])), arguments[0].evaluate
    return lambda rows, index: transforms.instant(cell(rows, index), patterns, zone)


def _split(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$split: $tags`, `by: "|"`: the parts that are not empty, as a list; what is a list already stays one."""
    separator = str(options.get("by", ","))
    if not separator:
        raise ValueError("`by` is the text between the parts, which cannot be empty")

    def evaluate(rows: Sequence[Row], index: int) -> list[Any] | None:
        cell = transforms.text(arguments[0].evaluate(rows, index))
        if cell is None or isinstance(cell, list):
            return cast("list[Any] | None", cell)
        return [part.strip() for part in str(cell).split(separator) if part.strip()] or None

    return evaluate


def _first(arguments: Sequence[Expression], _: Options) -> Evaluate:
    """`$first: [$mobile, $phone]`: the first that is not empty."""
    cells = [argument.evaluate for argument in arguments]
    return lambda rows, index: next((found for cell in cells if (found := cell(rows, index)) is not None), None)


def _trim(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$trim: $number`, `of: "#"`: the text without these signs at either end."""
    signs, cell = str(options.get("of", "")), arguments[0].evaluate

    def evaluate(rows: Sequence[Row], index: int) -> object:
        found = transforms.text(cell(rows, index))
        return transforms.present(found.strip(signs + " ")) if isinstance(found, str) else found

    return evaluate


def _rows(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$rows: {...}`, `where: {...}`: a list with one object for each row of the group that is taken."""
    child, taken = arguments[0].evaluate, _taken(options)
    return lambda rows, _: [child(rows, each) for each in taken(rows)] or None


OPERATIONS: Mapping[str, Operation] = {
    "$join": Operation(_join, frozenset({"with"}), many=True),
    "$map": Operation(_lookup, frozenset({"values", "other"})),
    "$first": Operation(_first, many=True),
    "$trim": Operation(_trim, frozenset({"of"})),
    "$decimal": Operation(_decimal, frozenset({"places", "times"})),
    "$sum": Operation(_sum, frozenset({"places", "times"}), many=True),
    "$product": Operation(_product, frozenset({"places", "times"}), many=True),
    "$difference": Operation(_difference, frozenset({"places", "times"}), many=True),
    "$total": Operation(_total, frozenset({"places", "times", "where"}), over_group=True),
    "$number": Operation(_number),
    "$time": Operation(_time, frozenset({"format", "zone"})),
    "$split": Operation(_split, frozenset({"by"})),
    "$rows": Operation(_rows, frozenset({"where"}), over_group=True),
}
