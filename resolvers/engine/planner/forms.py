"""What becomes of a scalar's values wherever they stand, whatever field they come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

NO_FRACTION = ".000000Z"
"""How the graph's times of fixed width end on a whole second."""


def instant(stored: str) -> str:
    """Return a time as RFC 3339 in UTC: with a fraction of a second only where there is one."""
    return stored[:-8] + "Z" if stored.endswith(NO_FRACTION) else stored


FORMS: Mapping[str, Callable[[Any], Any]] = {"DateTime": instant}
"""By the name of the type."""
