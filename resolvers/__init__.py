"""The GraphQL face: types, fields, the read planner's GraphQL half."""
