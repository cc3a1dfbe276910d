"""What a customer agreed to and refused, for each purpose and contact point: the strictest of all that was said.

What was said is read from who said it and from the contact points themselves; `graph/identity/consent.py` weighs it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, LiteralString

from graph.identity.consent import Saying, strictest
from graph.vocabulary import CONTACT_POINT_KINDS
from resolvers.access.roles import STAFF
from resolvers.engine.planner import Argument, part, planned, prop
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Folded, Given, Parameters
from resolvers.identity.identifier import Identifier
from resolvers.identity.source_record import SourceRecord
from resolvers.people.consent_words import SENTENCES, ConsentRule, ConsentState, Purpose
from resolvers.timeline.seeks import position
from resolvers.values.scalars import DateTime
from resolvers.values.sentences import IN_WORDS, in_words

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
VERDICT: LiteralString = "{v}.told"


def weigh(told: list[list[Any]]) -> list[tuple[int, list[str]]]:
    """Return of each row that counts its place, its state and its rule."""
    now = told[0][0] if told else ""
    return [(found.index, [found.state, found.rule]) for found in strictest((Saying(*each[1:]) for each in told), now)]


def as_of(given: Given) -> Parameters:
    instant: datetime = given["asOf"]
    return {"now": position(instant, ""), "reaching": list(CONTACT_POINT_KINDS)}


def rule_of(verdict: list[str]) -> str:
    return verdict[1]


def why(verdict: list[str], language: str) -> str:
    state, rule = verdict
    return SENTENCES[rule, state][language == "en"]


@planned("What shows that somebody agreed or refused, as far as the system told.", readers=STAFF)
class ConsentProof:
    how: str | None = prop("{v}.proof_how", "In which way it was said: a box that was ticked, a message, a call.")
    text: str | None = prop("{v}.proof_text", "The words that were put before them.")
    document: str | None = prop("{v}.proof_document", "Where the form, recording or message is kept: a name or URL.")
    staff: str | None = prop("{v}.proof_staff", "Account or name of the employee who took it down.")


@planned("What counts for one purpose and one contact point of a customer.", readers=STAFF)
class CustomerConsent:
    purpose: Purpose = prop("{v}.consent.purpose", "What they are contacted, or their data used, for.")
    contact_point: Identifier | None = part(
        "The number, address or account that it is about. Null: said without naming one; a refusal then holds for every one, "
        "a grant for those of that record.",
        presence="{v}.point.id",
        names={"v": "{v}.point"},
    )
    state: ConsentState = prop("{v}.consent.state", "Whether they may be contacted, or their data used.")
    rule: ConsentRule = prop(VERDICT, "By what this counts, as a fixed word.", form=rule_of)
    sentence: str = prop(
        VERDICT, "By what this counts, readable for staff, without any personal value.", form=in_words(why), arguments=IN_WORDS
    )
    said_at: DateTime = prop("left({v}.consent.stamp, 27)", "When it was last said, by the time of the event, UTC.")
    valid_to: DateTime | None = prop("{v}.consent.valid_to", "Until when it counts, UTC; null without an end.")
    source: str = prop("split({v}.consent.stamp, '\\t')[1]", "Name of the system that told it, like `/sms`.")
    event_id: str = prop("split({v}.consent.stamp, '\\t')[2]", "How that system numbers the event by which it told it.")
    record: SourceRecord | None = part(
        "Who says it; null where nobody was named, somebody else's for a contact point that is shared.",
        presence="{v}.record.id",
        names={"v": "{v}.record"},
    )
    proof: ConsentProof | None = part(
        "How it was said, so that it can be shown; null if the system told nothing about it.",
        presence="COALESCE({v}.consent.proof_how, {v}.consent.proof_text, {v}.consent.proof_document, {v}.consent.proof_staff)",
        names={"v": "{v}.consent"},
    )


CONSENTS = read(
    Folded(SAID, VERDICT, weigh, as_of),
    "What they agreed to and refused, the strictest of all that was said, for each purpose and contact point about which "
    "anything was; by purpose, then by kind. What is not here was neither granted nor refused.",
    {"asOf": Argument(DateTime, "The instant that counts as now: what has run out by then counts no more.")},
)
