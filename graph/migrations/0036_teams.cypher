// Teams that were asked about an open case: their members read it, and whose it is, as long as it is open.
MATCH (k:Case) WHERE k.asked IS NULL
CALL (k) {
  SET k.asked = CASE k.listed WHEN 'OPEN' THEN COLLECT {
    MATCH (k)-[:HAS_EVENT]->(e:CaseEvent) WHERE e.kind = 'ESCALATED' AND e.team IS NOT NULL
    RETURN DISTINCT e.team AS team ORDER BY team
  } ELSE [] END
} IN TRANSACTIONS OF 5000 ROWS;

MATCH (k:Case) WHERE k.listed = 'OPEN' AND size(k.asked) > 0
CALL (k) {
  UNWIND k.asked AS code
  MATCH (t:Team {code: code})
  MERGE (k)-[:ASKED]->(t)
} IN TRANSACTIONS OF 5000 ROWS;

// Teams are changed as they were read.
MATCH (t:Team) WHERE t.version IS NULL SET t.version = 1;
