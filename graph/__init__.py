"""The store, the model and the rules. Knows no HTTP, GraphQL, HTML or environment."""
