"""The statements by which stock is locked and written."""

from __future__ import annotations

from typing import LiteralString

# (:InventoryLevel): with what is held on it and has run out, and the clock by which it has
LOCK_LEVELS: LiteralString = """
UNWIND $p.InventoryLevel AS row
MERGE (l:InventoryLevel {id: row.id})
ON CREATE SET l.sku = row.sku, l.store_code = row.store
REMOVE l.lock
WITH l, datetime.realtime().epochMillis AS now
RETURN 'InventoryLevel' AS label, [l.id, properties(l), COLLECT {
  MATCH (r:Reservation) USING INDEX SEEK r:Reservation(level, held_until)
  WHERE r.level = l.id AND r.held_until <= now
  RETURN r {.id, .level, .owner, .quantity, .until, .state}
}, now] AS row
"""
# (:IncomingStock), (:StockEntry), (:Reservation): written only by whoever holds their level
LOCK_INCOMING: LiteralString = """
UNWIND $p.IncomingStock AS id
MATCH (i:IncomingStock {id: id})
RETURN 'IncomingStock' AS label, [i.id, i {.announced, .received, .expected, .stamp}] AS row
"""
# An entry that moved something already, and of a count what happened after it
LOCK_ENTRIES: LiteralString = """
UNWIND $p.StockEntry AS row
OPTIONAL MATCH (e:StockEntry {id: row.id})
RETURN 'StockEntry' AS label, [row.id, properties(e), COLLECT {
  MATCH (later:StockEntry) USING INDEX SEEK later:StockEntry(level, stamp)
  WHERE row.counts AND later.level = row.level AND later.stamp > row.stamp
  RETURN properties(later)
}] AS row
"""
LOCK_RESERVATIONS: LiteralString = """
UNWIND $p.Reservation AS id
MATCH (r:Reservation {id: id})
RETURN 'Reservation' AS label, [r.id, r {.id, .level, .owner, .quantity, .until, .state}] AS row
"""
WRITE_LEVELS: LiteralString = "UNWIND $p.stock_levels AS row MATCH (l:InventoryLevel {id: row.id}) SET l += row.properties"
# (:InventoryLevel)-[:OF]->(:Product), (:InventoryLevel)-[:AT]->(:Store): once, as the level is made
LINK_LEVELS: LiteralString = """
UNWIND $p.rows AS row
MATCH (l:InventoryLevel {id: row.id})
MERGE (p:Product {id: row.product}) ON CREATE SET p.sku = row.sku
MERGE (s:Store {id: row.store}) ON CREATE SET s.code = row.code
CREATE (l)-[:OF]->(p)
CREATE (l)-[:AT]->(s)
"""
# (:StockEntry)-[:MOVES]->(:InventoryLevel)
WRITE_ENTRIES: LiteralString = """
UNWIND $p.stock_entries AS row
MATCH (l:InventoryLevel {id: row.level})
MERGE (e:StockEntry {id: row.id})
SET e = row.properties
MERGE (e)-[:MOVES]->(l)
"""
DROP_ENTRIES: LiteralString = "UNWIND $p.ids AS id MATCH (e:StockEntry {id: id}) DETACH DELETE e"
# (:IncomingStock)-[:ARRIVES_AT]->(:InventoryLevel)
WRITE_INCOMING: LiteralString = """
UNWIND $p.rows AS row
MATCH (l:InventoryLevel {id: row.level})
MERGE (i:IncomingStock {id: row.id})
SET i += row.properties
MERGE (i)-[:ARRIVES_AT]->(l)
"""
# (:Reservation)-[:HOLDS]->(:InventoryLevel); `held_until` is there only while it is held
WRITE_RESERVATIONS: LiteralString = """
UNWIND $p.reservations AS row
MATCH (l:InventoryLevel {id: row.level})
MERGE (r:Reservation {id: row.id})
SET r += row.properties
MERGE (r)-[:HOLDS]->(l)
"""
