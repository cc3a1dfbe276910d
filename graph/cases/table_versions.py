"""Versions of the targets and calendars in the graph: what is changed is a new one, and what has ended stays as it was.

What is kept of open cases so that lists find them, when they are due, is computed anew after each new version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import LiteralString

from graph.cases.calendars import Calendar
from graph.cases.nodes import Cases
from graph.cases.pieces import Tables
from graph.cases.table_texts import calendar_of, calendar_text, targets_of, targets_text
from graph.cases.tables import OFFICE, built_in, tables_number, use_tables
from graph.cases.targets import Target
from graph.events.newest import utc_text
from graph.store import Store, Transaction
from graph.waiting import to_its_end
from graph.writes.unit import Unit, execute

TARGETS, CALENDAR = "TARGETS", "CALENDAR"
AT_ONCE = 200
"""Cases that are computed anew in one transaction."""

# (:CaseTableVersion {id, kind, name, number, saved_at, text})
READ_VERSIONS: LiteralString = (
    "MATCH (v:CaseTableVersion) RETURN v.kind AS kind, v.name AS name, v.number AS number, v.saved_at, v.text "
    "ORDER BY kind, name, number"
)
COUNT_VERSIONS: LiteralString = "MATCH (v:CaseTableVersion) RETURN count(v)"
# Of two who save one version at once the second fails at the constraint, and finds the first's when it starts again.
ADD_VERSIONS: LiteralString = """
UNWIND $p.rows AS row
CREATE (v:CaseTableVersion {id: row.kind + ' ' + row.name + ' ' + row.number})
SET v += row
"""
# (:Case {listed, tables}): those whose times were computed by fewer versions
READ_FORMER: LiteralString = """
MATCH (k:Case) USING INDEX SEEK k:Case(listed, tables)
WHERE k.listed = 'OPEN' AND k.tables < $p.number
RETURN k.id LIMIT $p.limit
"""


async def save(store: Store, calendars: Sequence[Calendar], targets: Sequence[Target] | None) -> int:
    """Save each table that says something else than its newest version, and return how many did.

    `targets` are all rows; None leaves those that are in force. The calendars are without defects, and those that the
    targets name are among them, saved before, or built in.
    """
    wanted = {(CALENDAR, each.id): calendar_text(each) for each in calendars}
    if targets is not None:
        wanted[TARGETS, ""] = targets_text(targets)

    async def work(transaction: Transaction) -> int:
        saved = {(kind, name): (number, text) for kind, name, number, _, text in await transaction.run(READ_VERSIONS)}
        newest = {**_built_in(), **saved}
        saved_at = utc_text(datetime.now(UTC))
        rows = [
            {"kind": key[0], "name": key[1], "number": newest.get(key, (0, ""))[0] + 1, "saved_at": saved_at, "text": text}
            for key, text in sorted(wanted.items())
            if newest.get(key, (0, ""))[1] != text
        ]
        if rows:
            await transaction.run(ADD_VERSIONS, {"rows": rows})
        return len(rows)

    return await store.write(work) if wanted else 0


async def take_up(store: Store) -> bool:
    """Have this process compute by all versions that were saved; tell whether there were new ones."""
    [[number]] = await to_its_end(store.read(COUNT_VERSIONS))
    if number == tables_number():
        return False
    rows = await to_its_end(store.read(READ_VERSIONS))
    known = built_in()
    calendars: dict[str, list[Calendar]] = {name: list(versions) for name, versions in known.calendars.items()}
    targets = list(known.targets)
    for kind, name, number, saved_at, text in rows:
        if kind == TARGETS:
            targets.append(targets_of(number, saved_at, text))
        else:
            calendars.setdefault(name, []).append(calendar_of(name, number, saved_at, text))
    use_tables(Tables(tuple(targets), calendars), len(rows))
    return True


async def compute_anew(store: Store) -> int:
    """Compute by the newest versions when open cases are due, and return of how many."""
    done = 0
    while found := await _former(store):

        async def settle(unit: Unit, found: Sequence[str] = found) -> None:
            unit.want("Case", found)
            await unit.lock()
            for case in unit.of(Cases).known.values():
                unit.of(Cases).settle(case)

        await execute(store, (Cases,), settle)
        done += len(found)
    return done


async def _former(store: Store) -> list[str]:
    asked = {"number": tables_number(), "limit": AT_ONCE}
    return [row[0] for row in await to_its_end(store.read(READ_FORMER, asked))]


def _built_in() -> Mapping[tuple[str, str], tuple[int, str]]:
    known = built_in()
    [targets], [office] = known.targets, known.calendars[OFFICE]
    return {
        (TARGETS, ""): (targets.number, targets_text(targets.rows)),
        (CALENDAR, OFFICE): (office.number, calendar_text(office)),
    }
