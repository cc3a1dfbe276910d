"""Customer view and screen pop beside hand-written routes that answer the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, islice
from random import Random

from bench import customers, lookup, view
from bench.figures import Figure
from bench.routes import Route, compare_throughput, compare_times
from graph.search.order_key import order_key
from graph.search.terms import terms

WARM_UP, ROUNDS = 400, 2_000
CLIENTS, ANSWERS = 16, 4_000
TIME_TARGET, TEXT_TARGET, THROUGHPUT_TARGET = 1.15, 1.3, 0.85


def view_route(address: str, token: str) -> Route:
    return Route(
        address, "/graphql", lambda raw: {"query": view.QUERY, "variables": {"id": view.node_id("Customer", raw)}}, token
    )


def lookup_route(address: str, token: str) -> Route:
    return Route(address, "/graphql", lambda number: {"query": lookup.QUERY, "variables": {"query": number}}, token)


async def compare_views(product: str, baseline: str, token: str, ids: Sequence[str], phones: Sequence[str]) -> list[Figure]:
    """Time views and screen pops one at a time, and views by sixteen clients at once."""
    views = view_route(product, token), Route(baseline, "/view", lambda raw: {"id": raw})
    pops = lookup_route(product, token)
    by_phone = Route(baseline, "/lookup/phone", lambda number: {"phone": customers.e164(number)})
    by_name = Route(baseline, "/lookup/name", typed_name)
    by_order = Route(baseline, "/lookup/order", lambda number: {"number": order_key(number)})
    names = [customers.given_name(number) for number in range(len(phones))]
    orders = [customers.order_number(number, turn) for number in range(len(phones)) for turn in range(customers.ORDERS)]
    count = WARM_UP + ROUNDS
    return [
        await compare_times("view_p50", *views, shuffled(ids, count), warm_up=WARM_UP, target=TIME_TARGET),
        await compare_times("lookup_p50", pops, by_phone, shuffled(phones, count), warm_up=WARM_UP, target=TIME_TARGET),
        await compare_times("lookup_name_p50", pops, by_name, shuffled(names, count), warm_up=WARM_UP, target=TEXT_TARGET),
        await compare_times("lookup_order_p50", pops, by_order, shuffled(orders, count), warm_up=WARM_UP, target=TEXT_TARGET),
        await compare_throughput("view_throughput_16", *views, shuffled(ids, ANSWERS), clients=CLIENTS, target=THROUGHPUT_TARGET),
    ]


def typed_name(name: str) -> dict[str, str]:
    """Return what is asked of the text index for a name: as it is written, and spelt a little otherwise."""
    meant = terms(name)
    return {"name": meant.names[0], "close": meant.close[0]}


def shuffled(keys: Sequence[str], count: int) -> list[str]:
    """Return so many keys in an order that is the same in every run."""
    return list(islice(cycle(Random(2).sample(list(keys), len(keys))), count))
