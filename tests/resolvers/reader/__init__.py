"""A second reader, for the tests only: ordinary GraphQL execution, a statement for each field, nothing shared with the planner."""
