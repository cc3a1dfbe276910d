"""Customer view and screen pop beside hand-written routes that answer the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, islice
from random import Random

from bench import customers, lookup, view
from bench.figures import Figure
from bench.routes import Route, compare_throughput, compare_times

WARM_UP, ROUNDS = 400, 2_000
CLIENTS, ANSWERS = 16, 4_000
TIME_TARGET, THROUGHPUT_TARGET = 1.15, 0.85


def view_route(address: str, token: str) -> Route:
    return Route(
        address, "/graphql", lambda raw: {"query": view.QUERY, "variables": {"id": view.node_id("Customer", raw)}}, token
    )


def lookup_route(address: str, token: str) -> Route:
    return Route(address, "/graphql", lambda number: {"query": lookup.QUERY, "variables": {"query": number}}, token)


async def compare_views(product: str, baseline: str, token: str, ids: Sequence[str], phones: Sequence[str]) -> list[Figure]:
    """Time views and screen pops one at a time, and views by sixteen clients at once."""
    views = view_route(product, token), Route(baseline, "/view", lambda raw: {"id": raw})
    pops = lookup_route(product, token), Route(baseline, "/lookup", lambda number: {"phone": customers.e164(number)})
    count = WARM_UP + ROUNDS
    return [
        await compare_times("view_p50", *views, shuffled(ids, count), warm_up=WARM_UP, target=TIME_TARGET),
        await compare_times("lookup_p50", *pops, shuffled(phones, count), warm_up=WARM_UP, target=TIME_TARGET),
        await compare_throughput("view_throughput_16", *views, shuffled(ids, ANSWERS), clients=CLIENTS, target=THROUGHPUT_TARGET),
    ]


def shuffled(keys: Sequence[str], count: int) -> list[str]:
    """Return so many keys in an order that is the same in every run."""
    return list(islice(cycle(Random(2).sample(list(keys), len(keys))), count))
