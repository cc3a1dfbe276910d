"""What one event says, normalised and checked: pure data between the contract and the write transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, Self, TypeAlias

from graph.events.outcomes import Remark
from graph.keys import scoped

if TYPE_CHECKING:
    from graph.orders.told import Told

Scalar: TypeAlias = str | int | float | bool | None
Properties: TypeAlias = Mapping[str, "Scalar | list[str]"]
Attributes: TypeAlias = Mapping[str, Properties]
"""Attribute name -> the node properties it sets. A cleared attribute sets its properties to None; an
attribute that the event does not mention is absent. Newest (time, source, event id) wins per attribute."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One identifier, as an event gives it; `key` is `kind:scope:value`."""

    key: str
    kind: str
    scope: str
    value: str
    original: str
    sharing: str = "UNKNOWN"
    verified: bool | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    mobile: bool = False
    listed: bool = False
    """It identifies nobody: a toll-free number, one that fills a field, or one of the company's own."""
    remark: Remark | None = None
    """Why the value is only text, which identifies nobody either."""


Marking: TypeAlias = Callable[["Claim"], "Claim"]
"""Returns a claim, marked where the company lists its value as one that identifies nobody."""


class Facts(Protocol):
    """What one event reports, of whichever type."""

    def claimed(self) -> tuple[Claim, ...]:
        """Return every identifier that it names."""
        ...

    def records(self) -> set[str]:
        """Return the keys of the source records that it names."""
        ...

    def marked(self, mark: Marking) -> Self:
        """Return the same with each claim marked."""
        ...

    def remarks(self) -> tuple[Remark, ...]:
        """Return what could not be taken as it was told, beside the identifiers."""
        ...


@dataclass(frozen=True, slots=True)
class Person:
    """What one system says about a person: `record` is the key of the source record, `names` are lines of `told_names.py`."""

    record: str
    source: str
    external_id: str
    attributes: Attributes = field(default_factory=dict[str, Properties])
    claims: tuple[Claim, ...] = ()
    names: frozenset[str] = frozenset()

    def claimed(self) -> tuple[Claim, ...]:
        return self.claims

    def records(self) -> set[str]:
        return {self.record}

    def marked(self, mark: Marking) -> Person:
        return replace(self, claims=tuple(map(mark, self.claims)))

    def remarks(self) -> tuple[Remark, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A store or a product under the code or SKU that it has in the whole company."""

    code: str
    attributes: Attributes

    def claimed(self) -> tuple[Claim, ...]:
        return ()

    def records(self) -> set[str]:
        return set()

    def marked(self, mark: Marking) -> Listing:  # noqa: ARG002 - it names nobody
        return self

    def remarks(self) -> tuple[Remark, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    sku: str | None
    properties: Properties


@dataclass(frozen=True, slots=True)
class By:
    """Who a touchpoint is from: a record (source, subject), or nobody named; `claims` are the endpoints it came by."""

    record: tuple[str, str] | None
    claims: tuple[Claim, ...] = ()
    person: Person | None = None

    @property
    def record_key(self) -> str | None:
        """Key of the record that is named, if any."""
        return None if self.record is None else scoped(*self.record)

    def claimed(self) -> tuple[Claim, ...]:
        return self.claims + (self.person.claims if self.person else ())

    def records(self) -> set[str]:
        return {key for key in (self.record_key, self.person.record if self.person else None) if key is not None}

    def marked(self, mark: Marking) -> By:
        return replace(self, claims=tuple(map(mark, self.claims)), person=self.person and self.person.marked(mark))


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """A touchpoint of any kind, orders among them.

    `by` is one attribute (newest wins); without a record in it the touchpoint is an anonymous contact. `lines` is one
    attribute too; both are None where the event does not mention them. Attributes `store` and `products` set the
    properties `store_code` and `sku_list`; the write draws the relationships from those.
    `default_channel` holds until an event names a channel. `fulfillments` are those of an order, None where the event does not
    mention them.
    """

    key: str
    kind: str
    external_id: str | None
    default_channel: str
    attributes: Attributes
    by: By | None = None
    lines: tuple[Line, ...] | None = None
    money_remarks: tuple[Remark, ...] = ()
    fulfillments: tuple[Told, ...] | None = None

    def claimed(self) -> tuple[Claim, ...]:
        return self.by.claimed() if self.by else ()

    def records(self) -> set[str]:
        return self.by.records() if self.by else set()

    def marked(self, mark: Marking) -> Touchpoint:
        return replace(self, by=self.by and self.by.marked(mark))

    def remarks(self) -> tuple[Remark, ...]:
        return self.money_remarks


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody agrees to or refuses for a purpose: all of it is one attribute, so the newest declaration wins whole.

    `state` is None where it takes back what was declared. Without a `point` it is about whoever `by` names, or about the
    endpoints it came by. `proof` are properties.
    """

    source: str
    purpose: str
    state: str | None
    by: By
    point: Claim | None = None
    valid_to: datetime | None = None
    proof: Properties = field(default_factory=dict[str, "Scalar | list[str]"])

    def claimed(self) -> tuple[Claim, ...]:
        return self.by.claimed() + ((self.point,) if self.point else ())

    def records(self) -> set[str]:
        return self.by.records()

    def marked(self, mark: Marking) -> Consent:
        return replace(self, by=self.by.marked(mark), point=mark(self.point) if self.point else None)

    def remarks(self) -> tuple[Remark, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class CaseReport:
    """What a system tells of a case of its own: `told` are the fields that the event names, by their names there."""

    source: str
    subject: str
    told: Mapping[str, str | None]
    by: By | None = None
    tags: tuple[str, ...] = ()

    def claimed(self) -> tuple[Claim, ...]:
        return self.by.claimed() if self.by else ()

    def records(self) -> set[str]:
        return self.by.records() if self.by else set()

    def marked(self, mark: Marking) -> CaseReport:
        return replace(self, by=self.by and self.by.marked(mark))

    def remarks(self) -> tuple[Remark, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Event:
    """An accepted event: envelope, keyed digest of its canonical JSON, and exactly one thing it reports."""

    source: str
    id: str
    type: str
    time: datetime
    digest: str
    facts: Facts
    traces: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    """Keyed hashes of what the facts name (graph/erasure/traces.py), by label and key."""
    dropped: tuple[Remark, ...] = ()
    """Why something of the facts was dropped before they were taken."""

    def warnings(self) -> tuple[Remark, ...]:
        """Return everything that was taken only in part, in the order of the event."""
        told = tuple(claim.remark for claim in self.facts.claimed() if claim.remark)
        return self.dropped + told + self.facts.remarks()
