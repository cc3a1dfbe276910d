"""Reads: a plain read tree becomes one Cypher statement. Nothing here knows GraphQL."""

from graph.reads.tree import Row, Statement, statement

__all__ = ["Row", "Statement", "statement"]
