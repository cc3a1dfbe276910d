"""`make verify-completejourney`: loads what is missing of the real panel and compares the graph with the files.

The side of the files is computed by DuckDB from the Parquet files, not by the mapping; the side of the graph is walked
from the households' source records to their customers, orders and lines, or asked for by code and SKU.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import LiteralString

import duckdb

from api.commands.demo import panel_import
from api.commands.file_import import import_files
from api.commands.import_files import summary
from api.commands.import_progress import shown_progress
from api.process.graph_connection import prepared_graph
from api.process.settings import load_settings
from graph.keys import product_id, store_id
from graph.store import Store

SOURCE = "/completejourney"
AT_ONCE = 50
NAMES = ("customers", "stores", "products", "orders", "lines", "spend_minor_units", "discount_minor_units")
CUSTOMERS = ("orders_of_customers", "spend_of_customers_minor_units")

HOUSEHOLDS = """
SELECT household_id FROM transactions UNION SELECT household_id FROM demographics
UNION SELECT household_id FROM campaigns UNION SELECT household_id FROM coupon_redemptions
"""
STORES = "SELECT DISTINCT store_id FROM transactions"
PRODUCTS = "SELECT product_id FROM products UNION SELECT product_id FROM transactions"
# Each amount is a float of cents: it is rounded to cents before it is added.
ORDERS = """
SELECT count(DISTINCT basket_id), count(*), sum(CAST(round(sales_value * 100) AS BIGINT)),
       sum(CAST(round(retail_disc * 100) AS BIGINT) + CAST(round(coupon_disc * 100) AS BIGINT)
           + CAST(round(coupon_match_disc * 100) AS BIGINT))
FROM transactions
"""

# (:SourceRecord)
RECORDS: LiteralString = "MATCH (s:SourceRecord {source: $p.source}) RETURN s.key ORDER BY s.key"
# (:SourceRecord)-[:RESOLVES_TO]->(:Customer)
RESOLVED: LiteralString = """
UNWIND $p.keys AS key
MATCH (:SourceRecord {key: key})-[:RESOLVES_TO]->(c:Customer)
RETURN DISTINCT c.id, c.order_count, c.spend
"""
# (:SourceRecord)-[:DID]->(:Order)-[:HAS_LINE]->(:OrderLine), lines that are of a product in an order that was at a store
BOUGHT: LiteralString = """
UNWIND $p.keys AS key
MATCH (:SourceRecord {key: key})-[:DID]->(o:Order {source: $p.source})
WHERE o.currency = 'USD' AND EXISTS { (o)-[:SOLD_AT]->(:Store) }
CALL (o) {
  MATCH (o)-[:HAS_LINE]->(l:OrderLine)
  WHERE EXISTS { (l)-[:OF]->(:Product) }
  RETURN count(l) AS lines, sum(l.amount) AS spend, sum(l.discount) AS discount
}
RETURN count(o), sum(lines), sum(spend), sum(discount)
"""
# (:Store), (:Product)
KNOWN_STORES: LiteralString = "UNWIND $p.rows AS row MATCH (s:Store {id: row.id}) WHERE s.code = row.name RETURN count(s)"
KNOWN_PRODUCTS: LiteralString = "UNWIND $p.rows AS row MATCH (p:Product {id: row.id}) WHERE p.sku = row.name RETURN count(p)"


class Panel:
    """The files, asked directly."""

    def __init__(self, folder: Path) -> None:
        self._database = duckdb.connect()
        for name in ("transactions", "demographics", "campaigns", "coupon_redemptions", "products"):
            self._database.read_parquet(str(folder / f"{name}.parquet")).create_view(name)

    def names(self, query: str) -> list[str]:
        return [str(name) for (name,) in self._database.execute(query).fetchall()]

    def figures(self) -> Counter[str]:
        orders, lines, spend, discount = self._database.execute(ORDERS).fetchall()[0]
        sets = [len(self.names(query)) for query in (HOUSEHOLDS, STORES, PRODUCTS)]
        figures = dict(zip(NAMES, [*sets, orders, lines, spend, discount], strict=True))
        return Counter({**figures, **dict(zip(CUSTOMERS, (orders, spend), strict=True))})


async def figures_of_graph(store: Store, panel: Panel) -> Counter[str]:
    """Count by walking: what does not hang where it belongs is not counted."""
    figures: Counter[str] = Counter(stores=0, products=0)
    keys = [key for (key,) in await store.read(RECORDS, {"source": SOURCE})]
    customers: set[str] = set()
    for some in _parts(keys, AT_ONCE):
        for customer, orders, spend in await store.read(RESOLVED, {"keys": some}):
            if customer not in customers:
                customers.add(customer)
                figures[CUSTOMERS[0]] += orders
                figures[CUSTOMERS[1]] += sum(int(amount.removeprefix("USD:")) for amount in spend or [])
        sums = (await store.read(BOUGHT, {"keys": some, "source": SOURCE}))[0]
        figures.update(dict(zip(NAMES[3:], sums, strict=True)))
    figures["customers"] = len(customers)
    for some in _parts(panel.names(STORES), 1_000):
        rows = [{"id": store_id(code), "name": code} for code in some]
        figures["stores"] += (await store.read(KNOWN_STORES, {"rows": rows}))[0][0]
    for some in _parts(panel.names(PRODUCTS), 1_000):
        rows = [{"id": product_id(sku), "name": sku} for sku in some]
        figures["products"] += (await store.read(KNOWN_PRODUCTS, {"rows": rows}))[0][0]
    return figures


def _parts(names: Sequence[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(names), size):
        yield list(names[start : start + size])


async def verify() -> bool:
    """Load what is missing, print a line for each figure, and tell whether all are equal."""
    settings = load_settings()
    job = panel_import(settings)
    async with prepared_graph(settings) as store:
        with shown_progress() as progress:
            print(summary(await import_files(store, job, progress)), file=sys.stderr)
        panel = Panel(job.paths[0])
        of_files, of_graph = panel.figures(), await figures_of_graph(store, panel)
    for name in (*NAMES, *CUSTOMERS):
        print(name, of_graph[name], of_files[name])
    return of_graph == of_files


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(verify()) else 1)
