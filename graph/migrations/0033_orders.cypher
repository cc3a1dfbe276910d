// Fulfilments are nodes, returns are sought by their order, and an order keeps the state that follows from both. The fulfilments
// of orders that are recorded are JSON text, which `customer360 migrate` makes into nodes afterwards (graph/orders/moving.py).
CREATE CONSTRAINT fulfillment_id IF NOT EXISTS FOR (n:Fulfillment) REQUIRE n.id IS UNIQUE;
CREATE INDEX fulfillment_waits_at IF NOT EXISTS FOR (n:Fulfillment) ON (n.waits_at, n.turn);
CREATE INDEX fulfillment_expires_at IF NOT EXISTS FOR (n:Fulfillment) ON (n.state, n.expires_at);
CREATE INDEX return_order_id IF NOT EXISTS FOR (n:Return) ON (n.order_id);
CREATE INDEX order_unfolded IF NOT EXISTS FOR (n:Order) ON (n.unfolded);

MATCH (o:Order) WHERE o.state IS NULL
CALL (o) {
  SET o.state = CASE o.status WHEN 'FULFILLED' THEN 'FULFILLED' WHEN 'CANCELLED' THEN 'CANCELLED' WHEN 'RETURNED' THEN 'RETURNED'
                              WHEN 'PARTIALLY_FULFILLED' THEN 'PARTLY_FULFILLED' ELSE 'OPEN' END,
      o.unfolded = CASE WHEN o.fulfillments IS NOT NULL THEN true END
} IN TRANSACTIONS OF 5000 ROWS;
