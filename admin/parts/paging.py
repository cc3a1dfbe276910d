"""Which page of each of its lists a page shows: cursors in the address, which are opaque and tell nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from admin.parts.questions import Json, Questions


@dataclass(frozen=True, slots=True)
class Paging:
    """`cursors` by the names of the lists, which are also those of the variables; `kept` is what an address keeps."""

    path: str
    cursors: dict[str, str | None]
    kept: dict[str, str]

    @property
    def block(self) -> str | None:
        """The block with the rows of the list that the address turns to: what htmx swaps in; None for the whole page."""
        turned = [name for name, cursor in self.cursors.items() if cursor]
        return f"{turned[0]}_rows" if turned else None

    def turned(self, name: str) -> bool:
        """Tell whether a list shows a later page than its first."""
        return bool(self.cursors[name])

    def address(self, name: str, cursor: str | None = None) -> str:
        """Return the address of this page with one list turned to a cursor, or to its beginning."""
        pairs = self.kept | ({name: cursor} if cursor else {})
        return self.path + (f"?{urlencode(pairs)}" if pairs else "")


def paging(request: Request, *names: str, **kept: str) -> Paging:
    return Paging(request.url.path, {name: request.query_params.get(name) for name in names}, kept)


async def ask(questions: Questions, document: str, pages: Paging, **variables: Any) -> Json:
    """Return the answer about what the address names, with each list at its cursor."""
    return await questions.ask_of(document, turned=pages.block is not None, **pages.cursors, **variables)
