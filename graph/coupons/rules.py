"""By which rule a coupon is issued without anybody doing it: what has to hold of a customer, once. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

BIRTHDAY, RANK, VISIT, SEEN = RULES = ("BIRTHDAY", "RANK", "VISIT", "SEEN")
WALKED = frozenset({BIRTHDAY, RANK})
"""What can hold without anything happening to the customer: a month begins, a rule is made after a rank was reached."""
LISTS = ("stores", "products", "categories")
NOWHERE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class IssueRule:
    """`kind` is one of RULES. `rank` is that of RANK; `stores` (codes) bound a VISIT, none for any; the others what is SEEN.

    `days` is how many days each issue can be used after the day on which it is issued, None for as long as the coupon.
    """

    kind: str
    rank: str | None = None
    stores: frozenset[str] = NOWHERE
    products: frozenset[str] = NOWHERE
    categories: frozenset[str] = NOWHERE
    days: int | None = None

    def properties(self) -> dict[str, Any]:
        """Return it as the node of a coupon keeps it."""
        lists = {f"rule_{name}": sorted(getattr(self, name)) for name in LISTS}
        return {"rule": self.kind, "rule_rank": self.rank, "rule_days": self.days, **lists}

    def period(self, day: date) -> str:
        """Return within which time a customer gets it once: a birthday comes each year, all else once and for all."""
        return str(day.year) if self.kind == BIRTHDAY else ""

    def mark(self, version: int, day: date) -> str:
        """Return what is told apart of the times at which all customers are looked at."""
        return f"{version}:{day:%Y-%m}" if self.kind == BIRTHDAY else str(version)


NO_RULE: Mapping[str, None] = dict.fromkeys(("rule", "rule_rank", "rule_days", *(f"rule_{name}" for name in LISTS)))
"""What a coupon without a rule keeps."""


def rule_of(told: Mapping[str, Any]) -> IssueRule | None:
    """Return the rule that the properties of a coupon tell."""
    if told.get("rule") is None:
        return None
    lists: dict[str, Any] = {name: frozenset(told.get(f"rule_{name}") or ()) for name in LISTS}
    return IssueRule(told["rule"], told.get("rule_rank"), days=told.get("rule_days"), **lists)
