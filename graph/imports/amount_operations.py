"""The `$operations` that give an amount of money: exact text with a stated number of digits after the point."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import prod

from graph.imports import transforms
from graph.imports.evaluation import Evaluate, Expression, Options, Row, taken_rows


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


def build_decimal(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$decimal: $price`, `places: 2`, `times: 0.01`: an amount as exact text, scaled, then rounded half up."""
    places, times, cell = _places(options), _times(options), arguments[0].evaluate
    return lambda rows, index: transforms.amount([cell(rows, index)], places, times)


def build_sum(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$sum: [$a, $b]`, `places: 2`: each part scaled and rounded, then added; empty parts count nothing."""
    places, times, cells = _places(options), _times(options), [argument.evaluate for argument in arguments]
    return lambda rows, index: transforms.amount([cell(rows, index) for cell in cells], places, times)


def build_product(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$product: [$price, $quantity]`, `places: 2`: multiplied, scaled, then rounded; empty where a part is."""
    places, times, cells = _places(options), _times(options), [argument.evaluate for argument in arguments]

    def evaluate(rows: Sequence[Row], index: int) -> str | None:
        found = [cell(rows, index) for cell in cells]
        factors = [transforms.decimal(cell) for cell in found if cell is not None]
        return transforms.amount([prod(factors)], places, times) if len(factors) == len(cells) else None

    return evaluate


def build_difference(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$difference: [$goods, $subtotal]`, `places: 2`: the first less the others, each rounded; empty where a part is."""
    places, times, cells = _places(options), _times(options), [argument.evaluate for argument in arguments]

    def evaluate(rows: Sequence[Row], index: int) -> str | None:
        found = [transforms.amount([cell(rows, index)], places, times) for cell in cells]
        told = [Decimal(part) for part in found if part is not None]
        return transforms.amount([2 * told[0] - sum(told)], places) if len(told) == len(cells) else None

    return evaluate


def build_total(arguments: Sequence[Expression], options: Options) -> Evaluate:
    """`$total: $amount`, `places: 2`, `where: {...}`: the sum over the rows of the group, each rounded before it is added."""
    places, times, cell, taken = _places(options), _times(options), arguments[0].evaluate, taken_rows(options)
    return lambda rows, _: transforms.amount([cell(rows, each) for each in taken(rows)], places, times)
