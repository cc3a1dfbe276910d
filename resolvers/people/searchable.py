"""Which alternatives of a typed text a viewer may search by: nobody finds by what they may not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graph.search.terms import Terms
from resolvers.access.policy import Access
from resolvers.access.tags import Tag
from resolvers.access.viewer import Viewer

NEEDED: Mapping[str, tuple[tuple[Tag, ...], Access]] = {
    "identifiers": ((Tag.CONTACT,), Access.MASKED),
    "suffixes": ((Tag.CONTACT, Tag.ACTIVITY), Access.CLEAR),
    "numbers": ((Tag.ACTIVITY,), Access.MASKED),
    "texts": ((Tag.NAME,), Access.CLEAR),
    "latins": ((Tag.NAME,), Access.CLEAR),
}
"""What is searched, and how a viewer must see its values: who knows a whole one may ask by it where it is masked."""


def searchable(meant: Terms, viewer: Viewer) -> Terms:
    """Return what a text can mean without the alternatives that the viewer may not search by."""
    barred: dict[str, Any] = {name: [] for name, (tags, least) in NEEDED.items() if viewer.least(tags) < least}
    return replace(meant, **barred) if barred else meant
