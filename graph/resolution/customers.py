"""Customers in a unit of work: locked last, as every writer of people does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, LiteralString

from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Unit

# (:Customer)<-[:RESOLVES_TO]-(:SourceRecord); locked, since two components may have records born with one id
LOCK_CUSTOMERS: LiteralString = """
UNWIND $p.Customer AS id
MATCH (c:Customer {id: id})
REMOVE c.lock
WITH c
RETURN 'Customer' AS label, [c.id, c.version, EXISTS { (c)<-[:RESOLVES_TO]-(:SourceRecord) }] AS row
"""


@dataclass(frozen=True, slots=True)
class Known:
    """`alive` says that some record resolves to it."""

    version: int
    alive: bool


class Customers(Nodes):
    """The customers that a unit has locked, by id, as they were before it."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"Customer": LOCK_CUSTOMERS}

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.known: dict[str, Known] = {}

    def take_in(self, label: Label, row: list[Any]) -> None:  # noqa: ARG002 - there is one label
        own_id, version, alive = row
        self.known[own_id] = Known(version, alive)
