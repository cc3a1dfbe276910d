"""The event types, one row each: whoever takes events asks these and names no type."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from graph.cases.events import CASE
from graph.cases.nodes import Cases
from graph.catalogue.events import PRODUCT, STORE
from graph.catalogue.nodes import Catalogue
from graph.consents.events import CONSENT
from graph.consents.nodes import Consents
from graph.erasure.sparing import Nothing
from graph.erasure.tombstones import Tombstones
from graph.events.contract import Envelope
from graph.events.event_type import EventType
from graph.events.facts import Event
from graph.events.outcomes import UNCHANGED, Answer
from graph.intake.receipts import Receipts
from graph.orders.events import RETURN
from graph.resolution.conclusion import NOUNS
from graph.resolution.events import PERSON
from graph.stock.events import INVENTORY
from graph.stock.nodes import Stock
from graph.touchpoints.events import INTERACTION, ORDER
from graph.writes.unit import Nodes, Unit

EVENT_TYPES: Mapping[str, EventType] = MappingProxyType(
    {row.name: row for row in (PERSON, STORE, PRODUCT, ORDER, RETURN, INTERACTION, CONSENT, CASE, INVENTORY)}
)
"""CloudEvents type -> its row."""


def _nothing(_: Nothing, __: Event, ___: Unit) -> str:
    return UNCHANGED


OF_NOTHING = EventType("", Envelope, lambda _, __: Nothing(), lambda _, __: None, _nothing, lambda _, __: Answer(None, "ERASED"))
"""The row of an event of which nothing is left, since it was all about somebody who was erased."""


def row_of(event: Event) -> EventType:
    return OF_NOTHING if isinstance(event.facts, Nothing) else EVENT_TYPES[event.type]


EVENT_NOUNS: tuple[type[Nodes], ...] = (*NOUNS, Catalogue, Stock, Consents, Cases, Receipts, Tombstones)
"""What a batch of events may lock and write, beside people and touchpoints, which every writer concludes."""


def json_schema(event_type: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of events of this type; an unknown type raises KeyError."""
    schema = EVENT_TYPES[event_type].model.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
