"""What is asked about coupons at a door, and how they stand for it: read by one statement, also by whoever holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from graph.coupons.quote import Quoted, quote
from graph.coupons.refusals import Basket, Line, Standing
from graph.coupons.terms import Terms, code_key
from graph.errors import NotFound
from graph.store import Reader
from graph.words import Sentence

REDEEMED, REVERSED = REDEMPTION_STATES = ("REDEEMED", "REVERSED")
HELD, RELEASED, ENDED, SPENT = RESERVATION_STATES = ("HELD", "RELEASED", "ENDED", "SPENT")

# (:Coupon), (:IssuedCoupon)-[:OF]->(:Coupon), (:CouponRedemption {issued, coupon, record}), (:CouponReservation {the same}):
# who counts as the customer of an issue that is asked for without one is who has it
READ_STANDINGS: LiteralString = """
WITH COLLECT {
  MATCH (:Customer {id: $p.customer})-[:REDIRECTS_TO*0..]->(c:Customer)<-[:RESOLVES_TO]-(r:SourceRecord)
  RETURN r.key ORDER BY r.first_seen, r.key
} AS records
RETURN records,
  HEAD(COLLECT { MATCH (s:Store {id: $p.store}) RETURN s.code }),
  COLLECT { UNWIND $p.skus AS sku MATCH (p:Product {sku: sku}) RETURN [sku, COALESCE(p.categories, [])] },
  COLLECT {
    UNWIND $p.keys AS key
    OPTIONAL MATCH (i:IssuedCoupon {key: key})-[:OF]->(of:Coupon)
    OPTIONAL MATCH (every:Coupon {key: key}) WHERE every.for_all
    WITH key, i, COALESCE(of, every) AS c WHERE c IS NOT NULL
    WITH key, i, c, CASE WHEN size(records) > 0 OR i IS NULL THEN records ELSE COLLECT {
      MATCH (:SourceRecord {key: i.record})-[:RESOLVES_TO]->(w:Customer)
      MATCH (w)<-[:RESOLVES_TO]-(r:SourceRecord) RETURN r.key
    } END AS whose
    RETURN {
      key: key, coupon: properties(c), issued: i {.id, .record, .ends}, whose: whose,
      used: HEAD(COLLECT {
        MATCH (u:CouponRedemption {issued: i.id, state: 'REDEEMED'}) WHERE COALESCE(u.order_id, '') <> $p.order
        RETURN u {.id, .at, .channel, .store_code} ORDER BY u.at LIMIT 1
      }),
      held: HEAD(COLLECT {
        MATCH (h:CouponReservation {issued: i.id, state: 'HELD'}) WHERE h.until > $p.now AND NOT h.id IN $p.reservations
        RETURN h {.id, .until, .channel, .store_code} LIMIT 1
      }),
      uses: CASE WHEN c.uses IS NULL THEN 0 ELSE
        COUNT { MATCH (u:CouponRedemption {coupon: c.id, state: 'REDEEMED'}) WHERE COALESCE(u.order_id, '') <> $p.order }
        + COUNT {
          MATCH (h:CouponReservation {coupon: c.id, state: 'HELD'}) WHERE h.until > $p.now AND NOT h.id IN $p.reservations
        } END,
      theirs: CASE WHEN c.uses_per_customer IS NULL THEN 0 ELSE
        COUNT {
          UNWIND whose AS record MATCH (u:CouponRedemption {record: record, coupon: c.id, state: 'REDEEMED'})
          WHERE COALESCE(u.order_id, '') <> $p.order
        } + COUNT {
          UNWIND whose AS record MATCH (h:CouponReservation {record: record, coupon: c.id, state: 'HELD'})
          WHERE h.until > $p.now AND NOT h.id IN $p.reservations
        } END
    }
  }
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """`codes` as they were typed, each once; `lines` without categories, which the catalogue knows.

    `store` and `customer` are ids. `order` is the id of the order that is made of it, `reservations` those that are the
    asker's own: neither stands in their own way.
    """

    codes: Sequence[str]
    lines: Sequence[Line]
    currency: str
    channel: str
    store: str | None = None
    customer: str | None = None
    order: str | None = None
    reservations: Sequence[str] = ()

    def to_json(self) -> list[Any]:
        """Return what tells a repeat from another request."""
        lines = [[line.number, line.amount, line.sku] for line in self.lines]
        rest = [self.currency, self.channel, self.store, self.customer, self.order, list(self.reservations)]
        return [list(self.codes), lines, *rest]


@dataclass(frozen=True, slots=True)
class Found:
    """How what was asked stands. `rows` tell of each coupon by the key of its code; `records` are the customer's, first first."""

    basket: Basket
    records: Sequence[str]
    rows: Mapping[str, dict[str, Any]]
    quoted: Sequence[Quoted]

    def record_of(self, key: str) -> str:
        """Return the key of the record that the use of a coupon hangs on, '' where nobody knows whose it is."""
        issued = self.rows[key]["issued"]
        return issued["record"] if issued else next(iter(self.records), "")


async def find(reader: Reader, asked: Asked, now: str) -> Found:
    """Return how the coupons of these codes stand at a time (UTC text); raise NotFound for a customer or store that is none."""
    keys = [code_key(code) for code in asked.codes]
    parameters = {
        "keys": keys,
        "customer": asked.customer,
        "store": asked.store,
        "order": asked.order or "none",
        "reservations": list(asked.reservations),
        "skus": sorted({line.sku for line in asked.lines if line.sku}),
        "now": now,
    }
    [[records, store, categories, rows]] = await reader.read(READ_STANDINGS, parameters)
    if asked.customer is not None and not records:
        raise NotFound(Sentence("refusal.NO_SUCH_CUSTOMER"), "/customerId")
    if asked.store is not None and store is None:
        raise NotFound(Sentence("refusal.NO_SUCH_STORE"), "/storeId")
    of_sku = {sku: frozenset(listed) for sku, listed in categories}
    lines = [Line(each.number, each.amount, each.sku, of_sku.get(each.sku or "", frozenset())) for each in asked.lines]
    basket = Basket(lines, asked.currency, asked.channel, now, store)
    by_key = {row["key"]: row for row in rows}
    standings = {key: _standing(by_key[key], asked.customer, records) if key in by_key else None for key in keys}
    return Found(basket, records, by_key, quote(basket, standings))


def _standing(row: dict[str, Any], customer: str | None, records: Sequence[str]) -> Standing:
    issued = row["issued"]
    return Standing(
        Terms.of(row["coupon"]),
        ends=issued.get("ends") if issued else None,
        own=issued["record"] in records if issued and customer is not None else None,
        used=row["used"] is not None,
        held=row["held"] is not None,
        uses=row["uses"],
        uses_by_customer=row["theirs"] if row["whose"] else None,
    )
