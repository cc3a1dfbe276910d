"""Numbered Cypher files, run in order by graph/schema.py."""
