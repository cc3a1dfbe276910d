"""Pages that stay true while they are open: what one says of itself, and what the server hands it to follow changes."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from admin.parts.questions import Questions, Viewer
from admin.parts.rendering import Rendering


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of life of an open page: `page` is a name that it has made up, and uses no more after one with `left`."""

    page: str
    writing: bool
    left: bool


class News(Protocol):
    """Everything up to change `seq` is told; `newest` is the number of the last change that the page is about.

    `types` are those of the changes, empty where the viewer may see none of them. With `anew` nobody knows any more what
    has changed. `present` are the ids of the cases on which somebody has come or gone, empty where it may be any of them,
    None where nothing is told of that. What is read `as_of` the same is the same.
    """

    @property
    def seq(self) -> int: ...

    @property
    def newest(self) -> int: ...

    @property
    def types(self) -> frozenset[str]: ...

    @property
    def anew(self) -> bool: ...

    @property
    def present(self) -> frozenset[str] | None: ...

    @property
    def as_of(self) -> Hashable: ...

    def tells_of(self, own_id: str) -> bool:
        """Tell whether a thing, by its id, is among what has changed."""
        ...


class Live(Protocol):
    """What a stream is made of."""

    @property
    def newest(self) -> int | None:
        """The number of the newest change that is known; None at the very start."""
        ...

    def follow(
        self, request: Request, type_name: str, own_id: str, after: int | None, viewer: Any
    ) -> AsyncGenerator[News | None]:
        """Yield what happens after a change, and None now and then; raises NotSignedIn, Problem 429 or 503."""
        ...

    async def execute(self, query: str, variables: Mapping[str, Any], viewer: Any, as_of: Hashable) -> Mapping[str, Any]:
        """Answer as a page is answered, with what is true at `as_of` or later, the same object to all of the same rights."""
        ...

    def attend(self, own_id: str, sign: Sign, viewer: Any) -> None:
        """Take what the open page of a case says of itself, for all who are told of it; of who is told of none, nothing."""
        ...

    def answer(self, events: AsyncGenerator[bytes]) -> Response:
        """Answer a stream of server-sent events."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """`html` is what htmx swaps in; after the `last` there is nothing to follow."""

    html: str
    last: bool = False


Tell: TypeAlias = Callable[[Request, Questions, Rendering, News], Awaitable[Told]]


async def nothing_over(_: Request, __: Questions, ___: Rendering) -> Told | None:
    return None


@dataclass(frozen=True, slots=True)
class LivePage:
    """The stream of a page, as a row beside its handler, in `LIVE_PAGES`.

    `path` follows `/admin`; `type_name` is what it shows, whose id is `{id}` in the path. `tell` makes what is sent when
    something has happened. `over` is asked first, and tells what there is to say instead of a stream. An `attended` page
    also takes signs of life there, by POST.
    """

    path: str
    type_name: str
    tell: Tell
    over: Callable[[Request, Questions, Rendering], Awaitable[Told | None]] = nothing_over
    attended: bool = False


def may_follow(viewer: Viewer, row: LivePage) -> bool:
    return viewer.may_read(row.type_name)


def stream_address(path: str, questions: Questions, **kept: str) -> str:
    """Return the address of the stream of a page that is read by these questions; what is empty is left out."""
    after = "" if questions.newest is None else str(questions.newest)
    return f"{path}?{urlencode({name: value for name, value in {**kept, 'after': after}.items() if value})}"


def last_seen(request: Request) -> int | None:
    """Return the number of the change up to which a page is true: of its last event, else of when it was read."""
    told = request.headers.get("last-event-id") or request.query_params.get("after", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 19 else None
