"""A second reader, for the tests only: ordinary execution, a statement for each field, nothing shared with the planner."""
