"""Whether a customer may be called for marketing, by hand: what a statement reads of their numbers and of what was said."""

from __future__ import annotations

from typing import Any, LiteralString

# (:SourceRecord)-[:HAS_IDENTIFIER]->(:Identifier), and (:SourceRecord)-[:SAID]->(:Consent)-[:COVERS]->(:Identifier), for records
IN_USE: LiteralString = "COALESCE(i.state, 'ACTIVE') IN ['ACTIVE', 'SHARED'] AND COALESCE(i.sharing, '') <> 'KIOSK'"
NUMBERS: LiteralString = f"""
COLLECT {{
  UNWIND records AS s MATCH (s)-[h:HAS_IDENTIFIER]->(i:Identifier) WHERE i.kind = 'PHONE'
  WITH i, COLLECT(h) AS links
  RETURN [i.id, {IN_USE} AND
    any(h IN links WHERE COALESCE(h.valid_from, '') <= $p.now AND (h.valid_to IS NULL OR h.valid_to > $p.now))]
}}
"""
SAID: LiteralString = f"""
COLLECT {{
  CALL (records) {{
    UNWIND records AS s MATCH (s)-[:SAID]->(d:Consent) WHERE d.purpose = 'MARKETING'
    RETURN d, [s] AS told, 'OWN' AS voice
  UNION ALL
    UNWIND records AS s MATCH (s)-[:HAS_IDENTIFIER]->(:Identifier)<-[:COVERS]-(d:Consent) WHERE d.purpose = 'MARKETING'
    WITH d, COLLECT(DISTINCT s) AS told
    OPTIONAL MATCH (d)<-[:SAID]-(by:SourceRecord)
    WITH d, told, by WHERE by IS NULL OR NOT by IN records
    RETURN d, told, CASE WHEN by IS NULL THEN 'NOBODY' ELSE 'OTHER' END AS voice
  }}
  WITH d, told, voice WHERE d.state IS NOT NULL
  RETURN [d.state, d.valid_to IS NULL OR d.valid_to > $p.now, voice, d.whole,
    COLLECT {{ MATCH (d)-[:COVERS]->(i:Identifier) WHERE i.kind = 'PHONE' RETURN [i.id, {IN_USE}] }},
    COLLECT {{ UNWIND told AS s MATCH (s)-[:HAS_IDENTIFIER]->(i:Identifier) WHERE i.kind = 'PHONE' RETURN i.id }}]
}}
"""


def may_be_called(numbers: list[list[Any]], said: list[list[Any]]) -> bool:
    """Return whether any number may be used: nobody needs to have agreed, but a refusal holds, and so does a grant's end."""
    held = {raw for raw, _ in numbers}
    usable = {raw for raw, in_use in numbers if in_use}
    refused, granted, ended, left = set[str](), set[str](), set[str](), False
    for state, live, voice, whole, covered, reached in said:
        own, of_all = voice == "OWN", whole and voice != "OTHER"
        about = {raw for raw, _ in covered if own or of_all or raw in held}
        if state == "REFUSED" and live:
            if of_all:
                return False
            refused |= about
            left = left or (voice != "OTHER" and bool(about))
        elif state == "GRANTED" and voice != "OTHER":
            usable |= {raw for raw, in_use in covered if own and in_use and raw not in held}
            (granted if live else ended).update(about, reached if of_all else ())
    return any(raw in granted or not (left or raw in ended) for raw in usable - refused)
