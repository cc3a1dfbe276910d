"""Cases that nobody has find somebody: the oldest first, to whom it fits best, of the teams that are assigned to automatically.

It may run as often and by as many as one likes: each run holds the members of staff and the cases that it looks at, so
nobody is given more than they can take, and it ends with nothing left that fits anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString

from graph.cases.affinity import KNOWN_FOR, Known, waiting_of, who_knows
from graph.cases.assignment import Choice, push
from graph.cases.calendars import is_open
from graph.cases.candidates import WEIGHTS, Agent
from graph.cases.case import Case
from graph.cases.choices import stored
from graph.cases.events import SOURCE
from graph.cases.history import CaseEvent, moment
from graph.cases.nodes import Cases
from graph.cases.staff import STAFF_ROW, StaffMembers, agent_of
from graph.events.newest import utc_text
from graph.store import Store
from graph.waiting import to_its_end
from graph.writes.unit import Unit, execute

AT_ONCE = 50
"""Cases of one transaction."""

# (:Team {code, assigns, offer_minutes})<-[:MEMBER_OF]-(:Staff)
READ_STAFF: LiteralString = (
    "MATCH (t:Team) WHERE t.assigns WITH COLLECT(t) AS teams UNWIND teams AS team MATCH (s:Staff)-[:MEMBER_OF]->(team) "
    "WITH DISTINCT s, teams RETURN " + STAFF_ROW + ", [team IN teams | [team.code, team.offer_minutes]]"
)
# What fits somebody who is there and has room, of each team the oldest; a case of another system is that system's
READ_QUEUE: LiteralString = """
UNWIND $p.teams AS team
CALL (team) {
  MATCH (k:Case) USING INDEX SEEK k:Case(team, queued)
  WHERE k.team = team AND k.queued > '' AND k.origin <> $p.source AND COALESCE(k.snoozed_until, '') <= $p.now
    AND any(one IN $p.free WHERE team IN one.teams AND NOT one.staff IN k.declined
      AND (k.topic = '' OR one.skills = [] OR k.topic IN one.skills)
      AND (k.language IS NULL OR one.languages = [] OR k.language IN one.languages)
      AND COALESCE($p.weights[k.channel], 1) <= one.room)
  RETURN k.id AS id, k.queued AS queued ORDER BY k.team, k.queued LIMIT $p.limit
}
RETURN id ORDER BY queued LIMIT $p.limit
"""


@dataclass(frozen=True, slots=True)
class Floor:
    """`minutes` are those of each team for taking up what it is assigned; null where there is no such time."""

    agents: Mapping[str, Agent]
    minutes: Mapping[str, int | None]

    def free(self, now: datetime) -> list[Agent]:
        """Return those who are there and have room."""
        return [one for one in self.agents.values() if not one.away and one.load < one.capacity and is_open(one.shift, now)]


async def distribute(store: Store) -> int:
    """Assign whatever fits somebody, and return how many cases that were."""
    done = 0
    while floor := await _floor(store):
        found = await _queue(store, floor)
        assigned = await _assign(store, floor, found) if found else 0
        if not assigned:
            break
        done += assigned
    return done


async def _floor(store: Store) -> Floor | None:
    """Return the teams that are assigned to automatically with their members; None where there are none."""
    now = utc_text(datetime.now(UTC))
    rows = await to_its_end(store.read(READ_STAFF))
    return Floor({row[0]: agent_of(row, now) for row, _ in rows}, dict(rows[0][1])) if rows else None


async def _queue(store: Store, floor: Floor) -> list[str]:
    """Return the cases that fit somebody now, those that wait longest first."""
    now = datetime.now(UTC)
    free = [
        {
            "staff": one.staff,
            "teams": sorted(one.teams),
            "skills": sorted(one.skills),
            "languages": sorted(one.languages),
            "room": one.capacity - one.load,
        }
        for one in floor.free(now)
    ]
    if not free:
        return []
    asked = {"teams": sorted(floor.minutes), "free": free, "weights": WEIGHTS, "source": SOURCE, "limit": AT_ONCE}
    return [row[0] for row in await to_its_end(store.read(READ_QUEUE, {**asked, "now": utc_text(now)}))]


async def _assign(store: Store, floor: Floor, found: Sequence[str]) -> int:
    """Assign those of the cases that nobody has by now, in this order, and return how many."""

    async def work(unit: Unit) -> int:
        now = moment(unit.now)
        unit.want("Case", found)
        unit.want("Staff", (one.staff for one in floor.free(now)))
        await unit.lock()
        agents = {**floor.agents, **unit.of(StaffMembers).known}
        known = await who_knows(unit.transaction, found, utc_text(now - KNOWN_FOR))
        done = 0
        for own_id in found:
            case = unit.of(Cases).known.get(own_id)
            if case is None:
                continue
            case.settle(unit.now)
            if not _waits(case, floor, unit.now):
                continue
            waiting = waiting_of(case, known.get(own_id, Known()))
            choice = push(waiting, agents.values(), now)
            if choice.staff is not None:
                _give(unit, case, choice, floor.minutes[case.properties["team"]])
                taker = agents[choice.staff]
                agents[choice.staff] = replace(taker, load=taker.load + waiting.weight)
                done += 1
        return done

    return await execute(store, (Cases, StaffMembers), work)


def _waits(case: Case, floor: Floor, now: str) -> bool:
    told: Mapping[str, Any] = case.properties
    return bool(told["queued"]) and told["team"] in floor.minutes and (told.get("snoozed_until") or "") <= now


def _give(unit: Unit, case: Case, choice: Choice, minutes: int | None) -> None:
    until = None if minutes is None else utc_text(moment(unit.now) + timedelta(minutes=minutes))
    case.happen(
        CaseEvent(
            f"{case.id}-{unit.now}-ASSIGNED",
            unit.now,
            "ASSIGNED",
            team=case.properties["team"],
            staff=choice.staff,
            until=until,
            choice=stored(choice),
        )
    )
    unit.of(Cases).settle(case)
