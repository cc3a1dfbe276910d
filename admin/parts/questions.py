"""Questions to the GraphQL schema in process, and what a refused one becomes on a page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol, TypeAlias

from starlette.requests import Request

Json: TypeAlias = dict[str, Any]
Execute: TypeAlias = Callable[[str, Mapping[str, Any], Any], Awaitable[Mapping[str, Any]]]
"""`execute(query, variables, viewer)` answers the GraphQL response `{"data": ..., "errors": [...]}`.

What the viewer may not read is not in it, so a template shows what `is defined`.
"""


class Viewer(Protocol):
    """Who asks, as far as pages show it."""

    @property
    def name(self) -> str:
        """The account, which tells what is theirs."""
        ...

    @property
    def label(self) -> str: ...

    @property
    def roles(self) -> frozenset[str]: ...

    @property
    def stores(self) -> frozenset[str]:
        """Codes of the stores that they work at."""
        ...

    @property
    def works_here(self) -> bool: ...

    def may_read(self, type_name: str) -> bool: ...

    def may_use(self, mutation: str) -> bool: ...


class ViewerOf(Protocol):
    async def __call__(self, request: Request, language: str, *, in_use: bool = True) -> Viewer:
        """Tell who asks and which language they read; raises NotSignedIn where nobody has signed in.

        What a page asks by itself, without anybody doing anything, does not have their session `in_use`.
        """
        ...


STATUS_OF_CODE = {
    "NOT_FOUND": 404,
    "INVALID_INPUT": 400,
    "FORBIDDEN": 403,
    "PURPOSE_REQUIRED": 428,
    "THROTTLED": 429,
    "OVERLOADED": 503,
    "SERVICE_UNAVAILABLE": 503,
    "GRAPH_NOT_MIGRATED": 503,
    "GRAPH_TOO_NEW": 503,
}


class NotSignedIn(Exception):
    """Nobody has signed in, or the session has ended."""


class Problem(Exception):
    """A page cannot be given; `status` is the HTTP status that chooses what the reader is told."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the page answers {status}")
        self.status = status


class Questions:
    """The only source of data of a page: the schema, asked as the viewer of one request.

    `newest` is the number of the newest change that was known before anything was asked; None where that is not known.
    """

    def __init__(self, execute: Execute, viewer: Viewer, newest: int | None = None) -> None:
        self._execute = execute
        self.viewer = viewer
        self.newest = newest

    async def ask(self, document: str, **variables: Any) -> Json:
        """Return `data` of the answer; raises Problem when there are errors (500 for a code that no page expects)."""
        answer = await self._execute(document, variables, self.viewer)
        errors = answer.get("errors")
        if errors:
            code: str = errors[0].get("extensions", {}).get("code", "")
            raise Problem(STATUS_OF_CODE.get(code, 500))
        return answer["data"]

    async def ask_of(self, document: str, *, turned: bool = False, **variables: Any) -> Json:
        """Ask about what the address names: an id that cannot be read is a 404, as that of nothing is.

        Where the address has `turned` a list to a cursor, that may be what cannot be read, and a 400 stays one.
        """
        try:
            return await self.ask(document, **variables)
        except Problem as problem:
            raise Problem(404) if problem.status == 400 and not turned else problem from None
