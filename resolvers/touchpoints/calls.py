"""Calls that ring or are being spoken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import LiteralString

from graph.events.newest import utc_text
from resolvers.access.tags import Tag
from resolvers.engine.connections import Connection
from resolvers.engine.planner import Argument
from resolvers.engine.planner.fields import PAGING, asks_by, read
from resolvers.engine.planner.readings import Given, Page, Parameters
from resolvers.timeline.seeks import NEWEST
from resolvers.touchpoints.touchpoint import Touchpoint

LOOKED_BACK = timedelta(hours=12)
"""No call lasts longer: one of which no end was reported is closed before."""

# (:Touchpoint {goes_on, position}): only calls have it, and only until they end
GOING_ON: LiteralString = """
MATCH ({n}:Touchpoint) USING INDEX SEEK {n}:Touchpoint(goes_on, position)
WHERE {n}.goes_on = true AND {n}.position > ${since} AND {n}.position < ${before} AND {Touchpoint:n}
  AND (${queue} IS NULL OR {n}.queue = ${queue}) AND (${staff} IS NULL OR {n}.staff = ${staff})
"""


def bounds(given: Given, parameters: Parameters) -> Parameters:
    since = utc_text(datetime.now(UTC) - LOOKED_BACK)
    return {"since": since, "before": parameters["after"], "queue": given.get("queue"), "staff": given.get("staff")}


CallConnection = Connection[Touchpoint]
ongoing_calls = read(
    Page(
        "ongoing calls",
        GOING_ON + " WITH {n} ORDER BY {n}.goes_on DESC, {n}.position DESC LIMIT ${limit}",
        "{v}.position",
        "COUNT {{ " + GOING_ON.replace("${before}", "'~'") + " RETURN {n} }}",
        NEWEST,
        bounds=bounds,
    ),
    Tag.ACTIVITY,
    "Calls that ring or are being spoken, newest first.",
    {
        "queue": Argument(str | None, "Only those in this queue.", None, asks_by(Tag.INTERNAL)),
        "staff": Argument(
            str | None,
            "Only those that this employee has, by their code in the telephone system.",
            None,
            asks_by(Tag.INTERNAL),
        ),
        **PAGING,
    },
)
