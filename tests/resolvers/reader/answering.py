"""The reader: builds the schema from its SDL, lets the library execute it, and writes the response as a client gets it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from types import SimpleNamespace
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    build_schema,
    execute_sync,
    parse,
    validate,
)
from graphql.execution.values import get_variable_values

from graph.store import Store
from resolvers.access.viewer import Viewer
from tests.resolvers.reader import (  # noqa: F401  (they note their fields)
    accesses,
    activities,
    attention,
    baskets,
    calls,
    cases,
    consents,
    coupons,
    customers,
    decisions,
    explanations,
    figures,
    households,
    jobs,
    lookups,
    loyalty,
    orders,
    permissions,
    places,
    preferences,
    roots,
    stock,
    teams,
    threads,
    touchpoints,
    webhooks,
)
from tests.resolvers.reader.fields import FIELDS, Fetch
from tests.resolvers.reader.request import Refused, Request, Thing
from tests.resolvers.reader.spelling import without_needless_fraction

STAFF = {"admin", "call_center", "store_staff"}
MASKED = "Internal error; the log has the request id."
Body = dict[str, Any]


class Reader:
    """Answers one request after the other, on an event loop and with a store of its own; call it from another thread."""

    def __init__(self, sdl: str, uri: str, user: str, password: str) -> None:
        self.loop = asyncio.new_event_loop()
        self.store = self.loop.run_until_complete(Store.open(uri, user, password))
        self.schema = schema_of(sdl)
        interface = self.schema.type_map["Node"]
        assert isinstance(interface, GraphQLInterfaceType)
        self.node_types = frozenset(type_.name for type_ in self.schema.get_possible_types(interface))

    def close(self) -> None:
        self.loop.run_until_complete(self.store.close())
        self.loop.close()

    def read(self, statement: Any, parameters: dict[str, Any]) -> list[list[Any]]:
        return self.loop.run_until_complete(self.store.read(statement, parameters))

    def execute(
        self, document: DocumentNode, variables: Mapping[str, Any], operation_name: str | None, viewer: Viewer
    ) -> ExecutionResult:
        """Execute a valid document."""
        return execute_sync(
            self.schema,
            document,
            context_value=Request(self.read, viewer, self.node_types),
            variable_values=dict(variables),
            operation_name=operation_name,
        )

    def answer(self, query: str, variables: Mapping[str, Any], operation_name: str | None, viewer: Viewer) -> Body:
        """Return the response body."""
        try:
            document = parse(query)
        except GraphQLError as error:
            return refused("GRAPHQL_PARSE_FAILED", [error])
        if errors := validate(self.schema, document):
            return refused("GRAPHQL_VALIDATION_FAILED", errors[:5])
        operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
        named = [each for each in operations if operation_name is None or (each.name and each.name.value == operation_name)]
        if len(named) != 1:
            several, none = "Name one of the operations in `operationName`.", "The document has no such operation."
            return refused("OPERATION_NOT_FOUND", [GraphQLError(several if named else none)])
        wrong = get_variable_values(self.schema, named[0].variable_definitions or (), dict(variables))
        if isinstance(wrong, list):
            return refused("INVALID_INPUT", wrong)
        result = self.execute(document, variables, operation_name, viewer)
        if not result.errors:
            return {"data": result.data}
        return {"errors": [shown(error) for error in result.errors], "data": result.data}


def refused(code: str, errors: list[GraphQLError]) -> Body:
    return {"errors": [{**error.formatted, "extensions": {"code": code}} for error in errors]}


def shown(error: GraphQLError) -> dict[str, Any]:
    """Return an error as a client gets it: with a code, and without the text of what was nobody's mistake but ours."""
    cause = error.original_error
    if isinstance(cause, Refused):
        return {**error.formatted, "extensions": {"code": cause.code}}
    if cause is None or (isinstance(cause, GraphQLError) and cause.nodes):  # it points to what the client wrote
        return {**error.formatted, "extensions": {"code": "INVALID_INPUT"}}
    return {**error.formatted, "message": MASKED, "extensions": {"code": "INTERNAL_ERROR"}}


def schema_of(sdl: str) -> GraphQLSchema:
    """Return the schema with the reader's fields in place; what has none is a member of a plain value."""
    schema = build_schema(sdl)
    scalars: dict[str, Any] = schema.type_map
    scalars["DateTime"].coerce_input_value = instant
    scalars["DateTime"].coerce_output_value = without_needless_fraction
    touchpoints.note_touchpoints(schema)
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLInterfaceType):
            type_.resolve_type = lambda thing, *_: thing.type_name
        elif isinstance(type_, GraphQLInputObjectType):
            # Strawberry changes introspection for the whole process, so that it asks for this.
            type_.extensions["strawberry-definition"] = SimpleNamespace(is_one_of=type_.is_one_of)
        elif isinstance(type_, GraphQLObjectType):
            for name, definition in type_.fields.items():
                fetch = FIELDS.get((type_.name, name))
                if fetch is not None:
                    definition.resolve = partial(resolved, fetch, type_.name == "Query" and name != "viewer")
    return schema


def resolved(fetch: Fetch, for_staff: bool, source: Thing, info: Any, **arguments: Any) -> Any:
    request: Request = info.context
    if for_staff and not STAFF & request.viewer.roles:
        raise Refused("FORBIDDEN", "Your role may not read this.")
    return fetch(source, request, **arguments)


def instant(value: Any) -> datetime:
    """Return an instant; a time without an offset names none."""
    try:
        read = datetime.fromisoformat(value)
        if read.tzinfo is not None:
            return read.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        pass
    raise GraphQLError("A DateTime must have an offset, for example 2026-04-01T10:00:00+09:00.")
