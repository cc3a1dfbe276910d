"""Whose a mobile number or mail is at which time, recomputed by going from day to day of what was reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Pairs = Callable[[str, str], bool]
EVER, FOREVER = "", "9999"


@dataclass(frozen=True)
class Report:
    """What one record says: since and until when, when it said so, and whether what it says counts."""

    since: str
    until: str
    said: tuple[str, ...]
    counts: bool

    def known(self) -> tuple[str, str]:
        """The first and the last time at which it surely held."""
        first = self.since if self.since != EVER else min(*self.said, self.until)
        return first, self.until if self.until != FOREVER else max(*self.said, first)

    @property
    def possible(self) -> bool:
        return self.since < self.until


def time_of_each(
    reports: Mapping[str, Report], apart: Pairs, named_alike: Pairs, handed_over: Pairs
) -> dict[str, tuple[str, str]]:
    """Return the window of each record, in which the borders between owners that it lies between are respected."""
    plain = {who: (report.since, report.until) for who, report in reports.items()}
    witnesses = [who for who, report in reports.items() if report.counts and report.possible]
    if len(witnesses) < 2:
        return plain
    lives = {who: _life(who, reports, witnesses, named_alike) for who in reports if reports[who].possible}
    borders = [
        lives[new][0]
        for new in witnesses
        for old in witnesses
        if new != old and lives[old][1] < lives[new][0] and handed_over(old, new)
    ]
    for who, (born, died) in lives.items():
        own = list(borders)
        for other in witnesses:
            if other == who or not apart(who, other):
                own += [border for border in plain[other] if border not in (EVER, FOREVER)]
        since, until = plain[who]
        plain[who] = (
            max([since, *(border for border in own if border <= born and border < until)]),
            min([until, *(border for border in own if border > died)]),
        )
    return plain


def _life(who: str, reports: Mapping[str, Report], witnesses: list[str], named_alike: Pairs) -> tuple[str, str]:
    """Return from when to when a record and those that name the same person are known to have held it."""
    known = [reports[who].known(), *(reports[one].known() for one in witnesses if one != who and named_alike(who, one))]
    return min(first for first, _ in known), max(last for _, last in known)
