"""The identifiers of an event as claims: normalised, keyed, each key once; what identifies nobody is told so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.events.facts import Claim, Marking
from graph.events.invalid import InvalidEvent, json_pointer
from graph.events.parties import Identifier
from graph.identity.blocking import ListedValues, is_default_value
from graph.identity.normalising.identifiers import normalise, scope_of
from graph.identity.strength import wider
from graph.keys import identifier_key


def read_claims(identifiers: Sequence[Identifier], source: str, path: tuple[str | int, ...]) -> tuple[Claim, ...]:
    """Return one claim per key, in the order given; `source` scopes the kinds that need it, `path` leads to the list."""
    claims: dict[str, Claim] = {}
    for index, identifier in enumerate(identifiers):
        claim = read_claim(identifier, source, (*path, index))
        known = claims.get(claim.key)
        claims[claim.key] = claim if known is None else _united(known, claim)
    return tuple(claims.values())


def _united(one: Claim, other: Claim) -> Claim:
    """Return what one event says twice of one value, as two events would: the wider sharing, the narrower validity."""
    starts = [start for start in (one.valid_from, other.valid_from) if start]
    ends = [end for end in (one.valid_to, other.valid_to) if end]
    return replace(
        one,
        sharing=wider(one.sharing, other.sharing),
        verified=one.verified or other.verified,
        valid_from=max(starts, default=None),
        valid_to=min(ends, default=None),
    )


def read_claim(identifier: Identifier, source: str, path: tuple[str | int, ...]) -> Claim:
    """Return the claim of one identifier, to which `path` leads."""
    if identifier.valid_from and identifier.valid_to and identifier.valid_from > identifier.valid_to:
        raise InvalidEvent("validTo is before validFrom.", json_pointer(*path, "validTo"))
    try:
        normalised = normalise(identifier.kind, identifier.value)
    except ValueError as error:
        raise InvalidEvent(f"This value {error}.", json_pointer(*path, "value")) from None
    scope = scope_of(identifier.kind, identifier.scope, source)
    return Claim(
        key=identifier_key(identifier.kind, scope, normalised.value),
        kind=identifier.kind,
        scope=scope,
        value=normalised.value,
        original=identifier.value,
        sharing=identifier.sharing or "UNKNOWN",
        verified=identifier.verified,
        valid_from=identifier.valid_from,
        valid_to=identifier.valid_to,
        mobile=normalised.mobile,
        listed=normalised.public or is_default_value(identifier.kind, normalised.value),
    )


def marking(listed: ListedValues) -> Marking:
    """Return what marks each claim whose value the company lists."""
    return lambda claim: replace(claim, listed=True) if listed.has(claim.kind, claim.value) else claim
