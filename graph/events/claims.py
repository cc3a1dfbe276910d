"""The identifiers of an event as claims: normalised, keyed, each key once; what identifies nobody is told so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.events.facts import Claim, Marking
from graph.events.invalid import InvalidEvent, json_pointer
from graph.events.outcomes import Remark
from graph.events.parties import Identifier
from graph.identity.blocking import ListedValues, is_default_value
from graph.identity.normalising.identifiers import Normalised, read_identifier, scope_of
from graph.identity.strength import wider
from graph.keys import identifier_key, identifier_of


def read_claims(identifiers: Sequence[Identifier], source: str, path: tuple[str | int, ...]) -> tuple[Claim, ...]:
    """Return one claim per key, in the order given; `source` scopes the kinds that need it, `path` leads to the list."""
    claims: dict[str, Claim] = {}
    for index, identifier in enumerate(identifiers):
        for claim in read_claim(identifier, source, (*path, index)):
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


def read_claim(identifier: Identifier, source: str, path: tuple[str | int, ...]) -> list[Claim]:
    """Return the claims of one identifier, to which `path` leads: one for each value that its text names.

    A text that names none is a claim on itself, which identifies nobody, and has a remark unless it says that there is none.
    """
    if identifier.valid_from and identifier.valid_to and identifier.valid_from > identifier.valid_to:
        raise InvalidEvent("validTo is before validFrom.", json_pointer(*path, "validTo"))
    kind = identifier.kind
    told = identifier.value or ""
    reading = read_identifier(kind, told)
    scope = scope_of(kind, identifier.scope, source)
    remark = Remark(reading.problem, json_pointer(*path, "value")) if reading.problem else None
    named = reading.values or ((Normalised(reading.text),) if reading.text else ())
    return [
        Claim(
            key=identifier_key(kind, scope, each.value),
            kind=kind,
            scope=scope,
            value=each.value,
            original=told,
            sharing=identifier.sharing or "UNKNOWN",
            verified=identifier.verified,
            valid_from=identifier.valid_from,
            valid_to=identifier.valid_to,
            mobile=each.mobile,
            listed=each.public or reading.nothing is not None or is_default_value(kind, each.value),
            remark=remark,
        )
        for each in named
    ]


def claims_in(key: str, text: str, source: str, listed: ListedValues) -> list[Claim]:
    """Return what `text`, told as the identifier of a key, says by the rules of today."""
    kind, scope, _ = identifier_of(key)
    told = Identifier.model_construct(kind=kind, value=text, scope=scope)
    return [marking(listed)(claim) for claim in read_claim(told, source, ())]


def marking(listed: ListedValues) -> Marking:
    """Return what marks each claim whose value the company lists."""
    return lambda claim: replace(claim, listed=True) if listed.has(claim.kind, claim.value) else claim
