"""How records of one customer are connected: the links by which the partition joined them, from one to the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.identity.partition import Edge


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a walk from record to record (their keys), by what the partition had joined them."""

    start: str
    end: str
    edge: Edge


def chain(joins: Iterable[Edge], records: Sequence[str]) -> tuple[Link, ...] | None:
    """Return the links that tie these records together, walked from the first of them; None if nothing ties them all.

    `joins` are those of a `Partition`: a forest of strongest edges, so there is one way between any two records, and no
    other way has a weakest link that is stronger.
    """
    roads: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in joins:
        roads[edge.record].append(edge)
        roads[edge.other].append(edge)
    walked = {link.end: link for link in _walk(roads, records[0])}
    needed: set[str] = set()
    for record in records[1:]:
        here = record
        while here != records[0] and here not in needed:
            if here not in walked:
                return None
            needed.add(here)
            here = walked[here].start
    return tuple(link for end, link in walked.items() if end in needed)


def _walk(roads: defaultdict[str, list[Edge]], start: str) -> Iterator[Link]:
    """Yield a link to each record that can be reached, each after the one that it goes on from."""
    reached, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for edge in roads[here]:
            there = edge.other if edge.record == here else edge.record
            if there not in reached:
                reached.add(there)
                waiting.append(there)
                yield Link(here, there, edge)
