"""Run one operation for one viewer: the way in for the HTTP endpoint and for the admin pages."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from graphql import ExecutionResult, GraphQLError, OperationType, parse, print_ast
from graphql import execute as execute_document  # pyright: ignore[reportUnknownVariableType]
from graphql.execution.values import get_variable_values

from graph.store import READ_SECONDS
from graph.waiting import reading
from resolvers.access.reads import Reads
from resolvers.access.viewer import Viewer
from resolvers.engine.context import Context
from resolvers.engine.errors import MOST_ERRORS, NOT_READ, Forbidden, RequestRefused, shown
from resolvers.engine.limits.allowance import UNLIMITED, Allowance
from resolvers.engine.limits.cost import MOST_COST
from resolvers.engine.operations import Operation, Operations
from resolvers.engine.planner.executor import PlannedExecutor
from resolvers.engine.planner.readable import readable
from resolvers.schema import build_schema

if TYPE_CHECKING:
    from graphql.execution.values import VariableValues

    from graph.changes.following import NumberedChange
    from graph.store import Store
    from resolvers.access.policy import Policy

TOO_COSTLY = "This costs {cost} and may cost {most}: ask for fewer items by `first`, or nest fewer lists."
NO_INTROSPECTION = "The schema is told to the role `admin` and to tokens with the scope `playground`."
ONLY_STREAMED = "A subscription is answered as a stream: POST it with `Accept: text/event-stream`."
NO_VARIABLES: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Response:
    """`body` is the GraphQL response, made of what JSON knows. `executed` is false when the request was refused as a whole.

    `reads` is what was told of whom, `operation` the name that its document gives it, `cost` is in the units of
    `limits/cost.py`.
    """

    body: dict[str, Any]
    executed: bool
    reads: Reads = field(default_factory=Reads)
    operation: str = ""
    cost: int = 0


@cache
def operations() -> Operations:
    """Return the operations of this process's schema."""
    return Operations(build_schema().definition)


async def execute(
    store: Store,
    query: str,
    variables: Mapping[str, Any] | None,
    operation_name: str | None,
    viewer: Viewer,
    *,
    only_read: bool = False,
    allowance: Allowance = UNLIMITED,
) -> Response:
    """Run an operation and return its response, errors included. Of what a client could cause this raises Throttled only.

    With `only_read` a mutation is refused with the code MUTATION_NOT_ALLOWED.
    """
    try:
        prepared = prepare(query, variables, operation_name, viewer, allowance)
        refuse(prepared.operation, only_read)
    except RequestRefused as refused:
        return refusal(refused)
    allowance.spend(prepared.cost)
    return await respond(store, prepared, viewer, allowance)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An operation that may run: `given` are its variables, `coerced` the same as the schema has them."""

    operation: Operation
    given: dict[str, Any]
    coerced: VariableValues
    cost: int


def prepare(
    query: str, variables: Mapping[str, Any] | None, operation_name: str | None, viewer: Viewer, allowance: Allowance
) -> Prepared:
    """Return an operation that may run; raise RequestRefused for any other, Throttled for one new document too many."""
    given = dict(variables or NO_VARIABLES)
    if not operations().knows(query, operation_name):
        allowance.prepare()
    operation = operations().get(query, operation_name, suggesting=viewer.may_explore)
    if operation.introspects and not viewer.may_explore:
        raise RequestRefused("INTROSPECTION_NOT_ALLOWED", [GraphQLError(NO_INTROSPECTION)])
    coerced = coerce(operation, given, viewer)
    cost = operation.cost(coerced)
    if cost > MOST_COST:
        raise RequestRefused("MAX_COST_EXCEEDED", [GraphQLError(TOO_COSTLY.format(cost=cost, most=MOST_COST))])
    return Prepared(operation, given, coerced, cost)


async def respond(
    store: Store, prepared: Prepared, viewer: Viewer, allowance: Allowance, change: NumberedChange | None = None
) -> Response:
    """Run an operation; a subscription for one change."""
    reads = Reads()
    context = Context(store, viewer, prepared.operation, reads, allowance, change)
    result = await run(context, prepared.coerced, prepared.given)
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body = {"errors": [shown(error) for error in result.errors], **body}
    return Response(body, executed=True, reads=reads, operation=prepared.operation.name, cost=prepared.cost)


def refusal(refused: RequestRefused) -> Response:
    return Response({"errors": [shown(error, refused.code) for error in refused.errors]}, executed=False)


def refuse(operation: Operation, only_read: bool) -> None:
    """Raise RequestRefused for what is not answered by one response, or not where a request only reads."""
    if operation.follows:
        raise RequestRefused("SUBSCRIPTION_NOT_ALLOWED", [GraphQLError(ONLY_STREAMED)])
    if only_read and operation.definition.operation is OperationType.MUTATION:
        raise RequestRefused("MUTATION_NOT_ALLOWED", [GraphQLError("Send a mutation by POST.")])


async def execute_readable(
    store: Store, query: str, variables: Mapping[str, Any], viewer: Viewer, allowance: Allowance = UNLIMITED
) -> Response:
    """Run what is left of an operation without the fields that the viewer may not read; refuse it where nothing is."""
    text = readable_text(query, viewer.grants, viewer.policy)
    if text is None:
        return Response({"errors": [shown(GraphQLError(NOT_READ), Forbidden.code)]}, executed=False)
    return await execute(store, text, variables, None, viewer, allowance=allowance)


@lru_cache(1_000)
def readable_text(query: str, grants: frozenset[str], policy: Policy) -> str | None:
    document = parse(query)
    left = readable(operations().schema, document, Viewer("", roles=grants, policy=policy))
    if left is None:
        return None
    return query if left == document else print_ast(left)


def coerce(operation: Operation, given: dict[str, Any], viewer: Viewer) -> VariableValues:
    """Return the values of an operation's variables; raise RequestRefused for what does not fit them."""
    definitions = operation.definition.variable_definitions or ()
    hidden = not viewer.may_explore
    coerced = get_variable_values(operation.schema, definitions, given, max_errors=MOST_ERRORS, hide_suggestions=hidden)
    if isinstance(coerced, list):
        raise RequestRefused("INVALID_INPUT", coerced[:MOST_ERRORS])
    return coerced


async def run(context: Context, coerced: VariableValues, given: dict[str, Any]) -> ExecutionResult:
    """Run a valid operation: a query by one deadline for all its statements, and no longer than somebody waits for it."""
    if context.operation.definition.operation is OperationType.MUTATION:
        return await run_fields(context, coerced, given)
    with reading(READ_SECONDS):
        return await run_fields(context, coerced, given)


async def run_fields(context: Context, coerced: VariableValues, given: dict[str, Any]) -> ExecutionResult:
    operation, source = context.operation, None
    if operation.sole is not None:
        asked = operation.asked(coerced, context.viewer, context.reads, context.allowance, context.change)
        source, finished = await operation.answer(context.store, asked, *operation.sole)
        if finished:
            return ExecutionResult(source, None)
    executed = execute_document(
        operation.schema,
        operation.document,
        root_value=source,
        context_value=context,
        variable_values=given,
        operation_name=operation.name or None,
        executor_class=PlannedExecutor,
    )
    return await executed if isinstance(executed, Awaitable) else executed
