// Calls that ring or are being spoken: few, sought by when they began.
// The rule is that of graph/touchpoints/concerns.py on the day of this migration.
CREATE INDEX touchpoint_goes_on IF NOT EXISTS FOR (n:Touchpoint) ON (n.goes_on, n.position);

MATCH (t:Call) WHERE t.outcome IN ['RINGING', 'ANSWERED', 'TRANSFERRED']
CALL (t) {
  SET t.goes_on = true
} IN TRANSACTIONS OF 5000 ROWS;
