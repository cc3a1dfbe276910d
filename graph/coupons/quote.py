"""What coupons take off a basket: one pure answer, whatever the door, the order of the codes and that of the lines.

Percentages are taken first, then values, each by code, each of what the ones before have left. A percentage is rounded down
to the minor unit once for its lines together, and shared out over them (sharing_out.py). Minimums are compared with what the
lines came to before any coupon. Of coupons that cannot be combined, the one is used alone that takes off more than the others
together; where both come to the same, those that can be combined are used, or else the first by code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.coupons.refusals import Basket, Line, Standing, fits, refusal
from graph.coupons.sharing_out import share_out
from graph.coupons.terms import HUNDRED, PERCENT, Terms


@dataclass(frozen=True, slots=True)
class Quoted:
    """One coupon of a quote: `refusal` says why it takes off nothing, None where it is used; `lines` by line number."""

    code: str
    refusal: str | None
    lines: Mapping[int, int]

    @property
    def amount(self) -> int:
        return sum(self.lines.values())


def quote(basket: Basket, standings: Mapping[str, Standing | None]) -> list[Quoted]:
    """Return what each coupon, by code, takes off, in minor units of the basket's currency; by code, None: there is none."""
    refused = {code: "NO_SUCH_COUPON" if each is None else refusal(each, basket) for code, each in standings.items()}
    usable = {code: each.terms for code, each in standings.items() if each is not None and refused[code] is None}
    used = _best(basket, usable)
    found: list[Quoted] = []
    for code in sorted(standings):
        why = refused[code] if code not in usable else "NOT_COMBINABLE" if code not in used else None
        lines = used.get(code, {})
        found.append(Quoted(code, why if why or lines else "NOTHING_LEFT", lines))
    return found


def _best(basket: Basket, usable: Mapping[str, Terms]) -> dict[str, dict[int, int]]:
    together = [code for code in sorted(usable) if usable[code].combinable]
    alone = [[code] for code in sorted(usable) if not usable[code].combinable]
    ways = [_taken(basket.lines, usable, codes) for codes in (*([together] if together else []), *alone)]
    nothing: dict[str, dict[int, int]] = {}
    return max(ways, key=lambda way: sum(sum(lines.values()) for lines in way.values()), default=nothing)


def _taken(lines: Sequence[Line], usable: Mapping[str, Terms], codes: Sequence[str]) -> dict[str, dict[int, int]]:
    """Return what each of these coupons takes off each line, one after the other."""
    left = {line.number: line.amount for line in lines}
    taken: dict[str, dict[int, int]] = {}
    for code in sorted(codes, key=lambda each: (usable[each].kind != PERCENT, each)):
        terms = usable[code]
        numbers = sorted(line.number for line in lines if fits(terms, line))
        whole = sum(left[number] for number in numbers)
        amount = whole * terms.value // HUNDRED if terms.kind == PERCENT else min(terms.value, whole)
        parts = zip(numbers, share_out(amount, [left[number] for number in numbers]), strict=True)
        taken[code] = {number: part for number, part in parts if part}
        for number, part in taken[code].items():
            left[number] -= part
    return taken
