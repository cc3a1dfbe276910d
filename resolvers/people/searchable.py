"""Which alternatives of a typed text a viewer may search by: nobody finds by what they may not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graph.search.terms import Terms, terms
from resolvers.access.policy import Access
from resolvers.access.tags import Tag
from resolvers.access.viewer import Viewer

NEEDED: Mapping[str, tuple[tuple[Tag, ...], Access]] = {
    "identifiers": ((Tag.CONTACT,), Access.MASKED),
    "endings": ((Tag.CONTACT, Tag.ACTIVITY), Access.CLEAR),
    "beginnings": ((Tag.CONTACT,), Access.CLEAR),
    "domains": ((Tag.CONTACT,), Access.CLEAR),
    "numbers": ((Tag.ACTIVITY,), Access.MASKED),
    "order_beginnings": ((Tag.ACTIVITY,), Access.CLEAR),
    "names": ((Tag.NAME,), Access.CLEAR),
    "close": ((Tag.NAME,), Access.CLEAR),
    "places": ((Tag.ADDRESS, Tag.BIRTH), Access.CLEAR),
}
"""What is searched, and how a viewer must see its values: who knows a whole one may ask by it where it is masked."""


def searchable(typed: str, viewer: Viewer) -> Terms:
    """Return what a text can mean without the alternatives that the viewer may not search by."""
    tags, least = NEEDED["places"]
    meant = terms(typed, details=viewer.least(tags) >= least)
    barred: dict[str, Any] = {name: [] for name, (tags, least) in NEEDED.items() if viewer.least(tags) < least}
    return replace(meant, **barred) if barred else meant
