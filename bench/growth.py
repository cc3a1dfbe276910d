"""View and screen pop in a graph of a million customers beside one of ten thousand: does an answer cost the same?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any, LiteralString

from rich.progress import track

from bench import customers
from bench.figures import Figure, at_most, median_ms
from bench.routes import Route, time_each
from bench.views import lookup_route, view_route
from graph.events.newest import utc_text
from graph.search.forms import search_names
from graph.store import Store, Transaction

SMALL, FIRST_NUMBER = 10_000, 10_000_000
PIECE, WARM_UP, ROUNDS = 2_000, 4_000, 1_500
TARGET = 1.2

# (:SourceRecord)-[:RESOLVES_TO]->(:Customer), three identifiers, an order with a line, a call
CREATE: LiteralString = """
UNWIND $p.rows AS row
MATCH (s:Store {id: row.store})
MATCH (p:Product {id: row.product})
CREATE (r:SourceRecord)-[:RESOLVES_TO]->(c:Customer)
SET r = row.record, c = row.customer
CREATE (r)-[:DID {rule: 'NAMED'}]->(o:Touchpoint:Order)-[:SOLD_AT]->(s)
SET o = row.order, o.at = datetime(row.time)
CREATE (o)-[:HAS_LINE]->(l:OrderLine)-[:OF]->(p)
SET l = row.line
CREATE (r)-[:DID {rule: 'NAMED'}]->(t:Touchpoint:Call)
SET t = row.call, t.at = datetime(row.time)
WITH r, row
UNWIND row.identifiers AS held
CREATE (r)-[:HAS_IDENTIFIER {verified: true, first_seen: row.time, last_seen: row.time}]->(i:Identifier)
SET i = held
"""


async def compare_sizes(store: Store, address: str, token: str, scale: int) -> list[Figure]:
    """Fill the graph to ten thousand customers and to `scale`, and ask for random ones of them each time."""
    places = [row[0] for row in await store.read("MATCH (s:Store) RETURN s.id ORDER BY s.id")]
    articles = [row[0] for row in await store.read("MATCH (p:Product) RETURN p.id ORDER BY p.id")]
    routes = {"view": view_route(address, token), "lookup": lookup_route(address, token)}
    await _fill(store, range(SMALL), places, articles)
    small = await _times(routes, SMALL)
    await _fill(store, range(SMALL, scale), places, articles)
    large = await _times(routes, scale)
    size = f"{scale // 1_000_000}m" if scale % 1_000_000 == 0 else f"{scale // 1_000}k"
    return [at_most(f"{name}_{size}_vs_10k", large[name], "ms", small[name], TARGET) for name in routes]


async def _times(routes: dict[str, Route], size: int) -> dict[str, float]:
    chosen = Random(size).sample(range(size), WARM_UP + ROUNDS)
    keys = {"view": [f"light-{number}" for number in chosen], "lookup": [customers.phone(FIRST_NUMBER + n) for n in chosen]}
    return {name: median_ms((await time_each(route, keys[name]))[WARM_UP:]) for name, route in routes.items()}


async def _fill(store: Store, numbers: range, places: list[str], articles: list[str]) -> None:
    random = Random(5)
    for start in track(range(numbers.start, numbers.stop, PIECE), f"Filling the graph to {numbers.stop:,} customers"):
        piece = range(start, min(start + PIECE, numbers.stop))
        rows = [_row(number, random.choice(places), random.choice(articles)) for number in piece]
        await store.write(partial(_create, rows=rows))


async def _create(transaction: Transaction, rows: list[dict[str, Any]]) -> None:
    await transaction.run(CREATE, {"rows": rows})


def _row(number: int, place: str, article: str) -> dict[str, Any]:
    own, time = f"light-{number}", utc_text(customers.START + timedelta(seconds=number))
    name, kana = f"試験 花子{number}", "シケン ハナコ"
    order, call = f"{own}-order", f"{own}-call"
    amounts = {
        "total": 1980,
        "currency": "JPY",
        "status": "FULFILLED",
        "number": f"L{number}",
        "number_suffix": f"{number:04}"[-4:],
    }
    return {
        "store": place,
        "product": article,
        "time": time,
        "record": {"key": own, "id": own, "source": "/bench", "external_id": own, "name_full": name, "first_seen": time},
        "customer": {"id": own, "kind": "INDIVIDUAL", "status": "ACTIVE", "version": 1, "name": name, "kana": kana}
        | {"search_names": search_names([name, kana]), "phone": _mobile(number)},
        "order": _touchpoint(order, own, time, "ORDER", "STORE") | amounts | {"number_suffix": f"{number:04}"[-4:]},
        "line": {"id": f"{order}-00001", "number": 1, "name": "試験品", "quantity": 1.0, "amount": 1980, "currency": "JPY"},
        "call": _touchpoint(call, own, time, "CALL", "PHONE"),
        "identifiers": list(_identifiers(number, own)),
    }


def _touchpoint(own_id: str, record: str, time: str, kind: str, channel: str) -> dict[str, Any]:
    return {"id": own_id, "record": record, "position": time + own_id, "kind": kind, "channel": channel, "bare": False}


def _identifiers(number: int, record: str) -> Iterator[dict[str, Any]]:
    values = {
        "PHONE": _mobile(number),
        "EMAIL": f"{record}@example.jp",
        "MEMBER_NUMBER": f"L{number:08}",
    }
    for kind, value in values.items():
        yield {"id": f"{record}-{kind}", "key": f"{kind}::{value}", "kind": kind, "scope": "", "value": value} | {
            "suffix": value[-4:],
            "mobile": kind == "PHONE",
            "sharing": "UNKNOWN",
            "state": "ACTIVE",
            "holders": [record],
            "given_names": [],
            "contacts": False,
        }


def _mobile(number: int) -> str:
    return customers.e164(customers.phone(FIRST_NUMBER + number))
