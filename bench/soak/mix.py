"""What is asked in the mixed load: look-ups, customers, pages, and events one by one and in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any

import orjson

from bench import customers, lookup, view
from bench.view import node_id

BATCH = 20
NEW_CUSTOMERS = 5_000_000
"""Numbers of customers from here on are those of this load."""
JSON, EVENT, EVENTS = "application/json", "application/cloudevents+json", "application/cloudevents-batch+json"
SHARES = {"look_up": 35, "customer": 30, "page": 10, "event": 20, "batch": 5}
"""Of a hundred requests."""


@dataclass(frozen=True, slots=True)
class Request:
    """`subjects` are the new customers that its events tell of."""

    kind: str
    method: str
    path: str
    media_type: str = JSON
    body: bytes = b""
    subjects: tuple[str, ...] = ()

    @property
    def head(self) -> list[str]:
        return [f"Content-Type: {self.media_type}", f"Content-Length: {len(self.body)}"]


def requests(ids: Sequence[str], phones: Sequence[str], seed: int = 1) -> Iterator[Request]:
    """Yield requests without end, about customers (raw ids) and numbers that are there, and about new ones."""
    random = Random(seed)
    numbers = count(NEW_CUSTOMERS)
    while True:
        [kind] = random.choices(list(SHARES), list(SHARES.values()))
        if kind == "look_up":
            yield asked(kind, lookup.QUERY, {"query": random.choice(phones)})
        elif kind == "customer":
            yield asked(kind, view.QUERY, {"id": node_id("Customer", random.choice(ids))})
        elif kind == "page":
            yield Request(kind, "GET", f"/admin/customers/{node_id('Customer', random.choice(ids))}")
        else:
            yield told(kind, [customers.person(next(numbers)) for _ in range(1 if kind == "event" else BATCH)])


def asked(kind: str, query: str, variables: dict[str, str]) -> Request:
    return Request(kind, "POST", "/graphql", JSON, orjson.dumps({"query": query, "variables": variables}))


def told(kind: str, events: list[dict[str, Any]]) -> Request:
    body = orjson.dumps(events[0] if kind == "event" else events)
    return Request(kind, "POST", "/events", EVENT if kind == "event" else EVENTS, body, tuple(each["subject"] for each in events))
