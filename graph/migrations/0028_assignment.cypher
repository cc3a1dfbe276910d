// What nobody has is sought by team, the oldest first; what is offered by when the offer runs out.
CREATE INDEX case_queued IF NOT EXISTS FOR (n:Case) ON (n.team, n.queued);
CREATE INDEX case_offered IF NOT EXISTS FOR (n:Case) ON (n.offered);

MATCH (k:Case) WHERE k.queued IS NULL
CALL (k) {
  SET k.queued = CASE WHEN k.staff = '' AND k.state IN ['NEW', 'OPEN'] THEN k.opened_at + k.id ELSE '' END, k.offered = '', k.declined = []
} IN TRANSACTIONS OF 5000 ROWS;
