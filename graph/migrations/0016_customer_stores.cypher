// The stores that a customer has dealt with, by code: who works in one of them sees the customer.
MATCH (c:Customer) WHERE c.status = 'ACTIVE' AND c.stores IS NULL
CALL (c) {
  SET c.stores = COLLECT {
    MATCH (c)<-[:RESOLVES_TO]-(:SourceRecord)-[:DID]->(t:Touchpoint) WHERE t.store_code IS NOT NULL
    RETURN DISTINCT t.store_code AS code ORDER BY code
  }
} IN TRANSACTIONS OF 500 ROWS;
