"""What waits for a customer or went wrong, decided in Python over all of their touchpoints."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.resolvers.reader.fields import field
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Refused, Request, Thing

HISTORY = (
    "MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-(:SourceRecord)-[:DID]->(t:Touchpoint) "
    "RETURN t.id, [l IN labels(t) WHERE l <> 'Touchpoint'][0], properties(t)"
)
TALKED = ("CALL", "STORE_VISIT")
ANSWERING = ("EMAIL", "SMS", "FAX", "CHAT_THREAD", "SOCIAL_MESSAGE", *TALKED)
WRITTEN = ("EMAIL", "SMS", "WEB_FORM", "FAX", "CHAT_THREAD", "SOCIAL_MESSAGE")
ASKED = ("SURVEY", "FEEDBACK")
MET = ("APPOINTMENT", "SERVICE_VISIT")
READ = ("ORDER", *TALKED, *WRITTEN, *ASKED, *MET)
WORDS = ("苦情", "クレーム", "不満", "complaint", "dissatisfied", "negative")
SETTLED = {"解決", "解決済", "解決済み", "対応済", "対応済み", "対応完了", "完了", "resolved", "solved", "closed", "done"}
Properties = dict[str, Any]


@field("Customer", "attention")
def attention(
    customer: Thing,
    request: Request,
    asOf: datetime | None = None,  # noqa: N803
    days: int | None = None,
    first: int | None = None,
    after: str | None = None,
) -> dict[str, Any]:
    if days is None or not 1 <= days <= 3660:
        raise Refused("INVALID_INPUT", "`days` must be from 1 to 3660.")
    now = asOf or datetime.now(UTC)
    since = now - timedelta(days=days)
    told = [
        (raw, label, known)
        for raw, label, known in request.rows(HISTORY, id=customer.id)
        if known["kind"] in READ and known["at"].to_native() >= since
    ]
    answered = max((known["position"] for _, _, known in told if answers(known)), default="")
    items = [
        (known["position"], {"reason": reason, "touchpoint": Thing(label, raw)})
        for raw, label, known in told
        if (reason := reason_of(known, now, answered)) is not None
    ]
    return page("attention", items, first, after, newest_first=True)


def speakers(known: Properties) -> set[str]:
    """Return who wrote in a conversation, as far as its messages say."""
    return {message["from"].lower() for message in json.loads(known.get("messages") or "[]") if "from" in message}


def answers(known: Properties) -> bool:
    if known["kind"] == "ORDER":
        return known["channel"] == "PHONE"
    if known["kind"] not in ANSWERING:
        return False
    by_company = known.get("direction") == "OUTBOUND" or speakers(known) - {"customer"} != set()
    return by_company or (known["kind"] in TALKED and known.get("staff") is not None)


def reason_of(known: Properties, now: datetime, answered: str) -> str | None:
    kind = known["kind"]
    if kind == "ORDER":
        return reason_of_order(known, now)
    said = " ".join(known.get(name) or "" for name in ("topic", "subject", "sentiment")).lower()
    if any(word in said for word in WORDS) and not is_settled(known):
        return "COMPLAINT"
    if kind in ASKED:
        return "LOW_SCORE" if is_low(known.get("score"), known.get("scale")) else None
    if kind in MET:
        return reason_of_meeting(known, now)
    waits = known["position"] > answered and is_from_customer(known) and not is_settled(known)
    return "UNANSWERED" if waits else None


def is_settled(known: Properties) -> bool:
    return {(known.get("outcome") or "").strip().lower(), (known.get("result") or "").strip().lower()} & SETTLED != set()


def reason_of_order(known: Properties, now: datetime) -> str | None:
    status = known.get("status")
    if status in ("CANCELLED", "RETURNED"):
        return f"ORDER_{status}"
    if status in (None, "FULFILLED"):
        return None
    return "ORDER_LATE" if known["at"].to_native() < now - timedelta(days=7) else "ORDER_OPEN"


def reason_of_meeting(known: Properties, now: datetime) -> str | None:
    attended, scheduled = known.get("attended"), known.get("scheduled_for")
    if attended is False:
        return "APPOINTMENT_MISSED"
    ahead = attended is None and scheduled is not None and datetime.fromisoformat(scheduled) > now
    return "APPOINTMENT_AHEAD" if ahead else None


def is_low(score: float | None, scale: str | None) -> bool:
    try:
        return score is not None and scale is not None and score <= float(scale) / 2
    except ValueError:
        return False


def is_from_customer(known: Properties) -> bool:
    kind, inbound = known["kind"], known.get("direction") == "INBOUND"
    if kind == "CALL":
        return inbound and known.get("duration_seconds") == 0
    return kind in WRITTEN and (inbound or kind == "WEB_FORM" or "customer" in speakers(known))
