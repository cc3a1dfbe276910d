"""Where a caller is best sent, for telephone menus and bots: read with all that it depends on, judged by one rule."""

from __future__ import annotations

from datetime import UTC, datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any, LiteralString, TypeAlias

from graph.cases.affinity import KNOWN_FOR
from graph.cases.routing import ROUTE_REASONS, WRITTEN, Caller, OpenCase, route
from graph.cases.staff import STAFF_ROWS, agent_of
from graph.events.newest import utc_text
from resolvers.access.tags import Tag
from resolvers.cases.case import Case
from resolvers.engine.enums import words
from resolvers.engine.planner import Argument, one, planned, prop
from resolvers.engine.planner.fields import Arguments, read
from resolvers.engine.planner.readings import Folded, Given, Parameters
from resolvers.values.words import Channel, listed

if TYPE_CHECKING:
    # To a type checker a word is text, as in `values/words.py`.
    RouteReason: TypeAlias = str
else:
    RouteReason = words(
        "RouteReason",
        "Why a caller is sent where they are sent.",
        listed(
            ROUTE_REASONS,
            {
                "OPEN_CASE": "They have an open case, of the topic if one is told.",
                "NO_OPEN_CASE": "They have no open case, or none of the topic.",
                "OWNER": "The employee has the case.",
                "SERVED_LAST": "The employee spoke to them last, by whatever channel.",
                "FREE": "The employee deals with it and has most room.",
                "NOBODY_AVAILABLE": "Nobody who deals with it is available.",
                "ANSWERED_NOW": "Somebody can answer now.",
                "CHANNEL_OF_CASE": "Their case came by this channel.",
                "USUAL_CHANNEL": "They last wrote by this channel.",
                "CALL_BACK": "No channel is known by which they write: call them back.",
            },
        ),
    )

MOST_CASES = 20

STAFF: LiteralString = STAFF_ROWS.replace("{", "{{").replace("}", "}}")
# (:SourceRecord {key}) = (:Case {record}) and (:Touchpoint {record}): each record is sought in the indexes of both
OF_CUSTOMER: LiteralString = (
    """
WITH COLLECT {{ MATCH ({v})<-[:RESOLVES_TO]-({s}:SourceRecord) RETURN {s}.key }} AS {keys}
WITH {keys}, COLLECT {{
  UNWIND {keys} AS {key}
  CALL ({key}) {{
    MATCH ({k}:Case) USING INDEX SEEK {k}:Case(record, id) WHERE {k}.record = {key} AND {k}.id > '' RETURN {k}
  UNION
    MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, case_id) WHERE {t}.record = {key} AND {t}.case_id > ''
    MATCH ({t})-[:IN_CASE]->({k}:Case) RETURN {k}
  }}
  WITH DISTINCT {k} WHERE {k}.listed = 'OPEN' AND {Case:k}
  RETURN {k} ORDER BY {k}.opened_at DESC, {k}.id LIMIT ${most}
}} AS {open}, COLLECT {{
  UNWIND {keys} AS {key}
  MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, position)
  WHERE {t}.record = {key} AND {t}.position > ${since} AND {t}.kind <> 'ORDER'
  WITH {t} ORDER BY {t}.position DESC LIMIT 200
  RETURN [{t}.staff, {t}.direction, {t}.channel]
}} AS {contacts}
UNWIND range(0, size({open})) AS {place}
WITH {{case: {open}[{place}], told: CASE {place} WHEN 0 THEN [
  ${topic}, ${language}, ${now}, [{x} IN {open} | [{x}.topic, {x}.team, {x}.staff, {x}.channel]], {contacts}, """
    + STAFF
    + "] END}} AS {n}"
)
OF_NOBODY: LiteralString = (
    "UNWIND [0] AS {place} WITH {{case: null, told: [${topic}, ${language}, ${now}, [], [], " + STAFF + "]}} AS {n}"
)
TOLD: LiteralString = "{v}.told"


def sent(rows: list[Any]) -> list[tuple[int, dict[str, Any]]]:
    """Return the row of the case that counts, or the last, which has none, with where to send the caller."""
    topic, language, now, cases, contacts, staff = rows[0]
    caller = Caller(
        topic,
        language,
        [OpenCase(*(value or None for value in case)) for case in cases],
        next((by for by, _, _ in contacts if by is not None), None),
        next((channel for _, way, channel in contacts if way == "INBOUND" and channel in WRITTEN), None),
    )
    found = route(caller, [agent_of(row, now) for row in staff], datetime.fromisoformat(now))
    place = len(rows) - 1 if found.case is None else found.case
    answer = {"channel": found.channel, "team": found.team, "assignee": found.staff, "reasons": list(found.reasons)}
    return [(place, answer)]


def bind(given: Given) -> Parameters:
    now = datetime.now(UTC)
    told = {"topic": given.get("topic") or None, "language": given.get("language") or None, "most": MOST_CASES}
    return {**told, "now": utc_text(now), "since": utc_text(now - KNOWN_FOR)}


@planned("Where a caller is best sent now, and why.")
class Route:
    channel: Channel = prop(
        TOLD, Tag.PUBLIC, "Channel that helps them best: `PHONE` where somebody can answer.", form=itemgetter("channel")
    )
    team: str | None = prop(TOLD, Tag.PUBLIC, "Code of the team; null if none deals with it.", form=itemgetter("team"))
    assignee: str | None = prop(
        TOLD, Tag.PUBLIC, "Account of the employee; null if nobody is available.", form=itemgetter("assignee")
    )
    case: Case | None = one(
        "MATCH ({n}:Case {{id: {v}.case.id}})", Tag.ACTIVITY, "Open case that they are most likely in touch about; null if none."
    )
    reasons: list[RouteReason] = prop(
        TOLD,
        Tag.PUBLIC,
        "Three reasons: why this case or none, why this employee or nobody, why this channel.",
        form=itemgetter("reasons"),
    )


ARGUMENTS: Arguments = {
    "topic": Argument(str | None, "Topic that they chose, for example in a telephone menu; null if none is known.", None),
    "language": Argument(str | None, "Language that they speak, a BCP 47 tag such as `ja`; null if it is not known.", None),
}
ROUTE = read(
    Folded(OF_CUSTOMER, "{n}.told", sent, bind),
    Tag.PUBLIC,
    "Where the customer is best sent who is in touch now: to whoever has their open case and is available, else to the best who "
    "deals with it, else in writing.",
    ARGUMENTS,
)
route_of_nobody = read(
    Folded(OF_NOBODY, "{n}.told", sent, bind),
    Tag.PUBLIC,
    "Where a caller is best sent of whom nobody knows who they are; of a customer `Customer.route` tells it.",
    ARGUMENTS,
)
