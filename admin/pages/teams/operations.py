"""The GraphQL operations of the pages of teams."""

from __future__ import annotations

from typing import Any

TEAM_PART = """
fragment TeamPart on Team {
  id code version name assigns offerMinutes openCases
  members { account skills languages capacity shift onShift available workingOn }
}
"""
TEAMS = (
    """
query Teams {
  teams { ...TeamPart }
  caseTables {
    targetsVersion targetsSince
    targets { name clock seconds warningSeconds calendar contract rank topic team priority }
    calendars {
      name version since timeZone holidays
      hours { weekday opens closes }
      closures { first last everyYear }
    }
  }
}
"""
    + TEAM_PART
)
TEAM = "query Team($id: ID!) { node(id: $id) { ... on Team { ...TeamPart } } }" + TEAM_PART
CALENDARS = "query TeamCalendars { caseTables { calendars { name } } }"
PUT = """
mutation TeamPut($input: TeamPutInput!) {
  done: teamPut(input: $input) { team { id } userErrors { message path currentVersion } }
}
"""
NO_TEAM = "VGVhbTow"
"""A global id that no team has."""
PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = ((TEAMS, {}), (TEAM, {"id": NO_TEAM}), (CALENDARS, {}))
