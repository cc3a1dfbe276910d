"""Run one operation for one viewer: the way in for the HTTP endpoint and for the admin pages."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from graphql import ExecutionResult, GraphQLError, OperationType, parse, print_ast
from graphql import execute as execute_document  # pyright: ignore[reportUnknownVariableType]
from graphql.execution.values import get_variable_values

from graph.store import READ_SECONDS, deadline
from resolvers.access.reads import Reads
from resolvers.access.viewer import Viewer
from resolvers.engine.context import Context
from resolvers.engine.errors import NOT_READ, Forbidden, RequestRefused, shown
from resolvers.engine.limits.allowance import UNLIMITED, Allowance
from resolvers.engine.limits.cost import MOST_COST
from resolvers.engine.operations import Operation, Operations
from resolvers.engine.planner.executor import PlannedExecutor
from resolvers.engine.planner.readable import readable
from resolvers.schema import build_schema

if TYPE_CHECKING:
    from graphql.execution.values import VariableValues

    from graph.store import Store
    from resolvers.access.policy import Policy

TOO_COSTLY = "This costs {cost} and may cost {most}: ask for fewer items by `first`, or nest fewer lists."
NO_INTROSPECTION = "The schema is told to the role `admin` and to tokens with the scope `playground`."
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
    reads, given = Reads(), dict(variables or NO_VARIABLES)
    if not operations().knows(query, operation_name):
        allowance.prepare()
    try:
        operation = operations().get(query, operation_name, suggesting=viewer.may_explore)
        refuse(operation, viewer, only_read)
        coerced = coerce(operation, given, viewer)
        cost = operation.cost(coerced)
        if cost > MOST_COST:
            raise RequestRefused("MAX_COST_EXCEEDED", [GraphQLError(TOO_COSTLY.format(cost=cost, most=MOST_COST))])
    except RequestRefused as refused:
        return Response({"errors": [shown(error, refused.code) for error in refused.errors]}, executed=False)
    allowance.spend(cost)
    result = await run(Context(store, viewer, operation, reads, allowance), coerced, given)
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body = {"errors": [shown(error) for error in result.errors], **body}
    return Response(body, executed=True, reads=reads, operation=operation.name, cost=cost)


def refuse(operation: Operation, viewer: Viewer, only_read: bool) -> None:
    """Raise RequestRefused for what this viewer, or a request that only reads, may not ask."""
    if only_read and operation.definition.operation is OperationType.MUTATION:
        raise RequestRefused("MUTATION_NOT_ALLOWED", [GraphQLError("Send a mutation by POST.")])
    if operation.introspects and not viewer.may_explore:
        raise RequestRefused("INTROSPECTION_NOT_ALLOWED", [GraphQLError(NO_INTROSPECTION)])


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
    coerced = get_variable_values(operation.schema, definitions, given, hide_suggestions=not viewer.may_explore)
    if isinstance(coerced, list):
        raise RequestRefused("INVALID_INPUT", coerced)
    return coerced


async def run(context: Context, coerced: VariableValues, given: dict[str, Any]) -> ExecutionResult:
    """Run a valid operation: a query by one deadline for all its statements, each write of a mutation by its own."""
    if context.operation.definition.operation is OperationType.MUTATION:
        return await run_fields(context, coerced, given)
    with deadline(READ_SECONDS):
        return await run_fields(context, coerced, given)


async def run_fields(context: Context, coerced: VariableValues, given: dict[str, Any]) -> ExecutionResult:
    operation, source = context.operation, None
    if operation.sole is not None:
        asked = operation.asked(coerced, context.viewer, context.reads, context.allowance)
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
