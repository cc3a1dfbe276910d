"""Households: who shares a home or a telephone with a customer. Read from what is shared, never stored, never a merge.

A value that its source calls a household's is enough. A landline, fax, mail or home that nobody calls so makes a
household only together with the surname or with a second one of them: colleagues share a switchboard too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, LiteralString, TypeAlias

import strawberry

from resolvers.access.tags import Cover, Derived, Tag
from resolvers.engine.enums import words
from resolvers.engine.planner import many, one, part, planned, prop
from resolvers.identity.identifier import Identifier
from resolvers.values.sentences import IN_WORDS, message_with_value

MEANINGS: Mapping[str, str] = {
    "TELEPHONE": "Same telephone number.",
    "FAX": "Same fax number.",
    "MAIL": "Same e-mail address.",
    "OTHER": "Same card, account or device.",
    "ADDRESS": "Same address, including the room.",
    "SURNAME": "Same surname.",
}
if TYPE_CHECKING:
    from resolvers.people.customer import Customer

    # To a type checker a word is text, as in `words.py`.
    HouseholdEvidenceKind: TypeAlias = str
else:
    HouseholdEvidenceKind = words(
        "HouseholdEvidenceKind",
        "Kind of evidence for a household.",
        MEANINGS,
    )

# (:SourceRecord)-[:HAS_IDENTIFIER]->(:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer),
# (:SourceRecord {home}) = (:SourceRecord {home}); a home of more than forty records is a dormitory or an office
HOUSEHOLD: LiteralString = """
UNWIND {records} AS {s}
CALL ({s}) {{
  MATCH ({s})-[:HAS_IDENTIFIER]->({i}:Identifier)
  WHERE {i}.state IN ['ACTIVE', 'SHARED'] AND ({i}.sharing = 'HOUSEHOLD'
    OR {i}.sharing = 'UNKNOWN' AND ({i}.kind IN ['FAX', 'EMAIL'] OR {i}.kind = 'PHONE' AND {i}.mobile = false))
  MATCH ({i})<-[:HAS_IDENTIFIER]-({o}:SourceRecord)
  RETURN {o}, {i} LIMIT 200
UNION ALL
  WITH COLLECT {{
    MATCH ({o}:SourceRecord) USING INDEX SEEK {o}:SourceRecord(home) WHERE {o}.home = {s}.home RETURN {o} LIMIT 41
  }} AS {dwellers}
  WHERE SIZE({dwellers}) <= 40
  UNWIND {dwellers} AS {o}
  RETURN {o}, null AS {i}
}}
MATCH ({o})-[:RESOLVES_TO]->({c}:Customer) WHERE {c}.id <> {v}.id
WITH {c}, COLLECT(DISTINCT {i}) AS {shared}, COUNT(*) > COUNT({i}) AS {home},
     COALESCE({c}.name_family = {v}.name_family, false) OR COALESCE({c}.kana_family = {v}.kana_family, false) AS {family}
WITH {c}, {family}, [{i} IN {shared} WHERE {i}.sharing = 'HOUSEHOLD'] <> [] AS {told},
     CASE WHEN {home} THEN [{{kind: 'ADDRESS', matched: ''}}] ELSE [] END
     + [{i} IN {shared} | {{identifier: {i}, matched: {i}.value, kind: CASE {i}.kind
         WHEN 'PHONE' THEN 'TELEPHONE' WHEN 'FAX' THEN 'FAX' WHEN 'EMAIL' THEN 'MAIL' ELSE 'OTHER' END}}] AS {evidence}
WHERE {told} OR {family} OR SIZE({evidence}) > 1
WITH {c}, {evidence}
     + CASE WHEN {family} THEN [{{kind: 'SURNAME', matched: COALESCE({c}.name_family, {c}.kana_family)}}] ELSE [] END AS {all}
UNWIND {all} AS {each}
WITH {c}, SIZE({all}) AS {count}, {each} ORDER BY {each}.kind, {each}.matched
WITH {c}, {count}, COLLECT({each}) AS {sorted} ORDER BY {count} DESC, {c}.id LIMIT 20
WITH COLLECT({{customer: {c}, evidence: {sorted}}}) AS {members} WHERE {members} <> []
WITH {{members: {members}}} AS {n}
"""


def covered(values: list[str], cover: Cover) -> list[str]:
    kind, matched = values
    return [kind, cover(Tag.NAME if kind == "SURNAME" else Tag.CONTACT, matched)]


SHARED = Derived(frozenset({Tag.NAME, Tag.CONTACT}), covered)


@planned("Something that two customers of a household share.")
class HouseholdEvidence:
    kind: HouseholdEvidenceKind = prop("{v}.kind", Tag.PUBLIC, "Kind of the evidence.")
    identifier: Identifier | None = part(
        Tag.CONTACT,
        "Identifier that both have; null for an address or a surname.",
        presence="{v}.identifier.id",
        names={"v": "{v}.identifier"},
    )
    sentence: str = prop(
        "[{v}.kind, {v}.matched]",
        SHARED,
        "The evidence in words, for staff, with its value.",
        form=message_with_value("household"),
        arguments=IN_WORDS,
    )


@planned("Another customer of the household.")
class HouseholdMember:
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] = one(
        "UNWIND [{v}.customer] AS {n}", Tag.PUBLIC, "The other customer."
    )
    evidence: list[HouseholdEvidence] = many(
        "UNWIND {v}.evidence AS {n}", Tag.PUBLIC, "What the two customers share, by kind and value."
    )


@planned("Customers who share an address, a landline or a family e-mail address with a customer.")
class Household:
    members: list[HouseholdMember] = many(
        "UNWIND {v}.members AS {n}", Tag.PUBLIC, "Other members of the household, at most 20, those with most in common first."
    )
