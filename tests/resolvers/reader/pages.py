"""Pages, cut in Python from whole lists."""

from __future__ import annotations

from typing import Any

from tests.resolvers.reader.request import Refused
from tests.resolvers.reader.spelling import cursor, read_cursor

Items = list[tuple[str, Any]]


def page(name: str, items: Items, first: int | None, after: str | None, *, newest_first: bool = False) -> dict[str, Any]:
    """Return the connection `name` over (sort key, node) pairs in any order."""
    size = 20 if first is None else first
    if size < 0 or size > 100:
        raise Refused("INVALID_INPUT", "`first` must be from 0 to 100.")
    start = None if after is None else read_cursor(name, after)
    ordered = sorted(items, key=lambda item: item[0], reverse=newest_first)
    rest = [item for item in ordered if start is None or (item[0] < start if newest_first else item[0] > start)]
    shown = [{"cursor": cursor(name, key), "node": node} for key, node in rest[:size]]
    return {
        "edges": shown,
        "totalCount": len(items),
        "pageInfo": {
            "hasNextPage": len(rest) > size,
            "hasPreviousPage": start is not None,
            "startCursor": shown[0]["cursor"] if shown else None,
            "endCursor": shown[-1]["cursor"] if shown else None,
        },
    }
