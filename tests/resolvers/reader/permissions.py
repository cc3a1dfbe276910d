"""Whether customers may be contacted, judged in Python over everything that anybody ever said and all that reaches them."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from itertools import product
from typing import Any

from graph.words import say
from tests.resolvers.reader.consents import PURPOSES, SAID, Point, Properties, reach, shown
from tests.resolvers.reader.fields import field
from tests.resolvers.reader.request import Request, Thing
from tests.resolvers.reader.spelling import read_id_of

HELD = (
    "MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-(s:SourceRecord)-[h:HAS_IDENTIFIER]->(i:Identifier) "
    "RETURN s.id, i.id, h.valid_from, h.valid_to"
)
RECORDS = "MATCH (c:Customer {id: $p.id})<-[:RESOLVES_TO]-(s:SourceRecord) RETURN s.id, s.address_full = c.address, c.address"
IDENTIFIERS = "MATCH (i:Identifier) RETURN i.id, i.kind, i.mobile, i.state, i.sharing"
CUSTOMER = (
    "MATCH (asked:Customer {id: $p.id}) OPTIONAL MATCH (asked)-[:REDIRECTS_TO*1..]->(left:Customer {status: 'ACTIVE'}) "
    "RETURN COALESCE(left.id, asked.id)"
)
BY = {
    "EMAIL": ["EMAIL"], "SMS": ["PHONE"], "PHONE": ["PHONE"], "POSTAL": [], "FAX": ["FAX"], "LINE": ["LINE_USER_ID"],
    "SOCIAL": ["SOCIAL_ACCOUNT"], "APP": ["APP_USER_ID", "DEVICE_ID"],
}  # fmt: skip
PLAINEST = ("GRANTED", "NOT_REFUSED", "REFUSED", "CONSENT_UNPROVEN", "CONSENT_EXPIRED", "NO_CONSENT")
Told = tuple[tuple[Any, ...], str, Properties, str | None]


@field("Customer", "contactPermissions")
def contact_permissions(
    customer: Thing,
    request: Request,
    channels: list[str] | None = None,
    purposes: list[str] | None = None,
    asOf: datetime | None = None,  # noqa: N803
) -> list[dict[str, Any]]:
    pairs = product(
        dict.fromkeys(BY if channels is None else channels), dict.fromkeys(PURPOSES if purposes is None else purposes)
    )
    return [may_contact(customer, request, channel, purpose, asOf) for channel, purpose in pairs]


@field("Customer", "mayContact")
def may_contact(
    customer: Thing,
    request: Request,
    channel: str,
    purpose: str,
    asOf: datetime | None = None,  # noqa: N803
) -> dict[str, Any]:
    now = (asOf or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    nodes = {row[0]: row[1:] for row in request.rows(IDENTIFIERS)}
    records = request.rows(RECORDS, id=customer.id)
    held: dict[str, set[tuple[str, str]]] = defaultdict(set, {row[0]: set() for row in records})
    lasting: set[tuple[str, str]] = set()
    for record, identifier, starts, ends in request.rows(HELD, id=customer.id):
        point = (nodes[identifier][0], identifier)
        held[record].add(point)
        if (starts or "") <= now < (ends or "~"):
            lasting.add(point)
    theirs = set[tuple[str, str]]().union(*held.values())
    tellers = {row[0] for row in records if row[1]}
    said: dict[Point, list[Told]] = defaultdict(list)
    for declared, record, covers in request.rows(SAID):
        if declared.get("state") is None or declared["purpose"] != purpose:
            continue
        covered = {(kind, identifier) for identifier, kind in covers if identifier}
        for point, rule in reach(declared, record, covered, held).items():
            if point is None and declared["state"] == "GRANTED" and record not in tellers:
                continue
            plainness = ("BY_OTHER", "BY_POINT", "FOR_ALL").index(rule if rule != "FOR_POINT" else "FOR_ALL")
            weight = (point in covered, plainness, declared["stamp"][:27], declared["id"])
            said[point].append((weight, rule, declared, record))
            if record in held and declared["state"] == "GRANTED" and point in covered and point not in theirs and point:
                lasting.add(point)
    wanted = sorted(point for point in lasting if point[0] in BY[channel] and fit(nodes[point[1]], channel))
    points: list[Point] = [*wanted]
    if channel == "POSTAL":
        points = [None] if records and records[0][2] is not None else []
    found = [(point, *judged(said[point], point, channel, purpose, now)) for point in points]
    relevant = [point for point in said if point is None or point[0] in BY[channel]]
    refusals = [
        (told, point) for point in relevant for told in said[point] if refuses(told) and told[1] != "BY_OTHER" and live(told, now)
    ]
    whole = [told for told, point in refusals if point is None]
    answer: dict[str, Any] = {"channel": channel, "purpose": purpose, "allowed": False, "contactPoints": [], "declaration": None}
    if not found:
        return answer | {
            "reason": "REFUSED" if whole else "NO_CONTACT_POINT",
            "declaration": shown(whole, None) if whole else None,
        }
    if refusals and purpose != "SERVICE":
        told, about = max(refusals, key=lambda pair: pair[0][0])
        standing = ("REFUSED", shown([told], about))
        found = [(point, *standing) if reason == "NOT_REFUSED" else (point, reason, by) for point, reason, by in found]
    if whole:
        found = [(point, why, by) if why == "REFUSED" else (point, "REFUSED", shown(whole, None)) for point, why, by in found]
    _, reason, declaration = min(found, key=lambda each: PLAINEST.index(each[1]))
    usable = [point for point, why, _ in found if why in PLAINEST[:2] and point]
    return answer | {
        "allowed": reason in PLAINEST[:2],
        "reason": reason,
        "declaration": declaration,
        "contactPoints": [Thing("Identifier", point[1]) for point in usable if point],
    }


@field("Query", "campaignPermissions")
def campaign_permissions(
    root: None,
    request: Request,
    customerIds: list[str],  # noqa: N803
    channel: str,
    purpose: str,
    asOf: datetime | None = None,  # noqa: N803
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for asked in dict.fromkeys(customerIds):
        customer = request.value(CUSTOMER, id=read_id_of("Customer", asked))
        if customer is not None:
            answer = may_contact(Thing("Customer", customer), request, channel, purpose, asOf)
            found.append(answer | {"customerId": asked})
    return found


def fit(node: list[Any], channel: str) -> bool:
    _, mobile, state, sharing = node
    return state in (None, "ACTIVE", "SHARED") and sharing != "KIOSK" and (channel != "SMS" or mobile is True)


def refuses(told: Told) -> bool:
    return told[2]["state"] == "REFUSED"


def live(told: Told, now: str) -> bool:
    return told[2].get("valid_to", "~") > now


def proven(told: Told) -> bool:
    how, text, document = (told[2].get(f"proof_{name}", "").strip() for name in ("how", "text", "document"))
    return how != "" and text + document != ""


def judged(said: list[Told], point: Point, channel: str, purpose: str, now: str) -> tuple[str, dict[str, Any] | None]:
    """Return the reason at one point, and the declaration that decides there."""
    current = [told for told in said if live(told, now)]
    if any(map(refuses, current)):
        return "REFUSED", shown(current, point)
    strict = purpose != "SERVICE" and (channel in ("EMAIL", "SMS", "FAX") or purpose == "THIRD_PARTY")
    agreed = [told for told in current if proven(told) or not strict]
    if agreed:
        return "GRANTED", shown(agreed, point)
    if current:
        return "CONSENT_UNPROVEN", shown(current, point)
    over = [told for told in said if not refuses(told)]
    if over and purpose != "SERVICE":
        return "CONSENT_EXPIRED", shown(over, point)
    return ("NO_CONSENT" if strict else "NOT_REFUSED"), None


@field("ContactPermission", "sentence")
@field("CampaignPermission", "sentence")
def sentence(found: dict[str, Any], request: Request, language: str) -> str:
    return say(f"permission.{found['reason']}", language.lower())
