"""Consents as events tell them: who says it, for which purpose and contact point, and what proves it."""

from __future__ import annotations

from graph.events.claims import read_claim
from graph.events.contract import ConsentData
from graph.events.facts import Claim, Consent
from graph.events.invalid import InvalidEvent, json_pointer
from graph.events.parties import Identifier
from graph.events.touchpoints import read_by


def read_consent(data: ConsentData, source: str, own_id: str) -> Consent:
    """Return a consent; raises InvalidEvent where it is nobody's: no record, no person, no identifier, no contact point."""
    by = read_by(data.by, source, own_id)
    point = _read_point(data, source)
    if by.record is None and point is None and not by.claims:
        raise InvalidEvent(
            "Say whose it is: by a record, a person or identifiers, or by a contact point.", json_pointer("data", "by")
        )
    proof = data.proof.model_dump(exclude_none=True) if data.proof else {}
    return Consent(
        source=source,
        purpose=data.purpose,
        state=data.state,
        by=by,
        point=point,
        valid_to=data.valid_to,
        proof={f"proof_{name}": value for name, value in proof.items()},
    )


def _read_point(data: ConsentData, source: str) -> Claim | None:
    given = data.contact_point
    if given is None:
        return None
    identifier = Identifier(kind=given.kind, value=given.value, scope=given.scope)
    return read_claim(identifier, source, ("data", "contactPoint"))
