// Lists of cases that had no index: of a tag, of what one team is asked about, of what is snoozed.
CREATE INDEX case_escalated_to IF NOT EXISTS FOR (n:Case) ON (n.listed, n.escalated_to, n.turn);
CREATE INDEX case_snoozed IF NOT EXISTS FOR (n:Case) ON (n.listed, n.snoozed_until);
CREATE INDEX case_tag IF NOT EXISTS FOR (n:CaseTag) ON (n.listed, n.tag, n.turn);

MATCH (k:Case) WHERE size(k.tags) > 0 AND NOT EXISTS { (k)-[:HAS_TAG]->() }
CALL (k) {
  UNWIND k.tags AS tag
  CREATE (k)-[:HAS_TAG]->(:CaseTag {tag: tag, listed: k.listed, turn: k.turn})
} IN TRANSACTIONS OF 5000 ROWS;
