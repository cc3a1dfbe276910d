// Orders that were handed over, came back or ended here count so too where their source has not said it.
MATCH (o:Order)
WHERE (o.attention = 'ORDER_OPEN' AND o.state IN ['FULFILLED', 'PARTLY_RETURNED', 'EXPIRED'])
   OR (o.state IN ['CANCELLED', 'RETURNED'] AND coalesce(o.attention, 'ORDER_OPEN') = 'ORDER_OPEN')
CALL (o) { SET o.attention = CASE WHEN o.state IN ['CANCELLED', 'RETURNED'] THEN 'ORDER_' + o.state END } IN TRANSACTIONS OF 5000 ROWS;
