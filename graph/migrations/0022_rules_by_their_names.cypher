// Three rules of decisions are called otherwise: in the decisions, and in the receipts that repeat them.

MATCH (d:Decision) WHERE d.rule IN ['OVER_BOUND', 'CAME_APART', 'SAID_BY_PERSON']
CALL (d) {
  SET d.rule = CASE d.rule WHEN 'OVER_BOUND' THEN 'TOO_LARGE' WHEN 'CAME_APART' THEN 'SEPARATED' ELSE 'FOLLOWED_DECISION' END
} IN TRANSACTIONS OF 5000 ROWS;

MATCH (r:Receipt) WHERE r.body CONTAINS '"OVER_BOUND"' OR r.body CONTAINS '"CAME_APART"' OR r.body CONTAINS '"SAID_BY_PERSON"'
CALL (r) {
  SET r.body = replace(replace(replace(r.body, '"OVER_BOUND"', '"TOO_LARGE"'), '"CAME_APART"', '"SEPARATED"'),
    '"SAID_BY_PERSON"', '"FOLLOWED_DECISION"')
} IN TRANSACTIONS OF 5000 ROWS;
