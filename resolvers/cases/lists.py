"""How cases are listed: each list in the order of its own index, what is due first before all others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, LiteralString

import strawberry

from graph.events.newest import utc_text
from resolvers.access.tags import Tag
from resolvers.cases.of_customer import BY_CUSTOMER
from resolvers.cases.words import CaseList, CasePriority, CaseState
from resolvers.engine import ids
from resolvers.engine.planner import Argument
from resolvers.engine.planner.fields import PAGING, asks_by, read
from resolvers.engine.planner.readings import Choice, Given, Page, Parameters

LAST = "~~"
"""Sorts after every turn."""

# What is asked for beside the property that the index is of; `now` and `until` are UTC text
BESIDE: LiteralString = """
  AND (${state} IS NULL OR {n}.state = ${state}) AND (${staff} IS NULL OR {n}.staff = ${staff})
  AND (${team} IS NULL OR {n}.team = ${team}) AND (${store} IS NULL OR {n}.store_id = ${store})
  AND (${topic} IS NULL OR {n}.topic = ${topic}) AND (${priority} IS NULL OR {n}.priority = ${priority})
  AND (${unanswered} IS NULL OR {n}.unanswered = ${unanswered}) AND (${escalated} IS NULL OR {n}.escalated = ${escalated})
  AND (${bounced} IS NULL OR {n}.bounced = ${bounced})
  AND (${escalated_to} IS NULL OR {n}.escalated_to = ${escalated_to}) AND (${tag} IS NULL OR ${tag} IN {n}.tags)
  AND (${snoozed} IS NULL OR (COALESCE({n}.snoozed_until, '') > ${now}) = ${snoozed}) AND {n}.turn < ${until}
"""


@dataclass(frozen=True, slots=True)
class Sought:
    """How a list is sought: what an index finds, in which order it has that before the turn, and where the turn stands.

    `then` leads from what was found to the case, `counted` ends what counts them.
    """

    seek: LiteralString
    order: tuple[LiteralString, ...]
    turn: LiteralString = "{n}.turn"
    then: LiteralString = ""
    counted: LiteralString = ""


def by(name: LiteralString, value: LiteralString) -> Sought:
    """Return how cases are sought by a property, in the index (listed, it, turn)."""
    index: LiteralString = "{n}:Case(listed, " + name + ", turn)"
    found: LiteralString = "{n}.listed = ${listed} AND {n}." + name + " = ${" + value + "}"
    return Sought("MATCH ({n}:Case) USING INDEX SEEK " + index + " WHERE " + found, ("{n}.listed", "{n}." + name))


# (:Case)-[:HAS_TAG]->(:CaseTag {listed, tag, turn}). One customer has few, and those that are snoozed are as few as people put
# off, so these are sorted.
SOUGHT: Mapping[str, Sought] = {
    "customer": Sought(BY_CUSTOMER, (), counted=" RETURN {n}"),
    "staff": by("staff", "staff"),
    "tag": Sought(
        "MATCH ({g}:CaseTag) USING INDEX SEEK {g}:CaseTag(listed, tag, turn) WHERE {g}.listed = ${listed} AND {g}.tag = ${tag}",
        ("{g}.listed", "{g}.tag"),
        "{g}.turn",
        " MATCH ({g})<-[:HAS_TAG]-({n}:Case) WHERE true",
    ),
    "bounced": by("bounced", "bounced"),
    "escalated_to": by("escalated_to", "escalated_to"),
    "escalated": by("escalated", "escalated"),
    "store": by("store_id", "store"),
    "put_off": Sought(
        "MATCH ({n}:Case) USING INDEX SEEK {n}:Case(listed, snoozed_until) "
        "WHERE {n}.listed = ${listed} AND {n}.snoozed_until > ${now}",
        (),
    ),
    "team": by("team", "team"),
    "topic": by("topic", "topic"),
    "unanswered": by("unanswered", "unanswered"),
    "priority": by("priority", "priority"),
    "state": Sought("MATCH ({n}:Case) USING INDEX SEEK {n}:Case(state, turn) WHERE {n}.state = ${state}", ("{n}.state",)),
    "listed": Sought("MATCH ({n}:Case) USING INDEX SEEK {n}:Case(listed, turn) WHERE {n}.listed = ${listed}", ("{n}.listed",)),
}
"""What is asked for -> how it is sought; of several, the first."""


@strawberry.input(description="Filter of cases; all conditions apply.")
class CaseFilter:
    listed: CaseList = strawberry.field(default="OPEN", description="Which of the two lists.")
    state: CaseState | None = strawberry.field(default=None, description="Only those that stand so, of either list.")
    mine: bool = strawberry.field(default=False, description="Only those that you have.")
    assignee: str | None = strawberry.field(
        default=None, metadata=asks_by(Tag.INTERNAL), description="Only those that this account has."
    )
    unassigned: bool = strawberry.field(default=False, description="Only those that no employee has.")
    team: str | None = strawberry.field(
        default=None, metadata=asks_by(Tag.INTERNAL), description="Only those of the team with this code."
    )
    store_id: strawberry.ID | None = strawberry.field(default=None, description="Only those of this store.")
    customer_id: strawberry.ID | None = strawberry.field(
        default=None,
        metadata=asks_by(Tag.ACTIVITY),
        description="Only those of this customer, as `Customer.cases` has them; none where you may not read the customer.",
    )
    topic: str | None = strawberry.field(default=None, metadata=asks_by(Tag.CASE), description="Only those of this topic.")
    priority: CasePriority | None = strawberry.field(default=None, description="Only those of this priority.")
    tag: str | None = strawberry.field(default=None, metadata=asks_by(Tag.INTERNAL), description="Only those that have this tag.")
    unanswered: bool | None = strawberry.field(default=None, description="Whether the customer waits for an answer.")
    bounced: bool = strawberry.field(
        default=False,
        description="Only those of which a reply came back or could not be sent, and nothing has gone out or come in since.",
    )
    overdue: bool = strawberry.field(default=False, description="Only those whose next due time has passed.")
    escalated: bool | None = strawberry.field(
        default=None, description="Whether another team was asked and has not answered; null for all."
    )
    escalated_to: str | None = strawberry.field(
        default=None, metadata=asks_by(Tag.INTERNAL), description="Only those about which the team of this code is asked."
    )
    snoozed: bool | None = strawberry.field(default=None, description="Whether it is snoozed now; null for all.")


def wanted(given: Given) -> dict[str, Any]:
    """Return what is asked for by the names of SOUGHT and BESIDE; None for what is not asked."""
    chosen: dict[str, Any] = given.get("filter") or {}
    staff = given.viewer.name if chosen.get("mine") else chosen.get("assignee")
    state = chosen.get("state")
    listed = chosen.get("listed", "OPEN") if state is None else ("DONE" if state in ("RESOLVED", "CLOSED") else "OPEN")
    store, customer = chosen.get("storeId"), chosen.get("customerId")
    escalated_to, snoozed = chosen.get("escalatedTo"), chosen.get("snoozed")
    return {
        "listed": str(listed),
        "state": None if state is None else str(state),
        "staff": "" if chosen.get("unassigned") else staff,
        "customer": None if customer is None else ids.decode_as("Customer", customer),
        "store": None if store is None else ids.decode_as("Store", store),
        "priority": None if (priority := chosen.get("priority")) is None else str(priority),
        "unanswered": chosen.get("unanswered"),
        "bounced": chosen.get("bounced") or None,
        "escalated": True if escalated_to is not None else chosen.get("escalated"),
        "escalated_to": escalated_to,
        "snoozed": snoozed,
        "put_off": snoozed or None,
        **{name: chosen.get(name) for name in ("team", "topic", "tag")},
    }


def bounds(given: Given, _: Parameters) -> Parameters:
    now = utc_text(datetime.now(UTC))
    chosen: dict[str, Any] = given.get("filter") or {}
    overdue = chosen.get("overdue")
    return {**wanted(given), "now": now, "until": now if overdue else LAST}


def pages(name: str, *, last_first: bool) -> Page:
    sought = SOUGHT[name]
    order: LiteralString = ", ".join([each + (" DESC" if last_first else " ASC") for each in (*sought.order, sought.turn)])
    turn: LiteralString = " AND " + sought.turn + (" < ${after}" if last_first else " > ${after}")
    whole: LiteralString = " AND " + sought.turn + " > ''"
    return Page(
        "cases",
        sought.seek + turn + sought.then + BESIDE + " AND {Case:n} WITH * ORDER BY " + order + " LIMIT ${limit}",
        "{v}.turn",
        "COUNT {{ " + sought.seek + whole + sought.then + BESIDE + " AND {Case:n}" + sought.counted + " }}",
        LAST if last_first else "",
        bounds=bounds,
    )


LISTS = {(name, last_first): pages(name, last_first=last_first) for name in SOUGHT for last_first in (False, True)}


def list_of(given: Given) -> tuple[str, bool]:
    """Return by what of that which is asked for the list is sought, the first in SOUGHT, and whether its last comes first.

    It depends on values, such as which of the two lists, and not only on which of them are there.
    """
    asked = wanted(given)
    return next(each for each in SOUGHT if asked[each] is not None), asked["listed"] == "DONE"


cases = read(
    Choice(lambda given: LISTS[list_of(given)], form=list_of),
    Tag.PUBLIC,
    "Cases that you may read: open ones by what is due first and then by who has waited longest, those that are done with the "
    "last one first.",
    {"filter": Argument(CaseFilter | None, "Which of them; all that are open if omitted.", None), **PAGING},
)
