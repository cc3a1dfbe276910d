"""Each operation of the pages with variables of each shape: asked once, the database has planned it for everybody.

A page's operations module says what of it is planned first, and what later: `FIRST_PLANNED`, `PLANNED_LATER`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, TypeAlias

from admin import pages
from admin.parts import recents

Planned: TypeAlias = tuple[tuple[str, dict[str, Any]], ...]


def gathered(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what the operations of all pages plan under this name."""
    for page in iter_modules(pages.__path__, f"{pages.__name__}."):
        if page.ispkg:
            yield from getattr(import_module(f"{page.name}.operations"), name, ())


FIRST_PLANNED: Planned = (*gathered("FIRST_PLANNED"), *recents.FIRST_PLANNED)
"""What the start page, the look-up and the first page of a customer need."""

PLANNED_LATER: Planned = tuple(gathered("PLANNED_LATER"))
"""What is one more click away."""
