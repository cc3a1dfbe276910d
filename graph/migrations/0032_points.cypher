// Accounts with their lots and entries: an entry and a lot are there once, and each list has its index.
CREATE CONSTRAINT loyalty_account_id IF NOT EXISTS FOR (n:LoyaltyAccount) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT point_lot_id IF NOT EXISTS FOR (n:PointLot) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT point_entry_id IF NOT EXISTS FOR (n:PointEntry) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT point_programme_id IF NOT EXISTS FOR (n:PointProgramme) REQUIRE n.id IS UNIQUE;
CREATE INDEX loyalty_account_due IF NOT EXISTS FOR (n:LoyaltyAccount) ON (n.due);
CREATE INDEX point_lot_remaining IF NOT EXISTS FOR (n:PointLot) ON (n.account, n.remaining);
CREATE INDEX point_lot_order IF NOT EXISTS FOR (n:PointLot) ON (n.order_id);
CREATE INDEX point_entry_turn IF NOT EXISTS FOR (n:PointEntry) ON (n.account, n.turn);
CREATE INDEX point_entry_order IF NOT EXISTS FOR (n:PointEntry) ON (n.order_id);
CREATE INDEX point_entry_redemption IF NOT EXISTS FOR (n:PointEntry) ON (n.redemption);
