"""Each operation of the pages with variables of each shape: asked once, the database has planned it for everybody.

A page says which of its operations are planned first, and which later: `FIRST_PLANNED`, `PLANNED_LATER`.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from admin.gathered import gathered
from admin.parts import recents

Planned: TypeAlias = tuple[tuple[str, dict[str, Any]], ...]

FIRST_PLANNED: Planned = (*gathered("FIRST_PLANNED"), *recents.FIRST_PLANNED)
"""What the start page, the look-up and the first page of a customer need."""

PLANNED_LATER: Planned = tuple(gathered("PLANNED_LATER"))
"""What is one more click away."""
