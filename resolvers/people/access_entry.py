"""Who has looked at a customer, when, as what: the read audit as the customer and those who check it see it."""

from __future__ import annotations

from typing import LiteralString

from resolvers.access.tags import Tag
from resolvers.engine.connections import Connection
from resolvers.engine.planner import planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Page
from resolvers.timeline.seeks import NEWEST
from resolvers.values.scalars import DateTime

# (:Customer)<-[:REDIRECTS_TO*]-(:Customer)<-[:OF]-(:AuditEntry): also what was read of those that were merged into this one
LOOKED_AT: LiteralString = "MATCH ({v})<-[:REDIRECTS_TO*0..]-(:Customer)<-[:OF]-({n}:AuditEntry) WITH DISTINCT {n} "
PAGED: LiteralString = (
    LOOKED_AT
    + """, {n}.at + {n}.id AS {key} WHERE {key} < ${after}
WITH {n} ORDER BY {key} DESC LIMIT ${limit}
"""
)
COUNTED: LiteralString = "COUNT {{ MATCH ({v})<-[:REDIRECTS_TO*0..]-(:Customer)<-[:OF]-({e}:AuditEntry) RETURN DISTINCT {e} }}"


@planned("One reading of a customer's personal data.")
class AccessEntry:
    at: DateTime = prop("{v}.at", Tag.PUBLIC, "Time at which it was read, UTC.")
    subject: str | None = prop("{v}.subject", Tag.INTERNAL, "Account of the person, or client id of the program, that read it.")
    roles: list[str] = prop("{v}.roles", Tag.PUBLIC, "Roles and scopes as which it was read.")
    purpose: str | None = prop(
        "CASE {v}.purpose WHEN '' THEN null ELSE {v}.purpose END", Tag.PUBLIC, "Why it was read; null if not stated."
    )
    operation: str | None = prop(
        "CASE {v}.operation WHEN '' THEN null ELSE {v}.operation END",
        Tag.INTERNAL,
        "Name of the GraphQL operation that read it; null if it has none.",
    )
    tags: list[str] = prop("{v}.tags", Tag.PUBLIC, "What was read, as tags of the access policy, for example `CONTACT`.")


AccessEntryConnection = Connection[AccessEntry]
ACCESSES = read(
    Page("accesses", PAGED, "{v}.at + {v}.id", COUNTED, NEWEST, own=True),
    Tag.PUBLIC,
    "Who has read the customer's personal data, newest first.",
    PAGING,
)
