"""Replies to customers that have not left yet, as a case has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import strawberry

from graph.replies.nodes import REPLY_STATES
from resolvers.access.tags import Tag
from resolvers.engine.enums import words
from resolvers.engine.planner import many, one, planned, prop
from resolvers.identity.identifier import Identifier
from resolvers.values.scalars import DateTime

if TYPE_CHECKING:
    # To a type checker a word is text, as in `words.py`.
    CaseReplyState: TypeAlias = str
else:
    _MEANINGS = {
        "WAITING": "It waits for its time and can be taken back.",
        "SENDING": "It is being sent.",
        "FAILED": "It could not be sent, and is not sent again by itself.",
    }
    CaseReplyState = words(
        "CaseReplyState", "How a reply stands that has not left.", {state: _MEANINGS[state] for state in REPLY_STATES}
    )


@planned("Reply to the customer of a case that has not left; once it has, it is an interaction of the case.")
class CaseReply:
    id: strawberry.ID = prop("{v}.id", Tag.PUBLIC, "Id of the reply, for `caseReplyUndo`.")
    state: CaseReplyState = prop("{v}.state", Tag.PUBLIC, "How it stands.")
    identifier: Identifier | None = one("MATCH ({v})-[:TO]->({n}:Identifier)", Tag.CONTACT, "Address or account that it goes to.")
    subject: str = prop("{v}.subject", Tag.FREE_TEXT, "Subject line, empty where that of the answered message is taken.")
    text: str = prop("{v}.text", Tag.FREE_TEXT, "What is written to the customer.")
    actor: str = prop("{v}.made_by", Tag.INTERNAL, "Account of the employee who wrote it.")
    send_at: DateTime = prop("{v}.send_at", Tag.PUBLIC, "Time from which it is sent, UTC; until then it can be taken back.")
    failure: str | None = prop("{v}.failure", Tag.INTERNAL, "Code of why it could not be sent; null if it has not failed.")


REPLIES: list[CaseReply] = many(
    "MATCH ({v})<-[:ANSWERS]-({n}:Reply) WITH {n} ORDER BY {n}.made_at, {n}.id",
    Tag.INTERNAL,
    "Replies that have not left, the earliest first.",
)
