"""When a touchpoint `{t}` that names an order's number means that order `{o}`: several systems may number alike.

Within the customer where both have one, never across customers; and within the source, where it numbers orders itself. What
is nobody's has its own id as its record, and means an order of another source only where no other has the number.
"""

from __future__ import annotations

from typing import LiteralString

# (:SourceRecord {key})-[:RESOLVES_TO]->(:Customer)<-[:RESOLVES_TO]-(:SourceRecord {key}), (:Order {number})
MEANS: LiteralString = """({t}.record IN [{t}.id, {o}.record] OR {o}.record = {o}.id OR EXISTS {{
    MATCH (:SourceRecord {{key: {t}.record}})-[:RESOLVES_TO]->({c}:Customer)
    MATCH ({c})<-[:RESOLVES_TO]-(:SourceRecord {{key: {o}.record}})
  }}) AND ({t}.source = {o}.source OR NOT EXISTS {{
    MATCH ({x}:Order {{number: {o}.number}})
    WHERE {x}.id <> {o}.id AND ({x}.source = {t}.source OR {t}.record = {t}.id OR {o}.record = {o}.id)
  }})"""
