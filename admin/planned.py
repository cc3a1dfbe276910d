"""Each operation of the pages with variables of each shape: asked once, the database has planned it for everybody."""

from __future__ import annotations

from typing import Any

from admin.pages.customers import operations as customers
from admin.pages.lookups import operations as lookups
from admin.pages.orders import operations as orders
from admin.pages.products import operations as products
from admin.pages.start import operations as start
from admin.pages.stores import operations as stores
from admin.parts import recents

FIRST_PLANNED: tuple[tuple[str, dict[str, Any]], ...] = (
    *start.PLANNED_AT_START,
    *lookups.PLANNED_AT_START,
    *recents.PLANNED_AT_START,
    *customers.FIRST_PLANNED,
)
"""What the start page, the look-up and the first page of a customer need."""

PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = (
    *customers.PLANNED_LATER,
    *orders.PLANNED_AT_START,
    *stores.PLANNED_AT_START,
    *products.PLANNED_AT_START,
)
"""What is one more click away."""
