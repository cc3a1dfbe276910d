"""When a touchpoint `{t}` that names an order's number means that order `{o}`: several systems may number alike.

Within the customer where both have one, never across customers; and within the source, where it numbers orders itself.
"""

from __future__ import annotations

from typing import LiteralString

# (:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer)<-[:RESOLVES_TO]-(:SourceRecord)-[:DID]->(:Order)
MEANS: LiteralString = """CASE
  WHEN EXISTS {{ ({t})<-[:DID]-() }} AND EXISTS {{ ({o})<-[:DID]-() }} THEN EXISTS {{
      MATCH ({t})<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({c}:Customer)
      MATCH ({c})<-[:RESOLVES_TO]-(:SourceRecord)-[:DID]->({o})
    }} AND ({t}.source = {o}.source OR NOT EXISTS {{ MATCH ({x}:Order {{number: {o}.number}}) WHERE {x}.source = {t}.source }})
  ELSE {t}.source = {o}.source OR NOT EXISTS {{ MATCH ({x}:Order {{number: {o}.number}}) WHERE {x}.id <> {o}.id }}
END"""
