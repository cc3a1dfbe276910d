"""Which alternatives of a typed text a viewer may search by: nobody finds by what they may not see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


def searchable(parameters: Mapping[str, Any], viewer: Viewer) -> dict[str, Any]:
    """Return the parameters of a search without the alternatives that the viewer may not search by."""
    barred = [name for name, (tags, least) in NEEDED.items() if name in parameters and viewer.least(tags) < least]
    return {**parameters, **{name: [] for name in barred}}
