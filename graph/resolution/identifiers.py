"""Identifiers while a transaction works on them: as loaded, as changed, and whether they may link."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.events.facts import Claim
from graph.identity.blocking import REVIEWED_FROM, most_names
from graph.identity.strength import could_link

ACTIVE, SHARED, BLOCKED, QUARANTINED = "ACTIVE", "SHARED", "BLOCKED", "QUARANTINED"
FREE = "FREE"
LISTED, UNREADABLE, BY_PERSON, NAMES, COMPONENT = "LISTED", "UNREADABLE", "PERSON", "NAMES", "COMPONENT"
"""Why a value links nobody: settings or what it says, no value of its kind, somebody's word, too many given names, too
large a component."""
BY_FORM = frozenset({LISTED, UNREADABLE})


def reason_of(claim: Claim) -> str | None:
    """Return why the value of a claim links nobody, as far as settings and its form say."""
    return LISTED if claim.listed else UNREADABLE if claim.remark else None


@dataclass(slots=True)
class IdentifierState:
    key: str
    kind: str
    value: str
    mobile: bool
    sharing: str
    state: str = ACTIVE
    holders: set[str] = field(default_factory=set[str])
    given_names: set[str] = field(default_factory=set[str])
    contacts: bool = False
    ruled: str | None = None
    """BLOCKED or FREE where a person said so, which no counting changes."""
    reason: str | None = None
    """Why it links nobody, None while it may link."""
    unattributed_after: str | None = None
    """Where attributing its anonymous contacts goes on: after this id; None when none waits (attribution.py)."""
    bounces: list[str] = field(default_factory=list[str])
    """When mail to it came back for good, since `reached_at`: the earliest first."""
    reached_at: str = ""
    """When it was last known to be in use: mail came from it, or reached it; '' for never."""
    changed: bool = False
    heard: bool = False
    """Whether `bounces` or `reached_at` changed, from which nothing else follows."""
    was_near: bool | None = None
    """Whether it tied what came by it to one thread when it was loaded; None for a new one, which nothing has come by."""

    @property
    def near(self) -> bool:
        """Tell whether what comes by it about one topic within days is one thread: it is nobody else's."""
        return self.state == ACTIVE and self.sharing in ("PERSONAL", "UNKNOWN")

    def links(self) -> bool:
        """Tell whether the value could tie two records together, if both ends hold it well enough."""
        return self.open and could_link(self.kind, mobile=self.mobile, sharing=self.sharing)

    @property
    def open(self) -> bool:
        """Tell whether it may link at all; a closed one keeps no list of holders and is never walked through."""
        return self.state in (ACTIVE, SHARED)

    @property
    def changes_hands(self) -> bool:
        """Tell whether it may be one person's now and another's later: a mobile number or a mail."""
        return self.kind in ("PHONE", "EMAIL") and self.links()

    @property
    def reviewed(self) -> bool:
        """Tell whether so many given names are known that it joins nobody without a person."""
        enough = self.open and self.ruled != FREE and len(self.given_names) >= REVIEWED_FROM
        return enough and most_names(self.given_names) >= REVIEWED_FROM

    @property
    def system(self) -> str:
        """Kind and scope, within which a value is unique."""
        return self.key.removesuffix(self.value)

    @property
    def of_household(self) -> bool:
        """Tell whether a household may have it in common: a landline or fax, or what is said or seen to be shared."""
        landline = self.kind == "FAX" or (self.kind == "PHONE" and not self.mobile)
        return landline or self.sharing == "HOUSEHOLD" or self.state == SHARED

    def come_by(self) -> None:
        """Note that a touchpoint came by it."""
        self.changed = self.changed or not self.contacts
        self.contacts = True

    def bounce(self, at: str) -> None:
        """Note that mail to it came back for good at a time; before it was last in use, that says nothing any more."""
        if at > self.reached_at and at not in self.bounces:
            self.bounces, self.heard = sorted((*self.bounces, at)), True

    def reach(self, at: str) -> None:
        """Note that it was in use at a time, which lifts what came back until then."""
        if at > self.reached_at:
            self.reached_at, self.heard = at, True
            self.bounces = [each for each in self.bounces if each > at]

    def attribute_later(self, after: str | None) -> None:
        """Have its anonymous contacts after that id attributed in steps; None when none is left."""
        self.changed = self.changed or after != self.unattributed_after
        self.unattributed_after = after

    def close(self, state: str, reason: str) -> None:
        self.state, self.reason, self.changed = state, reason, True
        self.holders, self.given_names = set(), set()
