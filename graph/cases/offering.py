"""What is offered and not taken up goes to somebody else: declined by whoever has it, or when its time is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import LiteralString

from graph.cases.acting import Act, on_cases
from graph.cases.case import Case
from graph.cases.expected import Expected
from graph.cases.history import CaseEvent
from graph.cases.nodes import Cases
from graph.cases.staff import StaffMembers
from graph.commands.command import Author, Command
from graph.errors import Conflict
from graph.events.newest import utc_text
from graph.store import Store
from graph.waiting import to_its_end
from graph.words import Sentence
from graph.writes.unit import Unit, execute

RUN_OUT: LiteralString = """
MATCH (k:Case) USING INDEX SEEK k:Case(offered) WHERE k.offered > '' AND k.offered <= $p.now
RETURN k.id, k.staff ORDER BY k.offered LIMIT 100
"""
# (:Team {assigns}), (:Staff {available})
ABSENT: LiteralString = """
MATCH (t:Team {code: $p.team}) WHERE t.assigns AND NOT EXISTS { MATCH (s:Staff {account: $p.staff}) WHERE s.available }
RETURN t.code
"""


def decline(author: Author, expected: Sequence[Expected]) -> Command:
    """Return the command that declines what was assigned to its author automatically; raises Conflict for anything else."""

    async def does(act: Act) -> None:
        told = act.case.properties
        if not told["offered"] or told["staff"] != author.actor:
            raise Conflict(Sentence("refusal.CASE_NOT_OFFERED", number=told["number"]), act.pointer)
        act.happen("DECLINED", staff=author.actor)

    return on_cases(author, "CASE_DECLINE", expected, None, does)


async def take_back(store: Store) -> int:
    """Take back what was not taken up in time, and return how much; whoever had it is not available any more."""
    found = await to_its_end(store.read(RUN_OUT, {"now": utc_text(datetime.now(UTC))}))

    async def work(unit: Unit) -> int:
        unit.want("Case", (case for case, _ in found))
        unit.want("Staff", (staff for _, staff in found))
        await unit.lock()
        cases = [case for own_id, _ in found if (case := unit.of(Cases).known.get(own_id)) is not None]
        return sum([_run_out(unit, case) for case in cases])

    return await execute(store, (Cases, StaffMembers), work) if found else 0


def _run_out(unit: Unit, case: Case) -> bool:
    case.settle(unit.now)
    offered, staff = case.properties["offered"], case.properties["staff"]
    if not offered or offered > unit.now:
        return False
    case.happen(CaseEvent(f"{case.id}-{unit.now}-DECLINED", unit.now, "DECLINED", staff=staff))
    unit.of(Cases).settle(case)
    if staff in unit.of(StaffMembers).known:
        unit.of(StaffMembers).put(staff, available=False)
    return True


async def let_go_of_absent(unit: Unit, case: Case) -> None:
    """Take a case that opens again from whoever had it, if they are not there and its team is assigned to automatically."""
    team, staff = case.properties["team"], case.properties["staff"]
    if staff and team and await unit.transaction.run(ABSENT, {"team": team, "staff": staff}):
        case.happen(CaseEvent(f"{case.id}-{unit.now}-RELEASED", unit.now, "ASSIGNED", team=team))
