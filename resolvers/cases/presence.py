"""Who of the staff is on a case just now: whose pages of it are open, and who has begun a reply."""

from __future__ import annotations

from typing import LiteralString

from resolvers.access.tags import Tag
from resolvers.engine.planner import many, planned, prop
from resolvers.values.scalars import DateTime

# (:CasePresence {case, account, name, since, until, writing, left}): the pages of one account are one presence
PRESENT: LiteralString = """
MATCH ({p}:CasePresence) USING INDEX SEEK {p}:CasePresence(case)
WHERE {p}.case = {v}.id AND {p}.until > timestamp() AND NOT {p}.left
WITH {p}.account AS {a}, max({p}.name) AS {b}, min({p}.since) AS {s}, collect({p}.writing) AS {w}
WITH {{account: {a}, name: {b}, since: {s}, writing: true IN {w}}} AS {n} ORDER BY {n}.since, {n}.account
"""


@planned("Member of the staff who has the page of a case open.")
class CasePresence:
    account: str = prop("{v}.account", Tag.PRESENCE, "Account by which they sign in.")
    name: str = prop("{v}.name", Tag.PRESENCE, "What they are called; their account where the sign-in tells no name.")
    writing: bool = prop("{v}.writing", Tag.PRESENCE, "Whether they have begun to write a reply.")
    since: DateTime = prop("{v}.since", Tag.PRESENCE, "Time since which they have had it open, UTC.")


PRESENCE: list[CasePresence] = many(
    PRESENT,
    Tag.PRESENCE,
    "Members of the staff who have its page open, you included, whoever came first before all others. Who closes it is gone "
    "at once, whose connection is lost within 15 seconds.",
)
