"""The local Neo4j Community that needs only Python."""
