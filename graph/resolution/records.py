"""Source records while a transaction works on them: as loaded, as changed, and what the rules see of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.events.newest import Stamps
from graph.identity.counts import Counts
from graph.identity.members import Holding, Member
from graph.identity.profile import Held, Profile, profile
from graph.identity.record_view import Reach, RecordView
from graph.identity.strength import Strength, strength
from graph.resolution.identifiers import BY_FORM, IdentifierState

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

    def united(self, other: HeldClaim) -> HeldClaim:
        """Return what both say: verified once is verified, validity is the intersection, the newest text counts."""
        newest = max((self.last_seen, self.original), (other.last_seen, other.original))
        return HeldClaim(
            self.verified or other.verified,
            max(self.valid_from, other.valid_from),
            min(filter(None, (self.valid_to, other.valid_to)), default=""),
            min(self.first_seen, other.first_seen),
            *newest,
        )


@dataclass(slots=True)
class RecordState:
    key: str
    source: str
    external_id: str
    properties: dict[str, Any] = field(default_factory=dict[str, Any])
    stamps: Stamps = field(default_factory=Stamps)
    claims: dict[str, HeldClaim] = field(default_factory=dict[str, HeldClaim])
    names: set[str] = field(default_factory=set[str])
    """Lines of `told_names.py`, all that it was ever called."""
    composites: frozenset[str] = frozenset()
    """Keys of `composites.py`, of all that it was ever told."""
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
    given_up: dict[str, str | None] = field(default_factory=dict[str, "str | None"])
    """Identifier that it holds no more, as its text reads otherwise today -> the one that it reads as, if any."""
    restamped: bool = False
    """Whether an event was the newest to report some attribute."""
    was_customer: str | None = None
    link_rule: str = "KNOWN_RECORD"
    refused: bool = False

    def holding(self, identifier: IdentifierState) -> Holding:
        claim = self.claims[identifier.key]
        how = strength(identifier.kind, mobile=identifier.mobile, sharing=identifier.sharing, verified=claim.verified)
        return Holding(identifier.key, how, claim.valid_from, claim.valid_to, claim.first_seen, claim.last_seen)

    @property
    def reasserted(self) -> bool:
        """Tell whether anything changed of which a golden record is made; what it did is only counted."""
        return bool(self.changes.keys() - {"counts", "unproposed"} or self.claims_changed or self.identity_changed)

    def member(self, identifiers: Mapping[str, IdentifierState]) -> Member:
        """Return what the identity rules see of this record."""
        said = tuple(Holding(decision, Strength.PERSON) for decision in sorted(self.joins))
        holdings = tuple(self.holding(identifiers[key]) for key in sorted(self.claims))
        apart = frozenset(key for key, _ in self.apart_from)
        born, home = self.properties.get("birth_date"), self.properties.get("home")
        return Member(self.key, frozenset(self.names), born, said + holdings, apart, self.quarantined, home, self.composites)

    def profile(self, identifiers: Mapping[str, IdentifierState]) -> Profile:
        """Return what this record is compared by; values that identify nobody, or a crowd, are left out."""
        held = [
            Held(known.kind, f"{known.system}{self.source}", known.value, known.of_household, self.holding(known))
            for key in self.claims
            if (known := identifiers[key]).open and known.sharing not in CROWDS
        ]
        return profile(self.properties, self.names, held)

    def view(self, identifiers: Mapping[str, IdentifierState]) -> RecordView:
        """Return what survivorship sees of this record."""
        reach = tuple(
            Reach(known.kind, known.value, known.mobile, claim.last_seen, claim.verified)
            for key, claim in self.claims.items()
            if (known := identifiers[key]).kind in ("PHONE", "EMAIL") and known.reason not in BY_FORM
        )
        verified = any(claim.verified for claim in self.claims.values())
        return RecordView(self.key, self.properties, self.stamps, reach, self.counts, self.source, verified)
