"""Households and contacts of nobody, found in Python among all customers and all bare contacts."""

from __future__ import annotations

from typing import Any

from tests.resolvers.reader.fields import field
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Request, Thing
from tests.resolvers.reader.spelling import dialled

RECORDS = (
    "MATCH (c:Customer)<-[:RESOLVES_TO]-(s:SourceRecord) OPTIONAL MATCH (s)-[:HAS_IDENTIFIER]->(i:Identifier) "
    "RETURN c.id, c.name_family, c.kana_family, s.home, i.id, i.kind, i.value, i.sharing, i.state, i.mobile"
)
BARE = (
    "MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-(:SourceRecord)-[:HAS_IDENTIFIER]->(i:Identifier)<-[:VIA]-(t:Touchpoint) "
    "WHERE t.bare AND t.assigned IS NULL "
    "RETURN t.id, t.record, t.position, i.state, i.contacts, [l IN labels(t) WHERE l <> 'Touchpoint'][0]"
)
KINDS = {"PHONE": "TELEPHONE", "FAX": "FAX", "EMAIL": "MAIL"}
SENTENCES = {
    "JA": {
        "TELEPHONE": "電話番号 {} を共用しています。",
        "FAX": "FAX番号 {} を共用しています。",
        "MAIL": "メールアドレス {} を共用しています。",
        "OTHER": "{} を共用しています。",
        "ADDRESS": "住所が同じです。",
        "SURNAME": "姓「{}」が同じです。",
    },
    "EN": {
        "TELEPHONE": "They share the telephone number {}.",
        "FAX": "They share the fax number {}.",
        "MAIL": "They share the email address {}.",
        "OTHER": "They share {}.",
        "ADDRESS": "They live at the same address.",
        "SURNAME": "They have the surname {} in common.",
    },
}


def shared_by_a_family(kind: str, sharing: str, state: str, mobile: bool | None) -> bool:
    if state not in ("ACTIVE", "SHARED"):
        return False
    return sharing == "HOUSEHOLD" or (
        sharing == "UNKNOWN" and (kind in ("FAX", "EMAIL") or (kind == "PHONE" and mobile is False))
    )


@field("Customer", "household")
def household(customer: Thing, request: Request) -> dict[str, Any] | None:
    names: dict[str, tuple[str | None, str | None]] = {}
    homes: dict[str, set[str]] = {}
    held: dict[str, dict[str, tuple[str, str, str]]] = {}
    for raw, family, kana, home, identifier, kind, value, sharing, state, mobile in request.rows(RECORDS):
        names[raw] = (family, kana)
        if home:
            homes.setdefault(raw, set()).add(home)
        if identifier and shared_by_a_family(kind, sharing, state, mobile):
            held.setdefault(raw, {})[identifier] = (kind, value, sharing)
    others = names.keys() - {customer.id}
    members = [(raw, evidence) for raw in others if (evidence := in_common(customer.id, raw, names, homes, held))]
    members.sort(key=lambda member: (-len(member[1]), member[0]))
    shown = [{"customer": Thing("Customer", raw), "evidence": evidence} for raw, evidence in members[:20]]
    return {"members": shown} if shown else None


def in_common(
    one: str,
    other: str,
    names: dict[str, tuple[str | None, str | None]],
    homes: dict[str, set[str]],
    held: dict[str, dict[str, tuple[str, str, str]]],
) -> list[dict[str, Any]]:
    both = held.get(one, {}).keys() & held.get(other, {}).keys()
    evidence: list[dict[str, Any]] = [
        {"kind": KINDS.get(held[one][raw][0], "OTHER"), "matched": held[one][raw][1], "identifier": Thing("Identifier", raw)}
        for raw in both
    ]
    if homes.get(one, set()) & homes.get(other, set()):
        evidence.append({"kind": "ADDRESS", "matched": "", "identifier": None})
    family = any(ours is not None and ours == theirs for ours, theirs in zip(names[one], names[other], strict=True))
    enough = len(evidence) > 1 or (family and evidence) or any(held[one][raw][2] == "HOUSEHOLD" for raw in both)
    if not enough:
        return []
    if family:
        evidence.append({"kind": "SURNAME", "matched": names[other][0] or names[other][1], "identifier": None})
    return sorted(evidence, key=lambda each: (each["kind"], each["matched"]))


@field("HouseholdEvidence", "sentence")
def sentence(evidence: dict[str, Any], request: Request, language: str) -> str:
    return SENTENCES[language][evidence["kind"]].format(dialled(evidence["matched"]))


@field("Customer", "possibleContacts")
def possible_contacts(customer: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    found = {
        position: Thing(label, raw)
        for raw, record, position, state, contacts, label in request.rows(BARE, id=customer.id)
        if record == raw and contacts and state in ("ACTIVE", "SHARED")
    }
    return page("possibleContacts", list(found.items()), first, after, newest_first=True)
