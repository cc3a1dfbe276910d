"""The event types of stores and products."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from graph.catalogue.nodes import Catalogue
from graph.events.contract import ProductEvent, StoreEvent
from graph.events.event_type import EventType
from graph.events.facts import Event, Listing
from graph.events.listings import read_product, read_store
from graph.events.newest import stamp, take_newer, utc_text
from graph.events.outcomes import CREATED, UNCHANGED, UPDATED, Answer
from graph.keys import product_id, store_id
from graph.writes.changes import Change
from graph.writes.lock_order import Label
from graph.writes.unit import Unit


def want(label: Label, make_id: Callable[[str], str], listing: Listing, unit: Unit) -> None:
    own_id = make_id(listing.code)
    unit.want(label, (own_id,), lambda _: {"id": own_id, "name": listing.code})


def apply(label: Label, make_id: Callable[[str], str], listing: Listing, event: Event, unit: Unit) -> str:
    own_id = make_id(listing.code)
    item = unit.of(Catalogue).items[own_id]
    known = bool(item.stamps)
    won = take_newer(item.stamps, listing.attributes, stamp(utc_text(event.time), event.source, event.id))
    for name in won:
        item.changes |= listing.attributes[name]
    if won:
        ref = f"{label}:{own_id}"
        unit.note(Change(ref, f"{label.lower()}.changed", (ref,), tuple(won)))
    if not known:
        return CREATED
    return UPDATED if won else UNCHANGED


def answer(_: Listing, __: Unit) -> Answer:
    return Answer(None, "CATALOGUE")


STORE = EventType(
    "customer360.store.v1",
    StoreEvent,
    lambda event, _: read_store(event.data, event.subject),
    partial(want, "Store", store_id),
    partial(apply, "Store", store_id),
    answer,
)
PRODUCT = EventType(
    "customer360.product.v1",
    ProductEvent,
    lambda event, _: read_product(event.data, event.subject),
    partial(want, "Product", product_id),
    partial(apply, "Product", product_id),
    answer,
)
