"""The commands by which staff answer a customer, and take an answer back that has not left."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString

from graph.cases.expected import Expected, held, not_closed
from graph.cases.nodes import Cases
from graph.commands.command import Answer, Author, Command
from graph.errors import Conflict, NotFound
from graph.events.newest import utc_text
from graph.replies.nodes import CHANNELS, SENDING, WAITING, Replies
from graph.words import Sentence
from graph.writes.unit import Unit

UNDO_WITHIN = timedelta(seconds=10)
"""For so long a reply waits, so that it can be taken back."""

# (:Identifier)<-[:VIA]-(:Touchpoint)-[:IN_CASE]->(:Case), or an identifier of the case's customer; and a refusal that covers it
ADDRESS: LiteralString = """
MATCH (k:Case {id: $p.case}) MATCH (i:Identifier {id: $p.identifier})
WHERE EXISTS { MATCH (i)<-[:VIA]-(:Touchpoint)-[:IN_CASE]->(k) }
   OR EXISTS { MATCH (k)<-[:IN_CASE]-(:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer)
               MATCH (c)<-[:RESOLVES_TO]-(:SourceRecord)-[:HAS_IDENTIFIER]->(i) }
   OR EXISTS { MATCH (:SourceRecord {key: k.record})-[:RESOLVES_TO]->(c:Customer)
               MATCH (c)<-[:RESOLVES_TO]-(:SourceRecord)-[:HAS_IDENTIFIER]->(i) }
RETURN i.kind, i.state, i.bounces IS NOT NULL,
  EXISTS { MATCH (i)<-[:COVERS]-(d:Consent {purpose: 'SERVICE', state: 'REFUSED'})
           WHERE d.valid_to IS NULL OR d.valid_to > $p.now }
  OR EXISTS { MATCH (i)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:SAID]->(d:Consent {purpose: 'SERVICE', state: 'REFUSED'})
              WHERE d.whole AND (d.valid_to IS NULL OR d.valid_to > $p.now) }
"""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written to an identifier (id); `subject` is that of a mail, '' for that of what is answered."""

    identifier: str
    text: str
    subject: str = ""


def reply(author: Author, expected: Expected, letter: Letter, channels: Collection[str]) -> Command:
    """Return the command that answers by one of these channels; its answer is `cases`, by id. The reply has the command's id.

    Raises NotFound for an identifier that is none of this case and its customer, Conflict for one that may not be used.
    """

    async def execute(unit: Unit, own_id: str) -> Answer:
        [(case, _)] = await held(unit, [expected])
        not_closed(case, expected.pointer)
        found = await unit.transaction.run(ADDRESS, {"case": case.id, "identifier": letter.identifier, "now": unit.now})
        if not found:
            raise NotFound(Sentence("refusal.NOT_OF_THIS_CASE"), "/identifierId")
        [[kind, condition, undeliverable, refused]] = found
        if CHANNELS.get(kind) not in channels or condition == "BLOCKED":
            raise Conflict(Sentence("refusal.NO_ADDRESS_TO_ANSWER"), "/identifierId")
        if undeliverable:
            raise Conflict(Sentence("refusal.ADDRESS_UNDELIVERABLE"), "/identifierId")
        if refused:
            raise Conflict(Sentence("refusal.ANSWERS_REFUSED"), "/identifierId")
        send_at = utc_text(datetime.fromisoformat(unit.now) + UNDO_WITHIN)
        own = {"state": WAITING, "text": letter.text, "subject": letter.subject, "made_at": unit.now, "made_by": author.actor}
        unit.of(Replies).put(own_id, case.id, letter.identifier, send_at=send_at, **own)
        return {"cases": [case.id]}

    asked = [expected.id, expected.version, letter.identifier, letter.subject, letter.text]
    return Command(author, "CASE_REPLY", asked, (Cases, Replies), execute)


def take_back(author: Author, expected: Expected, own_id: str) -> Command:
    """Return the command that removes a reply which waits or could not be sent; raises Conflict for one that is leaving."""

    async def execute(unit: Unit, _: str) -> Answer:
        unit.want("Reply", (own_id,))
        [(case, __)] = await held(unit, [expected])
        known = unit.of(Replies).known.get(own_id)
        if known is None or known.case != case.id:
            raise NotFound(Sentence("refusal.REPLY_HAS_LEFT"), "/replyId")
        if known.state == SENDING:
            raise Conflict(Sentence("refusal.REPLY_HAS_LEFT"), "/replyId")
        unit.of(Replies).drop(known)
        return {"cases": [case.id]}

    return Command(author, "CASE_REPLY_UNDO", [expected.id, own_id], (Cases, Replies), execute)
