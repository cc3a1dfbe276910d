// Stock: levels by product and store, what moves them in the order of time, what is on its way, what is held and until when,
// what orders have moved, and requests that met no stock.
CREATE CONSTRAINT inventory_level_id IF NOT EXISTS FOR (n:InventoryLevel) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT stock_entry_id IF NOT EXISTS FOR (n:StockEntry) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT incoming_stock_id IF NOT EXISTS FOR (n:IncomingStock) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT reservation_id IF NOT EXISTS FOR (n:Reservation) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT stock_request_id IF NOT EXISTS FOR (n:StockRequest) REQUIRE n.id IS UNIQUE;
CREATE INDEX inventory_level_sku IF NOT EXISTS FOR (n:InventoryLevel) ON (n.sku, n.store_code);
CREATE INDEX stock_entry_level IF NOT EXISTS FOR (n:StockEntry) ON (n.level, n.stamp);
CREATE INDEX stock_entry_order IF NOT EXISTS FOR (n:StockEntry) ON (n.order_id);
CREATE INDEX incoming_stock_open IF NOT EXISTS FOR (n:IncomingStock) ON (n.sku, n.open_until);
CREATE INDEX reservation_level IF NOT EXISTS FOR (n:Reservation) ON (n.level, n.held_until);
CREATE INDEX reservation_held_until IF NOT EXISTS FOR (n:Reservation) ON (n.held_until);
CREATE INDEX reservation_owner IF NOT EXISTS FOR (n:Reservation) ON (n.owner);
CREATE INDEX stock_request_store IF NOT EXISTS FOR (n:StockRequest) ON (n.store_code, n.position);
CREATE INDEX stock_request_sku IF NOT EXISTS FOR (n:StockRequest) ON (n.sku, n.position);
CREATE INDEX stock_request_record IF NOT EXISTS FOR (n:StockRequest) ON (n.record, n.id);
CREATE INDEX product_category_price IF NOT EXISTS FOR (n:Product) ON (n.category, n.price);

// The narrowest category, in which alternatives are sought.
MATCH (p:Product) WHERE size(p.categories) > 0 AND p.category IS NULL
CALL (p) { SET p.category = p.categories[-1] } IN TRANSACTIONS OF 5000 ROWS;
