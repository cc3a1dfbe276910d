"""What an interaction says in the history of a case: a message of the customer, an answer to them, or nothing."""

from __future__ import annotations

from typing import Any

from graph.cases.history import CaseEvent
from graph.cases.thanks import only_thanks
from graph.events.newest import read_stamps
from graph.touchpoints.concerns import Properties
from graph.touchpoints.kinds import TOUCHPOINTS


def contribution(event_id: str, properties: Properties) -> CaseEvent | None:
    """Return the event of an interaction, given the properties of its node; None for one that says nothing, such as a note.

    What asks for an answer is a message, what gives one is a reply, as attention has it (graph/touchpoints/attention.py). A
    conversation with both is a reply: somebody has spoken with the customer.
    """
    row = TOUCHPOINTS[properties["kind"]]
    at, channel = properties["position"][:27], properties.get("channel")
    if row.answers is not None and row.answers(properties):
        return CaseEvent(event_id, at, "REPLY", actor=properties.get("staff"), channel=channel)
    if by_customer(properties):
        return CaseEvent(event_id, at, "CUSTOMER_MESSAGE", channel=channel, only_thanks=only_thanks(text_of(properties)))
    return None


def bounce_event(event_id: str) -> str:
    """Return the id of the event that a reply could not be delivered; of the same time, it comes after that of the reply."""
    return f"{event_id}-bounced"


def bounce(event_id: str, properties: Properties) -> CaseEvent | None:
    """Return the event that an answer (the event of this id) could not be delivered for good; None where nothing says so.

    It happened when it was reported: what was done in between did not know of it.
    """
    failed = (properties.get("delivery_status") or "").upper().startswith("FAILED")
    if not failed or properties.get("direction") != "OUTBOUND":
        return None
    told = read_stamps(properties.get("stamps")).get("deliveryStatus", "").partition("\t")[0]
    return CaseEvent(bounce_event(event_id), max(told, properties["position"][:27]), "BOUNCED", about=event_id)


def by_customer(properties: Properties) -> bool:
    """Tell whether the customer got in touch: by a kind that asks for answers, or told to be inbound."""
    row = TOUCHPOINTS[properties["kind"]]
    return properties.get("direction") == "INBOUND" or (row.asks is not None and row.asks(properties))


def text_of(properties: Properties) -> str:
    """Return what the customer wrote: the text, or what else tells it; one that is empty says no thanks."""
    found: Any = properties.get("text") or properties.get("summary") or properties.get("subject")
    return found or ""
