// When mail to an address came back for good, and when it was last in use, stand on the address. Of what was recorded
// before, the time is that of the mail, not of the report; a mail to several does not say which of them it did not reach.
MATCH (i:Identifier) WHERE i.kind = 'EMAIL' AND i.contacts
CALL (i) {
  MATCH (i)<-[:VIA]-(t:Touchpoint) WHERE t.kind IN ['EMAIL', 'NEWSLETTER']
  WITH i, left(t.position, 27) AS at, toUpper(COALESCE(t.delivery_status, '')) AS status,
    COALESCE(t.kind = 'EMAIL' AND t.direction = 'INBOUND', false) AS wrote, size(t.via) AS addresses
  WITH i, max(CASE WHEN wrote OR status STARTS WITH 'DELIVERED' THEN at END) AS reached,
    collect(DISTINCT CASE WHEN NOT wrote AND addresses = 1 AND status STARTS WITH 'FAILED 5.' THEN at END) AS failed
  WITH i, reached, COLLECT { UNWIND failed AS at WITH at WHERE at > COALESCE(reached, '') RETURN at ORDER BY at } AS bounces
  SET i.reached_at = reached, i.bounces = CASE WHEN size(bounces) > 0 THEN bounces END
} IN TRANSACTIONS OF 1000 ROWS;

// Cases of which a reply came back or could not be sent, and nothing has gone out or come in since.
CREATE INDEX case_bounced IF NOT EXISTS FOR (n:Case) ON (n.listed, n.bounced, n.turn);
MATCH (k:Case) WHERE k.bounced IS NULL
CALL (k) {
  WITH k, COLLECT {
    MATCH (k)-[:HAS_EVENT]->(e:CaseEvent) WHERE e.kind IN ['CUSTOMER_MESSAGE', 'REPLY', 'BOUNCED']
    RETURN e.kind ORDER BY e.position DESC LIMIT 1
  } AS last
  SET k.bounced = (k.listed = 'OPEN' AND last = ['BOUNCED'])
} IN TRANSACTIONS OF 5000 ROWS;
