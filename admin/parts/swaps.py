"""What htmx swaps into a page that is open: each piece names its place there, and what has the focus keeps it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeAlias

Edge: TypeAlias = dict[str, Any]
"""`{node: {id, ...}}` of a list."""
MOST_KEPT = 64


def swap(target: str, style: str, html: str) -> str:
    """Return a piece for the place that a CSS selector of ours finds; where there is none, nothing happens."""
    return f'<hx-partial hx-target="{target}" hx-swap="{style}">{html}</hx-partial>'


def upserted(rows: str, row: str, changed: Iterable[Edge], shown: Callable[[Edge], str]) -> str:
    """Return the changed rows of a list: those that are there in their places, new ones where their time belongs.

    `rows` is the id of the list's element, `row` and a dash begin those of its rows; `shown(edge)` renders one.
    """
    told = "".join(_upsert(rows, f"{row}-{edge['node']['id']}", shown(edge)) for edge in changed)
    return told and swap(f"#{rows} > .empty-line", "delete", "") + told


def _upsert(rows: str, row: str, html: str) -> str:
    new = f'<hx-upsert hx-target="#{rows}:not(:has(#{row}))" key="data-at" sort="desc">{html}</hx-upsert>'
    return swap(f"#{row}", "outerMorph", html) + new


class Rendered:
    """Pieces that are rendered once for all pages that were answered by the very same objects, which are kept with them.

    Only who has the same rights and language is answered by the same object, so they are shown the same.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[Sequence[Any], str]] = {}

    def of(self, what: Hashable, answers: Sequence[Any], render: Callable[[], str]) -> str:
        """Return what `render` makes of the answers; `what` is all else that it depends on."""
        key = (what, *map(id, answers))
        if key not in self._kept:
            while len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = answers, render()
        return self._kept[key][1]
