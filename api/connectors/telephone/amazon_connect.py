"""Amazon Connect: contact events of voice calls, as EventBridge hands them to an API destination."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from api.connectors.delivery import Delivery, Mapped
from api.connectors.parts import Part
from api.connectors.telephone.calls import ANSWERED, COMPLETED, MISSED, RINGING, TRANSFERRED, by_caller, call

SOURCE = "/amazon-connect"
CONTACT_EVENT = "Amazon Connect Contact Event"
ENDED = frozenset({"DISCONNECTED", "COMPLETED"})
_WITHHELD = frozenset({"anonymous", "restricted", "private"})
# Type of event -> where its own time stands.
_TIMES: Mapping[str, tuple[str | None, str]] = {
    "INITIATED": (None, "initiationTimestamp"),
    "QUEUED": ("queueInfo", "enqueueTimestamp"),
    "CONNECTED_TO_AGENT": ("agentInfo", "connectedToAgentTimestamp"),
    "DISCONNECTED": (None, "disconnectTimestamp"),
    "COMPLETED": (None, "disconnectTimestamp"),
}


def read_amazon_connect(delivery: Delivery) -> Mapped:
    """Return the event of a contact event; nothing for other channels and for what is none of a call's course.

    The legs of a transferred call have one initial contact, which is the call.
    """
    told = delivery.told()
    detail = told["detail"]
    report = detail.text("eventType") or ""
    if told.text("detail-type") != CONTACT_EVENT or (detail.text("channel") or "").upper() != "VOICE" or report not in _TIMES:
        return []
    time = _time(told, report)
    agent, endpoint = detail["agentInfo"], detail["customerEndpoint"]
    return [
        call(
            SOURCE,
            detail.text("initialContactId", "contactId"),
            told.text("id") or "",
            time,
            _outcome(detail, report),
            direction="OUTBOUND" if detail.text("initiationMethod") == "OUTBOUND" else "INBOUND",
            by=_by(endpoint) if endpoint.value is not None else None,
            endedAt=time if report in ENDED else None,
            durationSeconds=_talked(detail) if report in ENDED else None,
            queue=_last(detail["queueInfo"].text("queueArn")),
            staff=_last(agent.text("agentArn")),
            reference=detail.text("contactId"),
        )
    ]


def _outcome(detail: Part, report: str) -> str:
    if report == "CONNECTED_TO_AGENT":
        return ANSWERED
    if report in ENDED:
        return COMPLETED if detail["agentInfo"].text("connectedToAgentTimestamp") else MISSED
    return TRANSFERRED if detail.text("initiationMethod") == "TRANSFER" else RINGING


def _time(told: Part, report: str) -> str | None:
    within, name = _TIMES[report]
    part = told["detail"][within] if within else told["detail"]
    return part.text(name) or told.text("time")


def _talked(detail: Part) -> int | None:
    """Return the seconds between an agent's answer and the end; 0 where nobody answered, None where they cannot be read."""
    answered, ended = detail["agentInfo"].text("connectedToAgentTimestamp"), detail.text("disconnectTimestamp")
    if answered is None:
        return 0
    try:
        seconds = (datetime.fromisoformat(ended or "") - datetime.fromisoformat(answered)).total_seconds()
    except (ValueError, TypeError):
        return None
    return max(0, round(seconds))


def _by(endpoint: Part) -> dict[str, object]:
    address = endpoint.text("address")
    return by_caller(address, "withheld" if (address or "").lower() in _WITHHELD else None)


def _last(arn: str | None) -> str | None:
    """Return the last part of a resource name: the id that the console shows."""
    return arn.rpartition("/")[2] or None if arn else None
