"""A plan: one root field's statement, how arguments are bound to it, and the projector of its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphql import OperationType

from graph.reads import Row, Statement, statement
from graph.waiting import to_its_end
from resolvers.access.reads import Reads
from resolvers.access.rows import MARKED, OF_VIEWER, spelt
from resolvers.engine.planner import covering
from resolvers.engine.planner.asked import Asked, Binder, Chooser, Details
from resolvers.engine.planner.computed import Computation
from resolvers.engine.planner.projection import Record
from resolvers.engine.planner.projector import Projector, projector
from resolvers.engine.planner.selection import Selection

if TYPE_CHECKING:
    from graph.store import Store
    from resolvers.access.tags import Tag


@dataclass(slots=True)
class Plan:
    """`constants` and `given` were bound when the plan was made; `binders` and `forms` depend on variables.

    The statement gets what `constants` and `binders` say, the projector also the arguments in `given` and of `forms`.
    """

    statement: Statement | None
    constants: Mapping[str, Any]
    given: Mapping[str, Any]
    binders: Sequence[Binder]
    forms: Sequence[Binder]
    choices: Sequence[Chooser]
    root: Record
    project: Projector
    reusable: bool
    by_viewer: bool
    tags: frozenset[Tag]
    searching: bool
    computation: Computation | None = None
    _lenient: Projector | None = field(default=None)

    def bind(self, asked: Asked) -> dict[str, Any]:
        """Return the parameters of the statement; raise the error of an argument that cannot be used."""
        parameters = dict(self.constants)
        for binder in self.binders:
            parameters.update(binder(asked))
        if self.by_viewer:
            parameters.update(asked.viewer.row_parameters())
        return parameters

    def lenient(self) -> Projector:
        """Return the projector for rows that the executor would object to; few plans ever need it."""
        if self._lenient is None:
            self._lenient = projector(self.root, strict=False)
        return self._lenient


def make_plan(asked: Asked, key: str, details: Details) -> Plan:
    """Return the plan of one root field. A field whose arguments cannot be used fails in its own place, for this once.

    Below a mutation that is raised instead, before anything is done: nobody learns what was done from an answer of null.
    """
    rows_of = {thing: asked.viewer.rows_of(thing) for thing in MARKED}
    row = Row(spell=lambda fragment: spelt(fragment, rows_of))
    selection, type_ = Selection(asked), asked.root_type
    root = Record({type_.name: {key: selection.field(row, {}, type_, details)}})
    if selection.failure is not None and asked.operation.operation is OperationType.MUTATION:
        raise selection.failure
    made = statement(row) if row.slots else None
    return Plan(
        made,
        _constants(selection.binders, asked),
        _constants(selection.forms, asked),
        [binder for binder in selection.binders if binder.varies],
        [form for form in selection.forms if form.varies],
        selection.choices,
        root,
        projector(root, strict=True),
        selection.failure is None,
        made is not None and OF_VIEWER in made.text,
        frozenset(selection.tags),
        covering.searches(type_.fields[details[0].node.name.value]),
        selection.computation,
    )


def _constants(binders: Sequence[Binder], asked: Asked) -> dict[str, Any]:
    return {name: value for binder in binders if not binder.varies for name, value in binder(asked).items()}


async def answer(
    store: Store, plan: Plan, parameters: Mapping[str, Any], asked: Asked, details: Details, *, alone: bool
) -> tuple[dict[str, Any], bool]:
    """Return `{response key: value}`, and whether that is the response; `alone` if no root field stands beside it.

    If it is not, a row broke a promise of the schema or an argument was refused: then it is an Answer, for the
    ordinary executor to walk.
    """
    row: list[Any] = []
    if plan.computation is not None:
        row = [await to_its_end(plan.computation.answer(store, asked, plan.statement, parameters))]
    elif plan.statement is not None:
        reading = store.read(plan.statement.text, parameters)
        row = plan.statement.root_of(await (reading if alone else to_its_end(reading)))
    bound = {**parameters, **plan.given}
    for form in plan.forms:
        bound.update(form(asked))
    told = bound["reads"] = Reads()
    try:
        made = plan.project(row, bound), True
    except Exception:  # whatever it was, the lenient projector keeps it in its place
        made = plan.lenient()(row, bound), False
    asked.reads.take(told, plan.tags, asked.searched(details) if plan.searching else ())
    return made
