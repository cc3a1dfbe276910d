"""What is taken out of a case that is kept no longer or whose customer is erased: all that was written; how it went stays."""

from __future__ import annotations

from typing import LiteralString


def cleared(which: LiteralString) -> LiteralString:
    """Return the statement that clears the cases `k` that `which` ends with.

    It takes the ids of touchpoints (`ids`) and the keys of source records (`records`) that are named nowhere afterwards.
    """
    # (:Case)-[:HAS_EVENT]->(:CaseEvent), (:Case)-[:HAS_TAG]->(:CaseTag), (:Promise)-[:FOR]->(:Case), (:Reply)-[:ANSWERS]->(:Case)
    return (
        which
        + """
WITH DISTINCT k
SET k.erased = true, k.subject = null, k.topic = '', k.external_id = null, k.stamps = null, k.tags = [], k.forecasts = null,
    k.record = CASE WHEN k.record IN $p.records THEN '' ELSE k.record END
WITH k
CALL (k) {
  MATCH (k)-[:HAS_EVENT]->(e:CaseEvent)
  SET e.note = null, e.topic = null, e.tag = null, e.why = null, e.similar = null,
      e.touchpoint = CASE WHEN e.touchpoint IN $p.ids THEN null ELSE e.touchpoint END
}
CALL (k) { MATCH (k)-[:HAS_TAG]->(g:CaseTag) DETACH DELETE g }
CALL (k) { MATCH (k)<-[:FOR]-(m:Promise) SET m.text = null, m.record = '' }
CALL (k) { MATCH (k)<-[:ANSWERS]-(y:Reply) DETACH DELETE y }
"""
    )
