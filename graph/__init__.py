"""The memory: store, model, Cypher, identity, ingest, search. Knows no HTTP, GraphQL, HTML or environment."""
