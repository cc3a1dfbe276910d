"""How many cases stand in each list, for badges: counted from the indexes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import LiteralString

from graph.events.newest import utc_text
from resolvers.access.tags import Tag
from resolvers.engine.planner import Argument, planned, prop
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Given, One, Parameters

WAITING_DAYS = 3
"""A case that has waited for so many days waits too long."""
COUNT: LiteralString = "COUNT {{ MATCH ({k}:Case) USING INDEX SEEK {k}:Case("
OPEN: LiteralString = "{k}.listed = 'OPEN' AND "
TURN: LiteralString = " AND {k}.turn > ''"
TEAM: LiteralString = " AND ({v}.team IS NULL OR {k}.team = {v}.team) AND {Case:k} }}"


def counted(index: LiteralString, found: LiteralString) -> LiteralString:
    """Return the count of cases that an index finds, of one team where one is asked for."""
    return COUNT + index + ") WHERE " + found + TEAM


def of_all_or_team(index: LiteralString, found: LiteralString, beside: LiteralString = "true") -> LiteralString:
    """Return the count of what an index finds; of one team, that of its own list of which `beside` holds."""
    whole: LiteralString = COUNT + index + ") WHERE " + found + " AND {Case:k} }}"
    theirs: LiteralString = OPEN + "{k}.team = {v}.team" + TURN + " AND " + beside + " AND {Case:k} }}"
    return "CASE WHEN {v}.team IS NULL THEN " + whole + " ELSE " + COUNT + "listed, team, turn) WHERE " + theirs + " END"


def waiting(state: LiteralString) -> LiteralString:
    return of_all_or_team("state, turn", "{k}.state = '" + state + "'" + TURN, "{k}.state = '" + state + "'")


@planned("Numbers of open cases that you may read, by list.")
class CaseCounts:
    open: int = prop(of_all_or_team("listed, turn", OPEN + "{k}.turn > ''"), Tag.PUBLIC, "All that are open.")
    mine: int = prop(counted("listed, staff, turn", OPEN + "{k}.staff = {v}.me" + TURN), Tag.PUBLIC, "Those that you have.")
    unassigned: int = prop(
        of_all_or_team("listed, staff, turn", OPEN + "{k}.staff = ''" + TURN, "{k}.staff = ''"),
        Tag.PUBLIC,
        "Those that no employee has.",
    )
    unanswered: int = prop(
        of_all_or_team("listed, unanswered, turn", OPEN + "{k}.unanswered = true" + TURN, "{k}.unanswered"),
        Tag.PUBLIC,
        "Those whose customer waits for an answer.",
    )
    overdue: int = prop(
        of_all_or_team("listed, turn", OPEN + "{k}.turn > '' AND {k}.turn < {v}.now", "{k}.turn < {v}.now"),
        Tag.PUBLIC,
        "Those whose due time has passed.",
    )
    escalated: int = prop(
        counted("listed, escalated, turn", OPEN + "{k}.escalated = true" + TURN),
        Tag.PUBLIC,
        "Those about which another team is asked and has not answered.",
    )
    bounced: int = prop(
        counted("listed, bounced, turn", OPEN + "{k}.bounced = true" + TURN),
        Tag.PUBLIC,
        "Those of which a reply came back or could not be sent, and nothing has gone out or come in since.",
    )
    waiting_customer: int = prop(waiting("WAITING_CUSTOMER"), Tag.PUBLIC, "Those that wait for the customer.")
    waiting_internal: int = prop(waiting("WAITING_INTERNAL"), Tag.PUBLIC, "Those that wait for somebody else in the company.")
    snoozed: int = prop(
        counted("listed, snoozed_until", OPEN + "{k}.snoozed_until > {v}.now"), Tag.PUBLIC, "Those that are snoozed now."
    )
    waiting_too_long: int = prop(
        "COUNT {{ UNWIND ['WAITING_CUSTOMER', 'WAITING_INTERNAL'] AS {state} "
        "MATCH ({k}:Case) USING INDEX SEEK {k}:Case(state, since) WHERE {k}.state = {state} AND {k}.since < {v}.waiting" + TEAM,
        Tag.PUBLIC,
        f"Those that have waited for the customer or somebody else for more than {WAITING_DAYS} days.",
    )
    promised_today: int = prop(
        "COUNT {{ MATCH ({m}:Promise) USING INDEX SEEK {m}:Promise(state, due) WHERE {m}.state = 'OPEN' "
        "AND {m}.due < {v}.tomorrow MATCH ({m})-[:FOR]->({k}:Case) WHERE true" + TEAM,
        Tag.PUBLIC,
        "Promises for cases that are to be kept within 24 hours, or should have been.",
    )


def bind(given: Given) -> Parameters:
    now = datetime.now(UTC)
    times = {"now": now, "waiting": now - timedelta(days=WAITING_DAYS), "tomorrow": now + timedelta(days=1)}
    return {"me": given.viewer.name, "team": given.get("team"), **{name: utc_text(each) for name, each in times.items()}}


case_counts = read(
    One(
        "UNWIND [{{me: ${me}, team: ${team}, now: ${now}, waiting: ${waiting}, tomorrow: ${tomorrow}}}] AS {n}",
        bind=bind,
    ),
    Tag.PUBLIC,
    "Numbers of cases by list, for badges.",
    {"team": Argument(str | None, "Only those of the team with this code; null for all.", None)},
)
