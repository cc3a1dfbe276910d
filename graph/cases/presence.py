"""Who is on a case: what open pages say of themselves, which of it is written when, and what is new for others. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

LEASE_SECONDS = 15
"""For so long somebody is on a case after their page has last said so: it says so every five seconds, so two may get lost."""
HOLD_SECONDS = 3.0
"""For so long what changes nothing for others waits to be written, together with what others say."""
MOST_PAGES = 50
"""So many pages of one account, open or just left: further ones are not taken in."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What an open page says: on which case (raw id) an account is, called `name`, and whether they have begun to write.

    `page` is a name that the page has made up; after one that has `left` it is not used again.
    """

    case: str
    account: str
    name: str
    page: str
    writing: bool = False
    left: bool = False

    @property
    def key(self) -> str:
        """Of account, case and page, so that nobody can speak for the page of somebody else."""
        return f"{self.account} {self.case} {self.page}"

    def shows_as(self, other: Sign) -> bool:
        """Tell whether others see the same of both."""
        return (self.writing, self.left) == (other.writing, other.left)


@dataclass(slots=True)
class _Page:
    """`at` is when it last said something, `waits` since when that is to be written, None where it is."""

    sign: Sign
    at: float
    waits: float | None
    urgent: bool


class Signs:
    """What the pages have said to one process; times are seconds of one clock, `now` never goes back.

    What is new for others is written at once; that a page is still open waits for HOLD_SECONDS.
    """

    def __init__(self) -> None:
        self._pages: dict[str, _Page] = {}

    def take(self, sign: Sign, now: float) -> None:
        """Keep a sign until it is written. What comes after a page has left, out of order, changes nothing."""
        known = self._pages.get(sign.key)
        if known is None:
            if self._pages_of(sign.account, now) < MOST_PAGES:
                self._pages[sign.key] = _Page(sign, now, now, urgent=True)
        elif not known.sign.left:
            urgent = known.urgent or not sign.shows_as(known.sign)
            self._pages[sign.key] = _Page(sign, now, now if known.waits is None else known.waits, urgent)

    def pause(self, now: float) -> float | None:
        """Return in how many seconds something is to be written; None where nothing waits."""
        due = [now if page.urgent else page.waits + HOLD_SECONDS for page in self._pages.values() if page.waits is not None]
        return max(0.0, min(due) - now) if due else None

    def taken_out(self, now: float) -> list[Sign]:
        """Return all that waits, as written from now on, and forget the pages that have said nothing for a whole lease."""
        waiting = [page for _, page in sorted(self._pages.items()) if page.waits is not None]
        for page in waiting:
            page.waits, page.urgent = None, False
        self._pages = {key: page for key, page in self._pages.items() if page.at > now - LEASE_SECONDS}
        return [page.sign for page in waiting]

    def put_back(self, signs: Iterable[Sign], now: float) -> None:
        """Keep what could not be written, unless its page has said something since."""
        for sign in signs:
            page = self._pages.get(sign.key)
            if page is not None and page.waits is None:
                page.waits, page.urgent = now, True

    def _pages_of(self, account: str, now: float) -> int:
        return sum(page.sign.account == account and page.at > now - LEASE_SECONDS for page in self._pages.values())


Seen: TypeAlias = Mapping[str, Mapping[str, tuple[bool, bool]]]
"""Case (raw id) -> key of a page -> whether its reader writes, and whether they have left, which is seen for a while."""


def seen(rows: Iterable[list[Any]]) -> Seen:
    """Return what rows `case, key, writing, left` tell."""
    found: dict[str, dict[str, tuple[bool, bool]]] = {}
    for case, key, writing, left in rows:
        found.setdefault(case, {})[key] = (writing, left)
    return found


def differing(before: Seen, after: Seen) -> frozenset[str]:
    """Return the cases on which somebody has come, gone, begun or ended to write, also within the time between the two.

    That somebody who has left is seen as such no longer is no difference.
    """
    nobody: Mapping[str, tuple[bool, bool]] = {}

    def differs(case: str) -> bool:
        then, now = before.get(case, nobody), after.get(case, nobody)
        lapsed = any(key not in now for key, (_, left) in then.items() if not left)
        return lapsed or any(then.get(key) != state for key, state in now.items())

    return frozenset(case for case in {*before, *after} if differs(case))
