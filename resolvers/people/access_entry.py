"""Who has looked at customers, when, as what: the read audit as a customer and those who check it see it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, LiteralString

import strawberry

from resolvers.access.tags import Tag
from resolvers.engine.connections import Connection
from resolvers.engine.planner import Argument, many, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Choice, Given, Page, Parameters
from resolvers.timeline.seeks import NEWEST, position
from resolvers.values.scalars import DateTime

if TYPE_CHECKING:
    from resolvers.people.customer import Customer

# (:Customer)<-[:REDIRECTS_TO*]-(:Customer)<-[:OF]-(:AuditEntry): also what was read of those that were merged into this one
LOOKED_AT: LiteralString = "MATCH ({v})<-[:REDIRECTS_TO*0..]-(:Customer)<-[:OF]-({n}:AuditEntry) WITH DISTINCT {n} "
WITHIN: LiteralString = "{e}.position >= ${since} AND {e}.position < ${until} "
ALL: LiteralString = "MATCH ({e}:AuditEntry) USING INDEX SEEK {e}:AuditEntry(position) WHERE " + WITHIN
BY_SUBJECT: LiteralString = (
    "MATCH ({e}:AuditEntry) USING INDEX SEEK {e}:AuditEntry(subject, position) WHERE {e}.subject = ${subject} AND " + WITHIN
)
NEXT: LiteralString = "AND {e}.position < ${after} WITH {e} AS {n} ORDER BY {n}.position DESC LIMIT ${limit} "
PAGED: LiteralString = (
    LOOKED_AT
    + """WHERE {n}.position < ${after}
WITH {n} ORDER BY {n}.position DESC LIMIT ${limit}
"""
)
COUNTED: LiteralString = "COUNT {{ MATCH ({v})<-[:REDIRECTS_TO*0..]-(:Customer)<-[:OF]-({e}:AuditEntry) RETURN DISTINCT {e} }}"


@planned("One reading of personal data of customers.")
class AccessEntry:
    accessed_at: DateTime = prop("{v}.at", Tag.PUBLIC, "Time at which it was read, UTC.")
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
    customers: list[Annotated[Customer, strawberry.lazy("resolvers.people.customer")]] = many(
        "MATCH ({v})-[:OF]->({n}:Customer) WITH {n} ORDER BY {n}.id LIMIT 20",
        Tag.IDENTITY,
        "Customers whose data was read, by id, at most 20; empty if nobody was found.",
    )
    tags: list[str] = prop("{v}.tags", Tag.PUBLIC, "What was read, as tags of the access policy, for example `CONTACT`.")


AccessEntryConnection = Connection[AccessEntry]
ACCESSES = read(
    Page("accesses", PAGED, "{v}.position", COUNTED, NEWEST, own=True),
    Tag.PUBLIC,
    "Who has read the customer's personal data, newest first.",
    PAGING,
)


def within(given: Given, _: Parameters) -> Parameters:
    """Return the period, open where no end is given, and the subject."""
    since, until = given.get("from"), given.get("to")
    return {
        "since": position(since, "") if isinstance(since, datetime) else "",
        "until": position(until, "") if isinstance(until, datetime) else NEWEST,
        "subject": given.get("subject"),
    }


def pages(name: str, found: LiteralString) -> Page:
    return Page(name, found + NEXT, "{v}.position", "COUNT {{" + found + "}}", NEWEST, bounds=within)


EVERYBODYS, OF_SUBJECT = pages("all accesses", ALL), pages("accesses of a subject", BY_SUBJECT)
accesses = read(
    Choice(lambda given: EVERYBODYS if given.get("subject") is None else OF_SUBJECT),
    Tag.IDENTITY,
    "Who has read personal data, newest first: of all customers, for those who check it.",
    {
        "subject": Argument(str | None, "Account or client id of who read; null for everybody.", None),
        "from": Argument(DateTime | None, "Start of the period, inclusive; null for the first entry.", None),
        "to": Argument(DateTime | None, "End of the period, exclusive; null for now.", None),
        **PAGING,
    },
)
