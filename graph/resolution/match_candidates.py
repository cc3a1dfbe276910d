"""Match candidates of a unit of work: closed where nothing refuses the pair any more, and written where something does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import LiteralString

from graph.resolution.decide import Verdict
from graph.resolution.records import RecordState
from graph.writes.unit import Step

# (:MatchCandidate)-[:BETWEEN]->(:SourceRecord); one that a score proposed stands until the two are one, or said to be two
CLOSE_CANDIDATES: LiteralString = """
UNWIND $p.records AS row
MATCH (r:SourceRecord {key: row.key})<-[:BETWEEN]-(m:MatchCandidate {status: 'OPEN'})-[:BETWEEN]->(o:SourceRecord)
WHERE NOT m.id IN $p.ids
  AND (m.rule <> 'SCORE' OR o.key IN row.apart OR EXISTS { (r)-[:RESOLVES_TO]->(:Customer)<-[:RESOLVES_TO]-(o) })
WITH DISTINCT m
DETACH DELETE m
"""
WRITE_CANDIDATES: LiteralString = """
UNWIND $p.rows AS row
MERGE (m:MatchCandidate {id: row.id})
ON CREATE SET m.status = 'OPEN', m.created_at = row.at
SET m += row.properties
WITH m, row
UNWIND row.records AS key
MATCH (r:SourceRecord {key: key})
MERGE (m)-[:BETWEEN]->(r)
"""


def candidate_steps(records: Mapping[str, RecordState], verdict: Verdict) -> Iterable[Step]:
    """Yield what closes and writes candidates, once records are linked as they are now."""
    # A cluster that grew can be refused by another pair than before, none of which need have changed itself.
    refused = [
        {"key": key, "apart": sorted(other for other, _ in records[key].apart_from)}
        for key in sorted(verdict.decided)
        if records[key].refused
    ]
    if refused:
        yield CLOSE_CANDIDATES, {"records": refused, "ids": [row["id"] for row in verdict.candidates]}
    if verdict.candidates:
        yield WRITE_CANDIDATES, {"rows": verdict.candidates}
