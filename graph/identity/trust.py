"""How far a source is trusted: whole numbers by name of the source, of which the higher one wins."""

from __future__ import annotations

from collections.abc import Mapping

Trust = Mapping[str, int]
"""Name of a source, or the beginning of names up to a slash -> its rank; what is not named has rank 0."""
EQUAL: Trust = {}


def trust_in(source: str, trust: Trust) -> int:
    """Return the rank of a source: that of the longest name in the table that it is or lies under."""
    named = [name for name in trust if source == name or source.startswith(name.rstrip("/") + "/")]
    return trust[max(named, key=len)] if named else 0
