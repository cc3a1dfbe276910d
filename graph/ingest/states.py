"""Nodes of the graph while a transaction works on them: as loaded, as changed, and which of them changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.identity.blocking import REVIEWED_FROM, most_names
from graph.identity.counts import Counts, share_of
from graph.identity.members import Holding, Member
from graph.identity.profile import Held, Profile, profile
from graph.identity.record_view import Reach, RecordView
from graph.identity.strength import Strength, could_link, strength
from graph.ingest.newest import Stamps

ACTIVE, SHARED, BLOCKED, QUARANTINED = "ACTIVE", "SHARED", "BLOCKED", "QUARANTINED"
FREE = "FREE"
LISTED, BY_PERSON, NAMES, COMPONENT = "LISTED", "PERSON", "NAMES", "COMPONENT"
"""Why a value links nobody: settings or its own form, somebody's word, too many given names, too large a component."""


CROWDS = frozenset({"ORGANIZATION", "KIOSK"})
"""Sharings of values that tell nothing about who somebody is."""


@dataclass(slots=True)
class HeldClaim:
    """What one record says about one identifier, over all its events; times are UTC text, empty without bound."""

    verified: bool
    valid_from: str
    valid_to: str
    first_seen: str
    last_seen: str
    original: str


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
    changed: bool = False

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

    def close(self, state: str, reason: str) -> None:
        self.state, self.reason, self.changed = state, reason, True
        self.holders, self.given_names = set(), set()


@dataclass(slots=True)
class RecordState:
    key: str
    source: str
    external_id: str
    properties: dict[str, Any] = field(default_factory=dict[str, Any])
    stamps: Stamps = field(default_factory=Stamps)
    claims: dict[str, HeldClaim] = field(default_factory=dict[str, HeldClaim])
    given_names: set[str] = field(default_factory=set[str])
    counts: Counts = field(default_factory=Counts)
    apart_from: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    """(key of a record that a person said it is not, the decision that says so)"""
    joins: set[str] = field(default_factory=set[str])
    """Decisions by which a person said that it is one with other records."""
    customer: str | None = None
    born: str | None = None
    quarantined: bool = False
    first_seen: str = ""
    created: bool = False
    changes: dict[str, Any] = field(default_factory=dict[str, Any])
    identity_changed: bool = False
    claims_changed: set[str] = field(default_factory=set[str])
    was_customer: str | None = None
    link_rule: str = "KNOWN_RECORD"
    refused: bool = False

    def holding(self, identifier: IdentifierState) -> Holding:
        claim = self.claims[identifier.key]
        how = strength(identifier.kind, mobile=identifier.mobile, sharing=identifier.sharing, verified=claim.verified)
        return Holding(identifier.key, how, claim.valid_from, claim.valid_to, claim.first_seen, claim.last_seen)

    def member(self, identifiers: dict[str, IdentifierState]) -> Member:
        """Return what the identity rules see of this record."""
        said = tuple(Holding(decision, Strength.PERSON) for decision in sorted(self.joins))
        holdings = tuple(self.holding(identifiers[key]) for key in sorted(self.claims))
        apart = frozenset(key for key, _ in self.apart_from)
        born = self.properties.get("birth_date")
        return Member(self.key, frozenset(self.given_names), born, said + holdings, apart, self.quarantined)

    def profile(self, identifiers: Mapping[str, IdentifierState]) -> Profile:
        """Return what this record is compared by; values that identify nobody, or a crowd, are left out."""
        held = [
            Held(known.kind, f"{known.system}{self.source}", known.value, known.of_household, self.holding(known))
            for key in self.claims
            if (known := identifiers[key]).open and known.sharing not in CROWDS
        ]
        return profile(self.properties, self.given_names, held)

    def view(self, identifiers: dict[str, IdentifierState]) -> RecordView:
        """Return what survivorship sees of this record."""
        reach = tuple(
            Reach(known.kind, known.value, known.mobile, claim.last_seen, claim.verified)
            for key, claim in self.claims.items()
            if (known := identifiers[key]).kind in ("PHONE", "EMAIL") and known.reason != LISTED
        )
        verified = any(claim.verified for claim in self.claims.values())
        return RecordView(self.key, self.properties, self.stamps, reach, self.counts, self.source, verified)


@dataclass(slots=True)
class ContactState:
    """A touchpoint, orders among them; `record` is its own id while it belongs to nobody: no record has such a key."""

    id: str
    key: str
    kind: str
    source: str
    external_id: str | None
    default_channel: str
    at: str = ""
    stamps: Stamps = field(default_factory=Stamps)
    properties: dict[str, Any] = field(default_factory=dict[str, Any])
    record: str = ""
    bare: bool = True
    rule: str = ""
    via: list[str] = field(default_factory=list[str])
    lines: list[dict[str, Any]] | None = None
    created: bool = False
    changes: dict[str, Any] = field(default_factory=dict[str, Any])
    was_owner: str | None = None
    was_rule: str = ""
    was_share: Counts = field(default_factory=Counts)
    assigned: str | None = None
    """The key of the record that a person said it belongs to; empty if to nobody; None if nobody has said."""

    @property
    def owner(self) -> str | None:
        """The key of the source record it hangs on, None while it belongs to nobody."""
        return None if self.record == self.id else self.record

    @property
    def channel(self) -> str:
        return self.properties.get("channel") or self.default_channel

    def share(self) -> Counts:
        """Return what this touchpoint counts for on its record."""
        known = self.properties
        return share_of(
            channel=self.channel,
            store=known.get("store_code"),
            is_order=self.kind == "ORDER",
            status=known.get("status"),
            total=known.get("total"),
            currency=known.get("currency"),
        )


def settle_counts(contacts: Iterable[ContactState], records: dict[str, RecordState]) -> None:
    """Take from each former owner what a touchpoint counted for, and give its new owner what it counts for now."""
    for state in contacts:
        share, owner = state.share(), state.owner
        if owner == state.was_owner and share == state.was_share:
            continue
        for record, part, times in ((state.was_owner, state.was_share, -1), (owner, share, 1)):
            if record is not None and part != Counts():
                records[record].counts.add(part, times)
                records[record].changes["counts"] = records[record].counts.to_json()
