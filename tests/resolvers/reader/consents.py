"""What customers agreed to and refused, weighed in Python over everything that anybody ever said."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from graph.words import say
from tests.resolvers.reader.fields import field
from tests.resolvers.reader.request import Request, Thing

HELD = (
    "MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-(s:SourceRecord) OPTIONAL MATCH (s)-[:HAS_IDENTIFIER]->(i:Identifier) "
    "RETURN s.id, i.id, i.kind"
)
SAID = (
    "MATCH (d:Consent) OPTIONAL MATCH (s:SourceRecord)-[:SAID]->(d) OPTIONAL MATCH (d)-[:COVERS]->(i:Identifier) "
    "WITH d, s, COLLECT([i.id, i.kind]) AS covers RETURN properties(d), s.id, covers"
)
PURPOSES = ("MARKETING", "SERVICE", "SURVEY", "PERSONALIZATION", "THIRD_PARTY")
REACHING = ("EMAIL", "PHONE", "FAX", "LINE_USER_ID", "SOCIAL_ACCOUNT", "APP_USER_ID", "DEVICE_ID")
Properties = dict[str, Any]
Point = tuple[str, str] | None
"""(kind, id), or all of them."""


@field("Customer", "consents")
def consents(customer: Thing, request: Request, asOf: datetime | None = None) -> list[dict[str, Any]]:  # noqa: N803
    held: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for record, identifier, kind in request.rows(HELD, id=customer.id):
        held[record] |= {(kind, identifier)} if identifier else set()
    told: dict[tuple[int, Point], list[tuple[tuple[Any, ...], str, Properties, str | None]]] = defaultdict(list)
    now = (asOf or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    for declared, record, covers in request.rows(SAID):
        if declared.get("state") is None or declared.get("valid_to", "~") <= now:
            continue
        covered = {(kind, identifier) for identifier, kind in covers if identifier}
        for point, rule in reach(declared, record, covered, held).items():
            plainness = ("BY_OTHER", "BY_POINT", "FOR_ALL").index(rule if rule != "FOR_POINT" else "FOR_ALL")
            weight = (point in covered, plainness, declared["stamp"][:27], declared["id"])
            told[PURPOSES.index(declared["purpose"]), point].append((weight, rule, declared, record))
    ordered = sorted(told, key=lambda about: (about[0], about[1] or ("", "")))
    return [shown(told[about], about[1]) for about in ordered]


def reach(
    declared: Properties, record: str | None, covered: set[tuple[str, str]], held: dict[str, set[tuple[str, str]]]
) -> dict[Point, str]:
    """Return the contact points of the customer that a declaration is about, with the rule by which it is."""
    theirs = set[tuple[str, str]]().union(*held.values())
    refuses, whole = declared["state"] == "REFUSED", declared["whole"]
    if record is not None and record not in held:
        return {point: "BY_OTHER" for point in covered & theirs if point[0] in REACHING} if refuses else {}
    if record is None and not covered & theirs:
        return {}
    rule = "BY_POINT" if record is None else "FOR_ALL"
    named = dict[Point, str].fromkeys(covered if record else covered & theirs, "FOR_POINT" if record else rule)
    if not whole:
        return named
    own = held[record] if record else set[tuple[str, str]]().union(*(points for points in held.values() if covered & points))
    reached = {point for point in (theirs if refuses else own) if point[0] in REACHING}
    reaching = {point: by for point, by in named.items() if point and point[0] in REACHING}
    return {None: rule, **dict.fromkeys(reached, rule), **reaching}


def shown(told: list[tuple[tuple[Any, ...], str, Properties, str | None]], point: Point) -> dict[str, Any]:
    refused = [each for each in told if each[2]["state"] == "REFUSED"]
    _, rule, declared, record = max(refused or told, key=lambda each: each[0])
    said_at, source, event = declared["stamp"].split("\t")
    proof = {name: declared.get(f"proof_{name}") for name in ("how", "text", "document", "staff")}
    return {
        "purpose": declared["purpose"],
        "contactPoint": Thing("Identifier", point[1]) if point else None,
        "state": declared["state"],
        "rule": "REFUSAL_OUTWEIGHS" if refused and len(refused) < len(told) else rule,
        "saidAt": said_at,
        "validTo": declared.get("valid_to"),
        "source": source,
        "eventId": event,
        "record": Thing("SourceRecord", record) if record else None,
        "proof": proof if any(value is not None for value in proof.values()) else None,
    }


@field("CustomerConsent", "sentence")
def sentence(consent: dict[str, Any], request: Request, language: str) -> str:
    return say(f"consent.{consent['rule']}.{consent['state']}", language.lower())
