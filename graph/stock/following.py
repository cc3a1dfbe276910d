"""Stock follows orders: each moves what it deserves to by now, at the store it leaves from, and a repeat moves nothing twice.

Whose stock counts is the company's to say, by source: a shop system that tells of its own stock moves none here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, LiteralString

import orjson

from graph.events.newest import read_stamps, stamp
from graph.keys import level_id, opaque
from graph.orders.following import Follower
from graph.stock.deserving import LEFT, Line, Move, Part, Selling, deserved
from graph.stock.entries import Entry
from graph.stock.holding import FULFILLED
from graph.stock.nodes import Stock
from graph.stock.stored import entry_of
from graph.store import Reader, Store
from graph.writes.unit import Unit, execute

OTHERS = "*"
"""Stands for every source that is not named."""
# (:Order)-[:HAS_LINE]->(:OrderLine)<-[:FULFILLS {quantity}]-(:Fulfillment), (:OrderLine)<-[:RETURNS {quantity}]-(:Return)
READ_ORDER: LiteralString = """
MATCH (o:Touchpoint:Order {id: $p.id})
RETURN o {.source, .external_id, .status, .channel, .store_code, .stamps, at: left(o.position, 27)}, COLLECT {
  MATCH (o)-[:HAS_LINE]->(l:OrderLine) WHERE l.sku IS NOT NULL
  RETURN [l.sku, l.quantity, COLLECT {
    MATCH (l)<-[part:FULFILLS]-(f:Fulfillment) WHERE f.state IS NOT NULL
    RETURN f {.id, .store_code, .state, .since, .history, quantity: part.quantity} ORDER BY f.id
  }, COLLECT {
    MATCH (l)<-[part:RETURNS]-(r:Return)
    RETURN r {.id, .store_code, at: left(r.position, 27), quantity: part.quantity, restocked: part.restocked} ORDER BY r.id
  }] ORDER BY l.number
}
"""
READ_POSTED: LiteralString = "MATCH (e:StockEntry {order_id: $p.id}) RETURN properties(e)"
# What was held for an order is taken over by it
READ_HELD: LiteralString = """
MATCH (r:Reservation {owner: $p.owner}) WHERE r.held_until IS NOT NULL AND r.level IN $p.levels
RETURN r.id
"""


def following(sources: Mapping[str, str]) -> Follower:
    """Return the follower of orders; `sources`: whose orders move stock here, with the store of what names none or ''."""
    return partial(_follow, sources)


async def _follow(sources: Mapping[str, str], store: Store, order: str) -> None:
    if not sources or await _read(store, sources, order) is None:
        return

    async def work(unit: Unit) -> None:
        # Which levels an order moves is known once it is read, and it may have changed until they are held.
        stock, wanted = unit.of(Stock), set[str]()
        while True:
            found = await _read(unit.transaction, sources, order)
            if found is None:
                return
            told, moves = found
            posted = {row[0]["id"]: row[0] for row in await unit.transaction.run(READ_POSTED, {"id": order})}
            entries = {entry.id: (move, entry) for move, entry in _entries(told, order, moves)}
            places = {(move.sku, move.store) for move in moves} | {(row["sku"], row["store_code"]) for row in posted.values()}
            levels = {stock.want_level(*place) for place in places}
            if levels <= wanted:
                break
            wanted |= levels
            await unit.lock()
        for own_id in sorted(posted.keys() | entries.keys()):
            move, after = entries.get(own_id, (None, None))
            before = entry_of(posted[own_id]) if own_id in posted else None
            if before != after:
                level = level_id(move.sku, move.store) if move else posted[own_id]["level"]
                stock.revise(level, before, after, {"source": told["source"], "order_id": order})
        await _take_over(unit, told["external_id"], sorted(level_id(move.sku, move.store) for move in moves))

    await execute(store, (Stock,), work)


async def _read(reader: Reader, sources: Mapping[str, str], order: str) -> tuple[dict[str, Any], list[Move]] | None:
    """Return an order and what it deserves to move; None for one that there is not, and for one whose stock is not ours."""
    rows = await reader.read(READ_ORDER, {"id": order})
    usual = sources.get(rows[0][0]["source"], sources.get(OTHERS)) if rows else None
    if usual is None:
        return None
    [[told, lines]] = rows
    placed: str = told["at"]
    since = read_stamps(told["stamps"]).get("status", placed).partition("\t")[0]
    whole = [_line(*line) for line in lines if float(line[1] or 0).is_integer()]  # what is sold by measure is no stock
    status, in_store = told["status"], told["channel"] == "STORE"
    selling = Selling(status, in_store, told["store_code"] or usual or None, since if status else placed, whole)
    return told, deserved(selling)


def _line(sku: str, quantity: float | None, parts: list[dict[str, Any]], returns: list[dict[str, Any]]) -> Line:
    fulfilled = [Part(one["id"], one["store_code"], int(one["quantity"]), _left_at(one), one["state"]) for one in parts]
    back = [
        Part(one["id"], one["store_code"], int(one["quantity"]), one["at"], restocked=one["restocked"] is not False)
        for one in returns
    ]
    return Line(sku, int(quantity or 0), fulfilled, back)


def _left_at(fulfillment: Mapping[str, Any]) -> str | None:
    """Return when the pieces left, which is before they arrived."""
    history = orjson.loads(fulfillment["history"] or "[]")
    return min((each["at"] for each in history if each["state"] in LEFT), default=fulfillment["since"])


def _entries(told: Mapping[str, Any], order: str, moves: list[Move]) -> list[tuple[Move, Entry]]:
    found: list[tuple[Move, Entry]] = []
    for move in moves:
        own_id = opaque("StockEntry", order, move.part, move.kind, move.sku, move.store)
        mark = stamp(move.at, told["source"], own_id)
        found.append((move, Entry(own_id, move.kind, move.quantity, mark, reference=told["external_id"])))
    return found


async def _take_over(unit: Unit, number: str | None, levels: list[str]) -> None:
    """Have the order take over what is held under its number of what it moves."""
    if number is None or not levels:
        return
    rows = await unit.transaction.run(READ_HELD, {"owner": number, "levels": levels})
    unit.want("Reservation", (row[0] for row in rows))
    await unit.lock()
    stock = unit.of(Stock)
    for row in rows:
        if (held := stock.reservations[row[0]]).holds(stock.now):
            stock.let_go(held, FULFILLED)
