"""The `$operations` of a mapping file: one row each in `OPERATIONS`, built from its arguments and options."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from graph.imports import transforms
from graph.imports.amount_operations import build_decimal, build_difference, build_product, build_sum, build_total
from graph.imports.evaluation import Evaluate, Expression, Operation, Options, Row, taken_rows


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
            raise ValueError(f"a value{_of(arguments[0])} is not in the table of $map, which has no `other`")
        return found

    return evaluate


def _of(argument: Expression) -> str:
    """Say of which columns a value is, for whoever looks for it in the file."""
    return f" of {', '.join(sorted(argument.head))}" if argument.head else ""


def _matching(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$matching: $caller`, `pattern: "[0-9a-f]{32}"`: the text where the whole of it is like the pattern, else empty."""
    try:
        pattern = re.compile(str(options["pattern"]))
    except (KeyError, re.error):
        raise ValueError("needs `pattern`, a regular expression") from None

    def evaluate(rows: Sequence[Row], index: int) -> object:
        cell = transforms.text(arguments[0].evaluate(rows, index))
        return cell if isinstance(cell, str) and pattern.fullmatch(cell) else None

    return evaluate


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
    child, taken = arguments[0].evaluate, taken_rows(options)
    return lambda rows, _: [child(rows, each) for each in taken(rows)] or None


OPERATIONS: Mapping[str, Operation] = {
    "$join": Operation(_join, frozenset({"with"}), many=True),
    "$map": Operation(_lookup, frozenset({"values", "other"})),
    "$first": Operation(_first, many=True),
    "$matching": Operation(_matching, frozenset({"pattern"})),
    "$trim": Operation(_trim, frozenset({"of"})),
    "$decimal": Operation(build_decimal, frozenset({"places", "times"})),
    "$sum": Operation(build_sum, frozenset({"places", "times"}), many=True),
    "$product": Operation(build_product, frozenset({"places", "times"}), many=True),
    "$difference": Operation(build_difference, frozenset({"places", "times"}), many=True),
    "$total": Operation(build_total, frozenset({"places", "times", "where"}), over_group=True),
    "$number": Operation(_number),
    "$time": Operation(_time, frozenset({"format", "zone"})),
    "$split": Operation(_split, frozenset({"by"})),
    "$rows": Operation(_rows, frozenset({"where"}), over_group=True),
}
