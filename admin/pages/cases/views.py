"""Which cases the inbox shows: a view by its name, narrowed by filters; all of it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from admin.parts.questions import Json, Problem

VIEWS: Mapping[str, Json] = {
    "mine": {},
    "unassigned": {"unassigned": True},
    "unanswered": {"unanswered": True},
    "overdue": {"overdue": True},
    "bounced": {"bounced": True},
    "waiting": {"state": "WAITING_CUSTOMER"},
    "internal": {"state": "WAITING_INTERNAL"},
    "escalated": {"escalated": True},
    "snoozed": {"snoozed": True},
    "all": {},
    "resolved": {"listed": "DONE"},
}
"""View -> the CaseFilter of the schema; `mine` narrows by the account of whoever looks."""
PRIORITIES = ("URGENT", "HIGH", "NORMAL", "LOW")
NARROWING = {
    "priority": "priority", "topic": "topic", "tag": "tag", "team": "team", "assignee": "assignee", "store": "storeId",
    "customer": "customerId",
}  # fmt: skip
"""Name in the address -> member of CaseFilter."""
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Chosen:
    """The view and what narrows it: codes, names of enum values, accounts and opaque ids, nothing that tells of a customer."""

    view: str
    narrowed: Mapping[str, str]
    me: str

    @property
    def filter(self) -> Json:
        """As the CaseFilter of the schema.

        Whose cases they are is said by the account, so that no reading of one person is shared with another.
        """
        mine = {"assignee": self.me} if self.view == "mine" else {}
        return {**VIEWS[self.view], **{NARROWING[name]: value for name, value in self.narrowed.items()}, **mine}

    @property
    def kept(self) -> dict[str, str]:
        """What an address of this list keeps."""
        return {"view": self.view, **self.narrowed}

    @property
    def customer(self) -> dict[str, str]:
        """The customer whose cases these are, as an address of them keeps it; nothing where they are of anybody."""
        return {"customer": self.narrowed["customer"]} if "customer" in self.narrowed else {}

    @property
    def fields(self) -> int:
        """How many fields of the filter narrow them."""
        return len(self.narrowed) - len(self.customer)

    def is_all_of(self, name: str, value: str) -> bool:
        """Tell whether these are all open cases of one team or store."""
        return self.view == "all" and self.narrowed.get(name) == value

    def address(self, view: str | None = None, **narrowed: str) -> str:
        """Return the address of another view, or of this one, with nothing else that narrows it."""
        return "/admin/cases?" + urlencode({"view": view or self.view, **narrowed})


def chosen_of(request: Request, first: str, me: str) -> Chosen:
    """Read view and filters from the address; raises Problem 400 for a view or priority that there is not."""
    asked: Mapping[str, Any] = request.query_params
    view = asked.get("view") or first
    narrowed = {name: value for name in NARROWING if (value := asked.get(name, "").strip()[:LONGEST])}
    if view not in VIEWS or narrowed.get("priority", "LOW") not in PRIORITIES:
        raise Problem(400)
    return Chosen(view, narrowed, me)
