"""Run one operation for one viewer: the way in for the HTTP endpoint and for the admin pages."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from graphql import ExecutionResult, GraphQLError, OperationType, parse, print_ast
from graphql import execute as execute_document  # pyright: ignore[reportUnknownVariableType]
from graphql.execution.values import get_variable_values

from resolvers.access.reads import Reads
from resolvers.access.viewer import Viewer
from resolvers.engine.context import Context
from resolvers.engine.errors import NOT_READ, Forbidden, RequestRefused, shown
from resolvers.engine.operations import Operation, Operations
from resolvers.engine.planner.executor import PlannedExecutor
from resolvers.engine.planner.readable import readable
from resolvers.schema import build_schema

if TYPE_CHECKING:
    from graph.store import Store
    from resolvers.access.policy import Policy

NO_VARIABLES: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Response:
    """`body` is the GraphQL response, made of what JSON knows. `executed` is false when the request was refused as a whole.

    `reads` is what was told of whom, `operation` the name that its document gives it.
    """

    body: dict[str, Any]
    executed: bool
    reads: Reads = field(default_factory=Reads)
    operation: str = ""


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
) -> Response:
    """Run an operation and return its response, errors included: this raises nothing that a client could cause.

    With `only_read` a mutation is refused with the code MUTATION_NOT_ALLOWED.
    """
    try:
        operation = operations().get(query, operation_name)
        if only_read and operation.definition.operation is OperationType.MUTATION:
            raise RequestRefused("MUTATION_NOT_ALLOWED", [GraphQLError("Send a mutation by POST.")])
        reads = Reads()
        result = await run(store, operation, variables or NO_VARIABLES, viewer, reads)
    except RequestRefused as refused:
        return Response({"errors": [shown(error, refused.code) for error in refused.errors]}, executed=False)
    if not result.errors:
        return Response({"data": result.data}, executed=True, reads=reads, operation=operation.name)
    errors = [shown(error) for error in result.errors]
    return Response({"errors": errors, "data": result.data}, executed=True, reads=reads, operation=operation.name)


async def execute_readable(store: Store, query: str, variables: Mapping[str, Any], viewer: Viewer) -> Response:
    """Run what is left of an operation without the fields that the viewer may not read; refuse it where nothing is."""
    text = readable_text(query, viewer.grants, viewer.policy)
    if text is None:
        return Response({"errors": [shown(GraphQLError(NOT_READ), Forbidden.code)]}, executed=False)
    return await execute(store, text, variables, None, viewer)


@lru_cache(1_000)
def readable_text(query: str, grants: frozenset[str], policy: Policy) -> str | None:
    document = parse(query)
    left = readable(operations().schema, document, Viewer("", roles=grants, policy=policy))
    if left is None:
        return None
    return query if left == document else print_ast(left)


async def run(store: Store, operation: Operation, variables: Mapping[str, Any], viewer: Viewer, reads: Reads) -> ExecutionResult:
    """Run a valid operation; raise RequestRefused for variables that do not fit it."""
    definition = operation.definition
    coerced = get_variable_values(operation.schema, definition.variable_definitions or (), dict(variables))
    if isinstance(coerced, list):
        raise RequestRefused("INVALID_INPUT", coerced)
    source: dict[str, Any] | None = None
    if operation.sole is not None:
        source, finished = await operation.answer(store, operation.asked(coerced, viewer, reads), *operation.sole)
        if finished:
            return ExecutionResult(source, None)
    executed = execute_document(
        operation.schema,
        operation.document,
        root_value=source,
        context_value=Context(store, viewer, operation, reads),
        variable_values=dict(variables),
        operation_name=operation.name or None,
        executor_class=PlannedExecutor,
    )
    return await executed if isinstance(executed, Awaitable) else executed
