// Baskets of source records with their lines, what was handed over of them, products that were looked at, and offers.
CREATE CONSTRAINT basket_id IF NOT EXISTS FOR (n:Basket) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT basket_line_id IF NOT EXISTS FOR (n:BasketLine) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT basket_handover_id IF NOT EXISTS FOR (n:BasketHandover) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT product_view_id IF NOT EXISTS FOR (n:ProductView) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT offer_id IF NOT EXISTS FOR (n:Offer) REQUIRE n.id IS UNIQUE;
// What each record has, the newest first.
CREATE INDEX basket_handover_record IF NOT EXISTS FOR (n:BasketHandover) ON (n.record, n.turn);
CREATE INDEX product_view_record IF NOT EXISTS FOR (n:ProductView) ON (n.record, n.turn);
CREATE INDEX offer_record IF NOT EXISTS FOR (n:Offer) ON (n.record, n.turn);
// What is too old goes, the oldest first.
CREATE INDEX basket_line_changed IF NOT EXISTS FOR (n:BasketLine) ON (n.changed_at);
CREATE INDEX basket_handover_turn IF NOT EXISTS FOR (n:BasketHandover) ON (n.turn);
CREATE INDEX product_view_turn IF NOT EXISTS FOR (n:ProductView) ON (n.turn);
CREATE INDEX offer_turn IF NOT EXISTS FOR (n:Offer) ON (n.turn);
// Products are named by their SKU.
CREATE INDEX product_sku IF NOT EXISTS FOR (n:Product) ON (n.sku);
