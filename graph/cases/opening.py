"""The command that opens a case: for a customer, for an interaction, or as a request of a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, LiteralString

from graph.cases.case import Case
from graph.cases.contribution import text_of
from graph.cases.expected import check_team
from graph.cases.history import CaseEvent
from graph.cases.nodes import Cases
from graph.cases.priority_rules import Incoming
from graph.cases.sorting.incoming import with_promises
from graph.cases.sorting.sorter import NO_SORTER, Sorter, Unsorted, sorted_by
from graph.cases.sorting.words import written
from graph.cases.standing import Standing, read_standing
from graph.cases.states import ENDED
from graph.cases.ties import BY_PERSON, Tied, Ties
from graph.commands.command import Answer, Author, Command
from graph.errors import Conflict, InvalidInput, NotFound
from graph.keys import store_id
from graph.words import Sentence
from graph.writes.unit import Unit

# (:Customer)-[:REDIRECTS_TO*0..]->(:Customer)<-[:RESOLVES_TO]-(:SourceRecord): the earliest record, which no merge moves
LOCK_RECORD: LiteralString = """
MATCH (asked:Customer {id: $p.customer})-[:REDIRECTS_TO*0..]->(c:Customer)<-[:RESOLVES_TO]-(r:SourceRecord)
WITH c, r ORDER BY r.first_seen, r.key LIMIT 1
REMOVE r.lock
RETURN r.key, c.id
"""
READ_STORE: LiteralString = "MATCH (s:Store {id: $p.store}) RETURN s.code"
PERSON, STORE = "PERSON", "STORE"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a case is opened with. `customer`, `touchpoint` and `store` are ids, at least one is needed.

    `another`: also where the interaction has an open case already. '' and None stand for what is not told; a topic and a
    priority that are not told may be set by a rule.
    """

    subject: str
    customer: str | None = None
    touchpoint: str | None = None
    store: str | None = None
    priority: str | None = None
    topic: str | None = None
    team: str | None = None
    staff: str | None = None
    note: str = ""
    another: bool = False


@dataclass(frozen=True, slots=True)
class _About:
    """The interaction that a case is opened for, if there is one, and what its customers are to the company."""

    touchpoint: Tied | None
    standing: Standing

    @property
    def told(self) -> Mapping[str, Any]:
        return self.touchpoint.properties if self.touchpoint else {}


def open_case(author: Author, opening: Opening, sorter: Sorter = NO_SORTER) -> Command:
    """Return the command that opens a case; its answer is `case`, by id."""

    async def execute(unit: Unit, own_id: str) -> Answer:
        if not (opening.customer or opening.touchpoint or opening.store):
            raise InvalidInput(Sentence("refusal.CASE_ABOUT_NOTHING"), "/customerId")
        await check_team(unit, opening.team, "/team")
        touchpoint = await _interaction(unit, opening)
        record, owner = await lock_record(unit, opening.customer) if opening.customer else ("", ())
        store = await _store(unit, opening.store) or (touchpoint.properties.get("store_code") if touchpoint else None) or ""
        case = await unit.of(Cases).make(
            own_id,
            subject=opening.subject,
            record=record,
            origin=STORE if opening.store else PERSON,
            opened_by=author.actor,
            store_code=store,
            store_id=store_id(store) if store else "",
        )
        case.customers.update(owner)
        about = _About(touchpoint, await read_standing(unit.transaction, {*owner, *(touchpoint.customers if touchpoint else ())}))
        _begin(case, unit, author, opening, about)
        if touchpoint is not None:
            unit.of(Ties).tie(touchpoint, case, BY_PERSON)
        await _sort(case, unit, opening, about, sorter)
        unit.of(Cases).settle(case, "case.opened")
        return {"case": own_id}

    asked = [getattr(opening, name) for name in Opening.__slots__]
    return Command(author, "CASE_OPEN", asked, (Cases, Ties), execute)


def _begin(case: Case, unit: Unit, author: Author, opening: Opening, about: _About) -> None:
    told = about.told
    opened = CaseEvent(
        f"{case.id}-0",
        unit.now,
        "OPENED",
        author.actor,
        topic=opening.topic,
        priority=opening.priority,
        language=told.get("language"),
        channel=told.get("channel"),
        team=opening.team,
        rank=about.standing.rank,
        contract=about.standing.contract,
    )
    case.happen(opened)
    if opening.staff:
        case.happen(CaseEvent(f"{case.id}-1", unit.now, "ASSIGNED", author.actor, team=opening.team, staff=opening.staff))
    if opening.note:
        case.happen(CaseEvent(f"{case.id}-2", unit.now, "NOTE", author.actor, note=opening.note))


async def _sort(case: Case, unit: Unit, opening: Opening, about: _About, sorter: Sorter) -> None:
    told = about.told
    text = written(opening.subject, text_of(told) if told else None)
    known = Incoming(text, told.get("channel") or "", rank=about.standing.rank, topic=opening.topic)
    known = await with_promises(unit, sorter, known, case.customers)
    case.sort(sorted_by(sorter, Unsorted(case.id, unit.now, known, opening.priority)))


async def _interaction(unit: Unit, opening: Opening) -> Tied | None:
    """Return the locked interaction; raise NotFound for none, Conflict where it has an open case and no other is asked for."""
    if opening.touchpoint is None:
        return None
    unit.want("Touchpoint", (opening.touchpoint,))
    await unit.lock()
    found = unit.of(Ties).known.get(opening.touchpoint)
    if found is None:
        raise NotFound(Sentence("refusal.NO_SUCH_TOUCHPOINT"), "/touchpointId")
    cases = (unit.of(Cases).known[each] for each in sorted(found.cases))
    open_ones = [case for case in cases if case.properties["state"] not in ENDED]
    if open_ones and not opening.another:
        raise Conflict(Sentence("refusal.CASE_OPEN_ALREADY", number=open_ones[0].properties["number"]), "/touchpointId")
    return found


async def lock_record(unit: Unit, customer: str) -> tuple[str, tuple[str, ...]]:
    """Return the key of the customer's earliest record, which is held then, and the customer's own id of now."""
    found = await unit.transaction.run(LOCK_RECORD, {"customer": customer})
    if not found:
        raise NotFound(Sentence("refusal.NO_SUCH_CUSTOMER"), "/customerId")
    [[record, owner]] = found
    return record, (owner,)


async def _store(unit: Unit, store: str | None) -> str | None:
    if store is None:
        return None
    found = await unit.transaction.run(READ_STORE, {"store": store})
    if not found:
        raise NotFound(Sentence("refusal.NO_SUCH_STORE"), "/storeId")
    return found[0][0]
