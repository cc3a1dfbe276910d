"""How cases are listed: each list in the order of its own index, what is due first before all others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, LiteralString

import strawberry

from graph.events.newest import utc_text
from resolvers.access.tags import Tag
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
  AND (${escalated_to} IS NULL OR {n}.escalated_to = ${escalated_to}) AND (${tag} IS NULL OR ${tag} IN {n}.tags)
  AND (${snoozed} IS NULL OR (COALESCE({n}.snoozed_until, '') > ${now}) = ${snoozed}) AND {n}.turn < ${until}
"""
# Property of an index (listed, it, turn) -> how it is sought
SOUGHT: Mapping[str, tuple[LiteralString, LiteralString]] = {
    "staff": ("listed, staff, turn", "{n}.listed = ${listed} AND {n}.staff = ${staff}"),
    "escalated": ("listed, escalated, turn", "{n}.listed = ${listed} AND {n}.escalated = ${escalated}"),
    "store": ("listed, store_id, turn", "{n}.listed = ${listed} AND {n}.store_id = ${store}"),
    "team": ("listed, team, turn", "{n}.listed = ${listed} AND {n}.team = ${team}"),
    "topic": ("listed, topic, turn", "{n}.listed = ${listed} AND {n}.topic = ${topic}"),
    "unanswered": ("listed, unanswered, turn", "{n}.listed = ${listed} AND {n}.unanswered = ${unanswered}"),
    "priority": ("listed, priority, turn", "{n}.listed = ${listed} AND {n}.priority = ${priority}"),
    "state": ("state, turn", "{n}.state = ${state} AND {n}.listed = ${listed}"),
    "listed": ("listed, turn", "{n}.listed = ${listed}"),
}
ORDERS: Mapping[str, LiteralString] = {
    "staff": "{n}.listed ASC, {n}.staff ASC, {n}.turn ASC",
    "escalated": "{n}.listed ASC, {n}.escalated ASC, {n}.turn ASC",
    "store": "{n}.listed ASC, {n}.store_id ASC, {n}.turn ASC",
    "team": "{n}.listed ASC, {n}.team ASC, {n}.turn ASC",
    "topic": "{n}.listed ASC, {n}.topic ASC, {n}.turn ASC",
    "unanswered": "{n}.listed ASC, {n}.unanswered ASC, {n}.turn ASC",
    "priority": "{n}.listed ASC, {n}.priority ASC, {n}.turn ASC",
    "state": "{n}.state ASC, {n}.turn ASC",
    "listed": "{n}.listed ASC, {n}.turn ASC",
}


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
    topic: str | None = strawberry.field(default=None, metadata=asks_by(Tag.CASE), description="Only those of this topic.")
    priority: CasePriority | None = strawberry.field(default=None, description="Only those of this priority.")
    tag: str | None = strawberry.field(default=None, metadata=asks_by(Tag.INTERNAL), description="Only those that have this tag.")
    unanswered: bool | None = strawberry.field(default=None, description="Whether the customer waits for an answer.")
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
    store = chosen.get("storeId")
    escalated_to = chosen.get("escalatedTo")
    return {
        "listed": str(listed),
        "state": None if state is None else str(state),
        "staff": "" if chosen.get("unassigned") else staff,
        "store": None if store is None else ids.decode_as("Store", store),
        "priority": None if (priority := chosen.get("priority")) is None else str(priority),
        "unanswered": chosen.get("unanswered"),
        "escalated": True if escalated_to is not None else chosen.get("escalated"),
        "escalated_to": escalated_to,
        **{name: chosen.get(name) for name in ("team", "topic", "tag", "snoozed")},
    }


def bounds(given: Given, _: Parameters) -> Parameters:
    now = utc_text(datetime.now(UTC))
    chosen: dict[str, Any] = given.get("filter") or {}
    overdue = chosen.get("overdue")
    return {**wanted(given), "now": now, "until": now if overdue else LAST}


def pages(name: str, *, last_first: bool) -> Page:
    index, found = SOUGHT[name]
    order = ORDERS[name].replace(" ASC", " DESC" if last_first else "")
    seek: LiteralString = "MATCH ({n}:Case) USING INDEX SEEK {n}:Case(" + index + ") WHERE " + found
    turn: LiteralString = " AND {n}.turn < ${after}" if last_first else " AND {n}.turn > ${after}"
    whole: LiteralString = " AND {n}.turn > ''"
    return Page(
        "cases",
        seek + turn + BESIDE + " AND {Case:n} WITH {n} ORDER BY " + order + " LIMIT ${limit}",
        "{v}.turn",
        "COUNT {{ " + seek + whole + BESIDE + " AND {Case:n} }}",
        LAST if last_first else "",
        bounds=bounds,
    )


LISTS = {(name, last_first): pages(name, last_first=last_first) for name in SOUGHT for last_first in (False, True)}


def seek_of(given: Given) -> Page:
    """Return the list by the first of the properties that is asked for."""
    asked = wanted(given)
    name = next(each for each in SOUGHT if asked[each] is not None)
    return LISTS[name, asked["listed"] == "DONE"]


cases = read(
    Choice(seek_of),
    Tag.PUBLIC,
    "Cases that you may read: open ones by what is due first, those that are done with the last one first.",
    {"filter": Argument(CaseFilter | None, "Which of them; all that are open if omitted.", None), **PAGING},
)
