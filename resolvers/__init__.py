"""The GraphQL schema: types, fields, who may see what, and the read planner's GraphQL half."""
