"""Consents as events tell them: who says it, for which purpose and contact point, and what proves it.

Whatever else an event holds, it lands with what can be read of it. A consent does not: one about a contact point that is
in doubt would be accepted and have no effect, so it is refused.
"""

from __future__ import annotations

from graph.events.claims import read_claim
from graph.events.contract import ConsentData
from graph.events.facts import By, Claim, Consent
from graph.events.invalid import InvalidEvent, UncertainContactPoint, json_pointer
from graph.events.parties import Identifier
from graph.events.touchpoints import read_by
from graph.identity.normalising.dates import Calendar
from graph.identity.normalising.identifiers import read_identifier

DOUBT = "This cannot be read as a contact point with certainty, so the consent would have no effect. Give one plain value."
NONE = "This says that there is no contact point, so the consent would have no effect. Say whose it is in another way."
SEVERAL = "This names several contact points. Send a consent for each."


def read_consent(data: ConsentData, source: str, own_id: str, calendar: Calendar) -> Consent:
    """Return a consent; raises InvalidEvent where it is nobody's: no record, no person, no identifier, no contact point.

    Raises UncertainContactPoint where any value in it by which somebody is reached is in doubt.
    """
    by = read_by(data.by, source, own_id, calendar)
    point = _read_point(data, source)
    _check(by, data, named=point is not None or (data.by is not None and data.by.record is not None))
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


def _check(by: By, data: ConsentData, *, named: bool) -> None:
    """Raise where a value is in doubt, or where values that are none are all that says whose the consent is."""
    for claim in by.claimed():
        if claim.remark:
            raise UncertainContactPoint(DOUBT, claim.remark.pointer)
    told = data.by and (data.by.identifiers or (data.by.person and data.by.person.identifiers))
    if told and not named and all(_is_none(claim) for claim in by.claimed()):
        raise UncertainContactPoint(NONE, json_pointer("data", "by"))


def _is_none(claim: Claim) -> bool:
    return read_identifier(claim.kind, claim.value).nothing is not None


def _read_point(data: ConsentData, source: str) -> Claim | None:
    given = data.contact_point
    if given is None:
        return None
    claims = read_claim(Identifier(kind=given.kind, value=given.value, scope=given.scope), source, ("data", "contactPoint"))
    pointer = json_pointer("data", "contactPoint", "value")
    if not claims or _is_none(claims[0]):
        raise UncertainContactPoint(NONE, pointer)
    if claims[0].remark or len(claims) > 1:
        raise UncertainContactPoint(DOUBT if claims[0].remark else SEVERAL, pointer)
    return claims[0]
