// The customers of a store, those who ordered most first.
DROP INDEX customer_favourite_store_id IF EXISTS;
CREATE INDEX customer_favourite_store_order_count_id IF NOT EXISTS FOR (n:Customer) ON (n.favourite_store, n.order_count, n.id);
