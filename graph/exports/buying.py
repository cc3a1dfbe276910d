"""How it is read what a customer means to buy, was given and offered: coupons, baskets, offers, requests that met no stock."""

from __future__ import annotations

from typing import LiteralString

# (:SourceRecord)-[:HAS_COUPON]->(:IssuedCoupon)-[:OF]->(:Coupon), (:SourceRecord)-[:SAW]->(:CouponView {coupon})
COUPONS: LiteralString = """
MATCH (:SourceRecord {key: $p.of})-[:HAS_COUPON]->(i:IssuedCoupon)-[:OF]->(c:Coupon) WHERE i.id > $p.after
RETURN i.id, [properties(i), c.name] ORDER BY i.id LIMIT $p.limit
"""
COUPONS_SHOWN: LiteralString = """
MATCH (:SourceRecord {key: $p.of})-[:SAW]->(w:CouponView) WHERE w.id > $p.after
OPTIONAL MATCH (c:Coupon {id: w.coupon})
RETURN w.id, [properties(w), c.name] ORDER BY w.id LIMIT $p.limit
"""
# (:SourceRecord)-[:REDEEMED]->(:CouponRedemption)-[:OF]->(:Coupon)
COUPONS_USED: LiteralString = """
MATCH (:SourceRecord {key: $p.of})-[:REDEEMED]->(u:CouponRedemption)-[:OF]->(c:Coupon) WHERE u.id > $p.after
RETURN u.id, [properties(u), c.name] ORDER BY u.id LIMIT $p.limit
"""
# (:CouponReservation {record})-[:OF]->(:Coupon)
COUPONS_HELD: LiteralString = """
MATCH (h:CouponReservation {record: $p.of})-[:OF]->(c:Coupon) WHERE h.id > $p.after
RETURN h.id, [properties(h), c.name] ORDER BY h.id LIMIT $p.limit
"""
# (:StockRequest {record})-[:OFFERED]->(:Product)
STOCK_REQUESTS: LiteralString = """
MATCH (q:StockRequest) USING INDEX SEEK q:StockRequest(record, id)
WHERE q.record = $p.of AND q.id > $p.after
WITH q ORDER BY q.record, q.id LIMIT $p.limit
RETURN q.id, [properties(q), COLLECT { MATCH (q)-[:OFFERED]->(p:Product) RETURN p.sku ORDER BY p.sku }]
"""
# (:SourceRecord)-[:HAS_BASKET]->(:Basket)-[:CONTAINS]->(:BasketLine)
BASKET_LINES: LiteralString = """
MATCH (:SourceRecord {key: $p.of})-[:HAS_BASKET]->(:Basket)-[:CONTAINS]->(l:BasketLine) WHERE l.id > $p.after
RETURN l.id, properties(l) ORDER BY l.id LIMIT $p.limit
"""
# (:SourceRecord)-[:HANDED_OVER]->(:BasketHandover), (:SourceRecord)-[:LOOKED_AT]->(:ProductView)
BASKET_HANDOVERS: LiteralString = """
MATCH (:SourceRecord {key: $p.of})-[:HANDED_OVER]->(h:BasketHandover) WHERE h.id > $p.after
RETURN h.id, properties(h) ORDER BY h.id LIMIT $p.limit
"""
PRODUCTS_SEEN: LiteralString = """
MATCH (:SourceRecord {key: $p.of})-[:LOOKED_AT]->(w:ProductView) WHERE w.id > $p.after
RETURN w.id, properties(w) ORDER BY w.id LIMIT $p.limit
"""
# (:SourceRecord)-[:WAS_OFFERED]->(:Offer)-[:OF]->(:Coupon)
OFFERS: LiteralString = """
MATCH (:SourceRecord {key: $p.of})-[:WAS_OFFERED]->(o:Offer) WHERE o.id > $p.after
OPTIONAL MATCH (c:Coupon {id: o.coupon})
RETURN o.id, [properties(o), c.name] ORDER BY o.id LIMIT $p.limit
"""
