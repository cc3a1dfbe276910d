"""Of which customers the rule of a coupon holds, and why: of those to whom it has not issued one yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, LiteralString
from zoneinfo import ZoneInfo

from graph.coupons.rules import BIRTHDAY, RANK, VISIT, IssueRule, rule_of
from graph.loyalty.programmes import current
from graph.loyalty.purchases import purchases_before
from graph.loyalty.ranks import spend_before
from graph.store import Reader

# (:Customer)<-[:RESOLVES_TO]-(:SourceRecord)-[:HAS_COUPON]->(:IssuedCoupon {coupon, period}), where nobody has one yet
WITHOUT: LiteralString = """
UNWIND $p.ids AS id
MATCH (c:Customer {id: id}) WHERE NOT EXISTS { (c)-[:REDIRECTS_TO]->() } AND NOT EXISTS {
  MATCH (c)<-[:RESOLVES_TO]-(:SourceRecord)-[:HAS_COUPON]->(i:IssuedCoupon) WHERE i.coupon = $p.coupon AND i.period = $p.period
}
"""
BORN: LiteralString = WITHOUT + " AND substring(c.birth_date, 5, 2) = $p.month RETURN c.id, null AS why, null AS at"
# (:SourceRecord)-[:DID]->(:Touchpoint {record, kind, position})
CAME: LiteralString = (
    WITHOUT
    + """
CALL (c) {
  MATCH (c)<-[:RESOLVES_TO]-(r:SourceRecord)
  UNWIND ['STORE_VISIT', 'CHECK_IN', 'ORDER'] AS kind
  MATCH (t:Touchpoint) USING INDEX SEEK t:Touchpoint(record, kind, position)
  WHERE t.record = r.key AND t.kind = kind AND t.position >= $p.since AND (kind <> 'ORDER' OR t.channel = 'STORE')
    AND t.store_code IS NOT NULL AND (SIZE($p.stores) = 0 OR t.store_code IN $p.stores)
  RETURN t ORDER BY t.position LIMIT 1
}
RETURN c.id, t.store_code, left(t.position, 27)
"""
)
LOOKED: LiteralString = (
    WITHOUT
    + """
CALL (c) {
  MATCH (c)<-[:RESOLVES_TO]-(r:SourceRecord)
  UNWIND ['WEB_SESSION', 'APP_SESSION', 'VIRTUAL_TOUR'] AS kind
  MATCH (t:Touchpoint) USING INDEX SEEK t:Touchpoint(record, kind, position)
  WHERE t.record = r.key AND t.kind = kind AND t.position >= $p.since
  UNWIND t.sku_list AS sku
  OPTIONAL MATCH (p:Product {sku: sku})
  WITH t, sku, p
  WHERE sku IN $p.products OR any(each IN COALESCE(p.categories, []) WHERE each IN $p.categories)
  RETURN sku, t.position AS position ORDER BY position LIMIT 1
}
RETURN c.id, sku, left(position, 27)
"""
)
SPENT: LiteralString = (
    WITHOUT
    + """ AND c.order_count > 0
RETURN c.id, COALESCE(c.spend, []), COLLECT { MATCH (c)<-[:RESOLVES_TO]-(r:SourceRecord) RETURN r.key }
"""
)


@dataclass(frozen=True, slots=True)
class Ruled:
    """A coupon that is issued by a rule: `told` are its properties, `today` the business day by which it is judged."""

    id: str
    told: dict[str, Any]
    rule: IssueRule
    today: date
    zone: ZoneInfo

    @classmethod
    def of(cls, told: dict[str, Any], today: date, zone: ZoneInfo) -> Ruled | None:
        rule = rule_of(told)
        return None if rule is None else cls(told["id"], told, rule, today, zone)

    @property
    def period(self) -> str:
        return self.rule.period(self.today)

    @property
    def since(self) -> str:
        """From when on what a customer does counts."""
        return max(self.told.get("rule_since") or "", self.told.get("starts") or "")


@dataclass(frozen=True, slots=True)
class Deserving:
    """A customer (id) for whom the rule holds: `why` is the rank, store or product by which it does, `at` when that was."""

    customer: str
    why: str | None = None
    at: str | None = None


async def deserving(reader: Reader, coupon: Ruled, customers: Sequence[str]) -> list[Deserving]:
    """Return those of the customers, by id, for whom the rule of a coupon holds and who have no issue by it."""
    asked = {"ids": list(customers), "coupon": coupon.id, "period": coupon.period, "since": coupon.since}
    rule = coupon.rule
    if rule.kind == RANK:
        return [Deserving(each, rule.rank) for each in await _of_rank(reader, coupon, asked)]
    if rule.kind == BIRTHDAY:
        rows = await reader.read(BORN, {**asked, "month": f"{coupon.today:%m}"})
    elif rule.kind == VISIT:
        rows = await reader.read(CAME, {**asked, "stores": sorted(rule.stores)})
    else:
        rows = await reader.read(LOOKED, {**asked, "products": sorted(rule.products), "categories": sorted(rule.categories)})
    return [Deserving(*row) for row in rows]


async def _of_rank(reader: Reader, coupon: Ruled, asked: dict[str, Any]) -> list[str]:
    """Return those who have reached the rank or a higher one by what they have bought until now."""
    programme = current()
    least = next((rank.spend for rank in programme.ranks if rank.name == coupon.rule.rank), None)
    if least is None:
        return []
    tomorrow = coupon.today + timedelta(days=1)  # what is bought today counts from then on
    found: list[str] = []
    for customer, spend, records in await reader.read(SPENT, asked):
        ever = sum(int(each.partition(":")[2]) for each in spend if each.startswith(f"{programme.currency}:"))
        if ever < least:  # who has not spent it in all years has not in the last one
            continue
        for record in records:
            if spend_before(await purchases_before(reader, record, tomorrow, programme), tomorrow) >= least:
                found.append(customer)
                break
    return found
