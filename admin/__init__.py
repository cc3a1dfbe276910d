"""The human face: htmx pages that ask the GraphQL schema in process."""
