"""What is read to judge whether a customer may be contacted: all that was said, and what reaches them; judged by one rule.

The clauses are written for the planner of reads, which gives each of their `{names}` a name of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any, LiteralString, cast

from graph.identity.consent import Saying, is_proof
from graph.identity.permission import KINDS, Permission, permission
from graph.store import Reader
from graph.vocabulary import CONTACT_POINT_KINDS

# (:SourceRecord)-[:SAID]->(:Consent)-[:COVERS]->(:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord): what their records say,
# and what was said about what they hold; each with every contact point that it may be about, and once with none
SAID: LiteralString = """
CALL ({records}) {{
  UNWIND {records} AS {s} MATCH ({s})-[:SAID]->({d}:Consent)
  RETURN {d}, {s}, 'OWN' AS {voice}
UNION ALL
  UNWIND {records} AS {r} MATCH ({r})-[:HAS_IDENTIFIER]->(:Identifier)<-[:COVERS]-({d}:Consent)
  WITH DISTINCT {d}
  OPTIONAL MATCH ({d})<-[:SAID]-({s}:SourceRecord)
  WITH {d}, {s} WHERE {s} IS NULL OR NOT {s} IN {records}
  RETURN {d}, {s}, CASE WHEN {s} IS NULL THEN 'NOBODY' ELSE 'OTHER' END AS {voice}
}}
WITH COLLECT([{d}, {s}, {voice}]) AS {said} WHERE {said} <> []
WITH {said}, COLLECT {{
  UNWIND {records} AS {h} MATCH ({h})-[:HAS_IDENTIFIER]->({i}:Identifier) WHERE {i}.kind IN ${reaching} RETURN DISTINCT {i}
}} AS {held}
UNWIND {said} AS {each}
WITH {held}, {each}[0] AS {d}, {each}[1] AS {s}, {each}[2] AS {voice} WHERE {d}.state IS NOT NULL
WITH *, COLLECT {{ MATCH ({d})-[:COVERS]->({c}:Identifier) RETURN {c} }} AS {covered}
WITH *, CASE {voice} WHEN 'OWN' THEN [{s}] WHEN 'NOBODY' THEN COLLECT {{
  UNWIND {records} AS {b} UNWIND {covered} AS {e} MATCH ({b})-[:HAS_IDENTIFIER]->({e}) RETURN DISTINCT {b}
}} ELSE [] END AS {speakers}
UNWIND CASE
  WHEN {voice} <> 'OTHER' AND {d}.whole
    THEN {held} + [{x} IN {covered} WHERE {x}.kind IN ${reaching} AND NOT {x} IN {held}] + [null]
  WHEN {voice} = 'OWN' THEN {covered}
  ELSE [{x} IN {covered} WHERE {x} IN {held}] END AS {point}
WITH {{consent: {d}, record: {s}, point: {point}, told: [
  ${now}, {d}.id, {d}.purpose, {d}.state, left({d}.stamp, 27), {d}.valid_to, {voice},
  COALESCE({point}.kind + ':' + {point}.id, ''), COALESCE({point} IN {covered}, false),
  EXISTS {{ UNWIND {speakers} AS {k} MATCH ({k})-[:HAS_IDENTIFIER]->({point}) }}
]}} AS {n}
"""
"""Each with the facts of a `Saying`."""
# (:SourceRecord)-[held:HAS_IDENTIFIER]->(:Identifier), today; and (:SourceRecord)-[:SAID]->(:Consent)-[:COVERS]->(:Identifier)
# where they gave one for that purpose that no record of theirs tells; not what identifies nobody, and no public terminal.
# The address reaches whoever it is that of: `reached` of what is said about no point asks whether they told the address.
PERMISSIONS: LiteralString = """
WITH COLLECT {{ SAYINGS RETURN {declared} }} AS {declarations}, COLLECT {{
  UNWIND {records} AS {b} MATCH ({b})-[{link}:HAS_IDENTIFIER]->({i}:Identifier) WHERE {i}.kind IN ${reaching}
  WITH {i}, COLLECT({link}) AS {links}
  RETURN {{point: {i}, open: any({x} IN {links}
    WHERE COALESCE({x}.valid_from, '') <= ${now} AND ({x}.valid_to IS NULL OR {x}.valid_to > ${now}))}}
}} AS {holdings}
UNWIND ${pairs} AS {pair}
WITH {pair}, {holdings}, [{x} IN {declarations} WHERE {x}.consent.purpose = {pair}.purpose
  AND ({x}.point IS NULL OR {x}.point.kind IN {pair}.kinds)] AS {about}
WITH {pair}, {about}, COLLECT {{
  UNWIND [{x} IN {holdings} WHERE {x}.open | {x}.point] + [{x} IN {about} WHERE {x}.told[6] = 'OWN' AND {x}.told[3] = 'GRANTED'
    AND {x}.told[8] AND NOT {x}.point IN [{y} IN {holdings} | {y}.point] | {x}.point] AS {u}
  WITH DISTINCT {u} WHERE {u}.kind IN {pair}.kinds AND (NOT {pair}.mobile OR {u}.mobile)
    AND COALESCE({u}.state, 'ACTIVE') IN ['ACTIVE', 'SHARED'] AND COALESCE({u}.sharing, '') <> 'KIOSK'
  RETURN {u} ORDER BY {u}.kind, {u}.id
}} AS {points}
WITH {{channel: {pair}.channel, purpose: {pair}.purpose, points: {points}, about: {about}, facts: [
  ${now}, {pair}.channel, {pair}.purpose,
  CASE WHEN {pair}.channel <> 'POSTAL' THEN [{x} IN {points} | {x}.kind + ':' + {x}.id]
    WHEN {v}.address IS NULL THEN [] ELSE [''] END,
  [{x} IN {about} | {x}.told[1..9] + [
    {x}.told[9] OR {x}.point IS NULL AND COALESCE({x}.record.address_full = {v}.address, false),
    left({x}.consent.proof_how, 100), left({x}.consent.proof_text, 100), left({x}.consent.proof_document, 100)
  ]]
]}} AS {n}
""".replace("SAYINGS", SAID.replace("{n}", "{declared}"))


def judged(facts: list[Any]) -> Permission:
    now, channel, purpose, points, about = facts
    return permission(channel, purpose, points, [Saying(*each[:-3], proven=is_proof(*each[-3:])) for each in about], now)


def pairs(channels: Iterable[str], purposes: Iterable[str]) -> list[dict[str, Any]]:
    return [
        {"channel": channel, "purpose": purpose, "kinds": KINDS[channel], "mobile": channel == "SMS"}
        for channel, purpose in product(dict.fromkeys(map(str, channels)), dict.fromkeys(map(str, purposes)))
    ]


class _AsTheyStand(dict[str, str]):
    """Gives each name of a clause as it stands, for a statement that has no other clauses."""

    def __missing__(self, name: str) -> str:
        return name


# (:Customer)<-[:RESOLVES_TO]-(:SourceRecord)
ASKED: LiteralString = """
MATCH (v:Customer {id: $p.id})
WITH v, COLLECT { MATCH (v)<-[:RESOLVES_TO]-(r:SourceRecord) RETURN r } AS records
CALL (v, records) { """
_PLAIN = cast("LiteralString", PERMISSIONS.replace("${", "$p.{").format_map(_AsTheyStand()))
PERMITTED: LiteralString = ASKED + _PLAIN + " RETURN n } RETURN n.channel, n.facts"


async def permitted(reader: Reader, customer: str, channels: Iterable[str], purpose: str, now: str) -> dict[str, Permission]:
    """Return for each channel whether a customer (id) may be contacted by it; a point is kind and id of its identifier."""
    asked = {"id": customer, "now": now, "reaching": list(CONTACT_POINT_KINDS), "pairs": pairs(channels, [purpose])}
    return {channel: judged(facts) for channel, facts in await reader.read(PERMITTED, asked)}
