"""What becomes of an interaction by itself: it joins the case to which it belongs, opens one, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from graph.cases.case import Case, case_of_touchpoint
from graph.cases.contribution import by_customer, text_of
from graph.cases.evidence import Found, case_of
from graph.cases.history import CaseEvent, moment
from graph.cases.nodes import Cases
from graph.cases.offering import let_go_of_absent
from graph.cases.opening_rules import OPENS_WITHIN, OpeningRule, is_automatic, opening
from graph.cases.priority_rules import Incoming
from graph.cases.sorting.incoming import with_promises
from graph.cases.sorting.sorter import NO_SORTER, Sorter, Unsorted, sorted_by
from graph.cases.sorting.words import written
from graph.cases.standing import Standing, read_standing
from graph.cases.states import CLOSED, OPEN, RESOLVED
from graph.cases.ties import Tied, Ties, retell
from graph.keys import store_id
from graph.store import Store
from graph.touchpoints.attention import kept_attention
from graph.writes.unit import Unit, execute

INTERACTION = "INTERACTION"
LONGEST_SUBJECT = 200
OPENED_BY_IT = "OPENED"
"""The rule of the tie by which an interaction opened its case."""


async def take(store: Store, touchpoint: str, rules: Sequence[OpeningRule], sorter: Sorter = NO_SORTER) -> None:
    """Have an interaction join its case or open one; once, however often and by however many it is asked for."""

    async def work(unit: Unit) -> None:
        unit.want("Touchpoint", (touchpoint,))
        await unit.lock()
        found = unit.of(Ties).known.get(touchpoint)
        if found is None:
            return
        if found.cases:
            _tell_again(unit, found)
        elif _concerns(found):
            await _join_or_open(unit, found, rules, sorter)

    await execute(store, (Cases, Ties), work)


def _tell_again(unit: Unit, touchpoint: Tied) -> None:
    """Put what an interaction says by now in place of what it said before, in each of its cases."""
    for own_id in sorted(touchpoint.cases):
        case = unit.of(Cases).known[own_id]
        retell(touchpoint, case)
        if case.fresh or case.gone:
            unit.of(Cases).settle(case)


def _concerns(touchpoint: Tied) -> bool:
    """Tell whether an interaction is a message or an answer, and not one that a machine sent."""
    told = touchpoint.properties
    answers = kept_attention(told["kind"], told)["is_answer"]
    return (by_customer(told) or bool(answers)) and told["kind"] != "ORDER" and not is_automatic(told)


async def _join_or_open(unit: Unit, touchpoint: Tied, rules: Sequence[OpeningRule], sorter: Sorter) -> None:
    found = await case_of(unit.transaction, touchpoint)
    former: Case | None = None
    if found is not None:
        former = await _held(unit, found)
        if former is not None and former.properties["state"] != CLOSED:
            was = former.properties["state"]
            unit.of(Ties).tie(touchpoint, former, found.rule)
            former.settle(unit.now)
            if was == RESOLVED and former.properties["state"] == OPEN:
                await let_go_of_absent(unit, former)
            unit.of(Cases).settle(former)
            return
        former = former if found.sure else None
    rule = opening(touchpoint.properties, rules)
    began = moment(touchpoint.properties["position"][:27])
    if rule is None or datetime.now(UTC) - began > OPENS_WITHIN:
        return
    standing = await read_standing(unit.transaction, touchpoint.customers)
    case = await _open(unit, touchpoint, rule, former, standing)
    await _sort(unit, touchpoint, case, standing, sorter)
    unit.of(Ties).tie(touchpoint, case, OPENED_BY_IT)
    unit.of(Cases).settle(case, "case.opened")


async def _held(unit: Unit, found: Found) -> Case | None:
    """Return the locked case as it stands now; None where it is gone by now."""
    unit.want("Case", (found.case,))
    await unit.lock()
    case = unit.of(Cases).known.get(found.case)
    if case is not None:
        case.settle(unit.now)
    return case


async def _open(unit: Unit, touchpoint: Tied, rule: OpeningRule, former: Case | None, standing: Standing) -> Case:
    own_id, told = case_of_touchpoint(touchpoint.id), touchpoint.properties
    store = told.get("store_code") or ""
    subject = told.get("subject") or " ".join(text_of(told).split())
    case = await unit.of(Cases).make(
        own_id,
        subject=subject[:LONGEST_SUBJECT],
        record="",
        origin=INTERACTION,
        opened_by="",
        store_code=store,
        store_id=store_id(store) if store else "",
    )
    case.follows = former.id if former else None
    opened = CaseEvent(
        f"{own_id}-0",
        told["position"][:27],
        "OPENED",
        topic=told.get("topic"),
        language=told.get("language"),
        channel=told.get("channel"),
        team=rule.team or (former.properties["team"] or None if former else None),
        rank=standing.rank,
        contract=standing.contract,
    )
    case.happen(opened)
    return case


async def _sort(unit: Unit, touchpoint: Tied, case: Case, standing: Standing, sorter: Sorter) -> None:
    """Let topic and priority be set as the interaction says, at the time when it opened the case."""
    told = touchpoint.properties
    text = written(told.get("subject"), text_of(told))
    known = Incoming(text, told.get("channel") or "", rank=standing.rank, topic=told.get("topic") or None)
    known = await with_promises(unit, sorter, known, touchpoint.customers)
    case.sort(sorted_by(sorter, Unsorted(case.id, told["position"][:27], known)))
