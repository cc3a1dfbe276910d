"""What is left of the facts of an event that names somebody who was erased: lawful facts of an order, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from graph.events.facts import By, CaseReport, Claim, Consent, Event, Facts, Marking, Person, Touchpoint
from graph.events.outcomes import Remark
from graph.touchpoints.kinds import ORDER

ERASED = Remark("ERASED", "")
"""The warning on the receipt of an event of which something was dropped."""
LAWFUL = frozenset({
    "number", "status", "currency", "total", "discount", "shipping", "fee", "tax", "refunded", "pointsUsed", "store", "products",
    "channel", "endedAt",
})  # fmt: skip
"""Attributes of an order that commercial and tax law has kept; who it was by, and what was written, is not among them."""

IsErased = Callable[[str], bool]
"""Tells whether a record, identifier or touchpoint of this key was erased."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The facts of an event that was all about somebody who was erased."""

    def claimed(self) -> tuple[Claim, ...]:
        return ()

    def records(self) -> set[str]:
        return set()

    def marked(self, mark: Marking) -> Nothing:  # noqa: ARG002 - it names nobody
        return self

    def remarks(self) -> tuple[Remark, ...]:
        return ()


def spared(event: Event, erased: frozenset[str]) -> Event:
    """Return the event without what it says of who was erased; `erased` are the hashes that were found."""
    gone = {key for (_, key), own in event.traces.items() if own in erased}
    if not gone:
        return event
    return replace(event, facts=_spared(event.facts, gone.__contains__), dropped=(ERASED,))


def _spared(facts: Facts, is_erased: IsErased) -> Facts:
    if isinstance(facts, Person):
        return Nothing() if is_erased(facts.record) else _person(facts, is_erased)
    if isinstance(facts, Consent):
        return _consent(facts, is_erased)
    if isinstance(facts, Touchpoint):
        return _touchpoint(facts, is_erased)
    if isinstance(facts, CaseReport) and facts.by is not None:
        return Nothing() if _is_theirs(facts.by, is_erased) else replace(facts, by=_by(facts.by, is_erased))
    return facts


def _person(person: Person, is_erased: IsErased) -> Person:
    return replace(person, claims=_claims(person.claims, is_erased))


def _claims(claims: tuple[Claim, ...], is_erased: IsErased) -> tuple[Claim, ...]:
    return tuple(claim for claim in claims if not is_erased(claim.key))


def _is_theirs(by: By, is_erased: IsErased) -> bool:
    """Tell whether somebody erased is named, or meant where nobody is."""
    named = by.records()
    return any(map(is_erased, named)) or (not named and any(is_erased(claim.key) for claim in by.claims))


def _by(by: By, is_erased: IsErased) -> By:
    return replace(by, claims=_claims(by.claims, is_erased), person=by.person and _person(by.person, is_erased))


def _consent(consent: Consent, is_erased: IsErased) -> Facts:
    if _is_theirs(consent.by, is_erased) or (consent.point and is_erased(consent.point.key)):
        return Nothing()
    return replace(consent, by=_by(consent.by, is_erased))


def _touchpoint(touchpoint: Touchpoint, is_erased: IsErased) -> Facts:
    by = touchpoint.by
    if not is_erased(touchpoint.key) and not (by and _is_theirs(by, is_erased)):
        return replace(touchpoint, by=by and _by(by, is_erased))
    if touchpoint.kind != ORDER:
        return Nothing()
    lawful = {name: values for name, values in touchpoint.attributes.items() if name in LAWFUL}
    return replace(touchpoint, by=None, attributes=lawful, fulfillments=None)
