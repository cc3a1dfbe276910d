"""Members of staff in a unit of work: held with what they can do and how much they have, so nobody is given too much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, LiteralString

from graph.cases.calendars import ALWAYS, Calendar
from graph.cases.candidates import WEIGHTS, Agent
from graph.cases.tables import SAVED_AT, tables
from graph.cases.targets import in_force
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Unit

# (:Staff {account, skills, languages, capacity, shift, available})-[:MEMBER_OF]->(:Team {code}), (:Case {staff})
STAFF_ROW: LiteralString = """[
  s.account, properties(s), COLLECT { MATCH (s)-[:MEMBER_OF]->(t:Team) RETURN t.code },
  COLLECT {
    MATCH (k:Case) USING INDEX SEEK k:Case(listed, staff, turn)
    WHERE k.listed = 'OPEN' AND k.staff = s.account AND k.turn > '' AND k.state IN ['NEW', 'OPEN']
    RETURN COALESCE(k.channel, '')
  }
]"""
STAFF_ROWS: LiteralString = "COLLECT { MATCH (s:Staff)-[:MEMBER_OF]->(:Team) WITH DISTINCT s RETURN " + STAFF_ROW + " }"
LOCK_STAFF: LiteralString = (
    """
UNWIND $p.Staff AS account
MATCH (s:Staff {account: account})
REMOVE s.lock
WITH s
RETURN 'Staff' AS label, """
    + STAFF_ROW
    + " AS row"
)
WRITE_STAFF: LiteralString = "UNWIND $p.staff AS row MATCH (s:Staff {account: row.account}) SET s += row.properties"

ANY_TIME = Calendar("always", 1, SAVED_AT, "UTC", ALWAYS)
"""The shift of those who have none: whenever they say that they are there."""


def weight_of(channel: str | None) -> int:
    """Return how much of somebody's capacity a case takes by its channel."""
    return WEIGHTS.get(channel or "", 1)


def agent_of(row: Sequence[Any], now: str) -> Agent:
    """Return a member of staff from STAFF_ROW, as of a time (UTC text)."""
    account, told, teams, channels = row
    return Agent(
        account,
        frozenset(teams),
        frozenset(told.get("skills") or ()),
        frozenset(told.get("languages") or ()),
        in_force(tables().calendars[told["shift"]], now) if told.get("shift") else ANY_TIME,
        told["capacity"],
        sum(map(weight_of, channels)),
        away=not told.get("available"),
    )


class StaffMembers(Nodes):
    """The members of staff of a unit by account. What they have counts only what is being worked on, not what waits."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"Staff": LOCK_STAFF}
    WRITES = (WRITE_STAFF,)

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.known: dict[str, Agent] = {}
        self._changed: dict[str, dict[str, Any]] = {}

    def take_in(self, label: Label, row: list[Any]) -> None:  # noqa: ARG002 - there is one label
        self.known[row[0]] = agent_of(row, self.unit.now)

    def put(self, account: str, **properties: Any) -> None:
        """Set properties of somebody who is held."""
        self._changed.setdefault(account, {}).update(properties)

    def rows(self) -> Mapping[str, list[dict[str, Any]]]:
        return {"staff": [{"account": account, "properties": told} for account, told in sorted(self._changed.items())]}
