"""The event types, one row each: whoever takes events asks these and names no type."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from graph.catalogue.events import PRODUCT, STORE
from graph.catalogue.nodes import Catalogue
from graph.consents.events import CONSENT
from graph.consents.nodes import Consents
from graph.events.event_type import EventType
from graph.intake.receipts import Receipts
from graph.resolution.conclusion import NOUNS
from graph.resolution.events import PERSON
from graph.touchpoints.events import INTERACTION, ORDER
from graph.writes.unit import Nodes

EVENT_TYPES: Mapping[str, EventType] = MappingProxyType(
    {row.name: row for row in (PERSON, STORE, PRODUCT, ORDER, INTERACTION, CONSENT)}
)
"""CloudEvents type -> its row."""

EVENT_NOUNS: tuple[type[Nodes], ...] = (*NOUNS, Catalogue, Consents, Receipts)
"""What a batch of events may lock and write, beside people and touchpoints, which every writer concludes."""


def json_schema(event_type: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of events of this type; an unknown type raises KeyError."""
    schema = EVENT_TYPES[event_type].model.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
