"""The executor: a planned root field is read by one statement and handed through; all else runs as usual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import GraphQLInterfaceType, GraphQLObjectType
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from resolvers.engine.planner.answers import Answer
from resolvers.engine.planner.fields import is_planned

if TYPE_CHECKING:
    from graphql import GraphQLFieldResolver, GraphQLResolveInfo, GraphQLSchema
    from graphql.pyutils import Path

    from resolvers.engine.planner.asked import Details


class PlannedExecutor(StrawberryGraphQLCoreExecutionContext):
    """Its context value is a `resolvers.engine.context.Context`."""

    def execute_field(
        self, parent_type: GraphQLObjectType, source: Any, field_details_list: Details, path: Path, position_context: Any
    ) -> Any:
        definition = self.schema.get_field(parent_type, field_details_list[0].node.name.value)
        if path.prev is not None or isinstance(source, Answer) or definition is None or not is_planned(definition):
            return super().execute_field(parent_type, source, field_details_list, path, position_context)
        return self.execute_planned(parent_type, field_details_list, path, position_context)

    async def execute_planned(
        self, parent_type: GraphQLObjectType, field_details_list: Details, path: Path, position_context: Any
    ) -> Any:
        context, key = self.context_value, str(path.key)
        asked = context.operation.asked(self.variable_values, context.viewer, context.reads, context.allowance, context.change)
        source, finished = await context.operation.answer(context.store, asked, key, field_details_list)
        if finished:
            return source[key]
        walked: Any = super().execute_field(parent_type, source, field_details_list, path, position_context)
        return walked


def answered(source: Answer, info: GraphQLResolveInfo[Any], **_: Any) -> Any:
    """Resolve a planned field in the ordinary executor: its value is there already, or what went wrong."""
    value = source[str(info.path.key)]
    if isinstance(value, Exception):
        raise value
    return value


def answered_or(resolve: GraphQLFieldResolver) -> GraphQLFieldResolver:
    """Return the resolver of a field that may stand in an answer: pages and their edges, beside which no reading stands, too."""

    def found(source: Any, info: GraphQLResolveInfo[Any], **given: Any) -> Any:
        return answered(source, info) if isinstance(source, Answer) else resolve(source, info, **given)

    return found


def type_name_of(source: Answer, *_: Any) -> str:
    return source.type_name


def read_answers(schema: GraphQLSchema) -> None:
    """Make the ordinary executor find planned fields in answers; what a planned field leads to is planned too."""
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLInterfaceType):
            type_.resolve_type = type_name_of
        elif isinstance(type_, GraphQLObjectType):
            type_.is_type_of = None
            for definition in type_.fields.values():
                ordinary = None if is_planned(definition) else definition.resolve
                definition.resolve = answered_or(ordinary) if ordinary else answered
