"""What the admin pages need to stay true while they are open: changes to watch, and readings that open pages share."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Hashable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response

from admin.parts.live import Sign
from admin.parts.questions import NotSignedIn, Problem, ViewerOf
from api.access.unauthenticated import Unauthenticated
from api.http.answering import Answering
from api.http.budgets import RequestAllowance
from api.http.streaming import EventStream, watched
from graph.cases import presence
from graph.cases.board import Board
from graph.errors import Customer360Error
from resolvers.access.viewer import Viewer
from resolvers.engine import ids
from resolvers.execution import Response as Executed
from resolvers.live.attended import attended
from resolvers.live.places import Place
from resolvers.live.watching import Watched, Watcher, Watching

PRESENCE = "CasePresence"
"""Who reads it is told who is on a case, and told of to others."""


@dataclass(frozen=True, slots=True)
class LivePages:
    """The stream of a page takes the place of an older one where somebody has as many open as they may.

    `board` tells who is on which case.
    """

    answering: Answering
    viewer_of: ViewerOf
    board: Board

    @property
    def newest(self) -> int | None:
        return self._watching.newest

    @property
    def _watching(self) -> Watching:
        return Watching(self.answering.following)

    async def follow(
        self, request: Request, type_name: str, own_id: str, after: int | None, viewer: Viewer
    ) -> AsyncGenerator[Watched | None]:
        """Yield what happens, and None now and then; raises NotSignedIn, or Problem 429 for a stream that gave way."""
        place = Place(gives_way=True)
        allowance = RequestAllowance(self.answering.budgets, viewer.name, known=True)
        news = self._watching.watch((type_name, own_id), after, Watcher(viewer, place, allowance))
        if type_name == "Case" and viewer.may_read(PRESENCE):
            news = attended(news, self.board, own_id, after)

        async def still_may() -> bool:
            if place.given_up:
                raise Problem(429)
            now = cast("Viewer", await self.viewer_of(request, viewer.language, in_use=False))
            return now.rights == viewer.rights

        try:
            async with aclosing(watched(news, still_may)) as told:
                async for each in told:
                    yield each
        except Unauthenticated:
            raise NotSignedIn from None
        except Customer360Error as error:
            raise Problem(429 if error.code == "THROTTLED" else 503) from None

    async def execute(self, query: str, variables: Mapping[str, Any], viewer: Viewer, as_of: Hashable) -> Mapping[str, Any]:
        return await page_answer(self.answering.execute_shared(query, variables, viewer, as_of))

    def attend(self, own_id: str, sign: Sign, viewer: Viewer) -> None:
        if viewer.may_read(PRESENCE):
            case, name = ids.decode_as("Case", own_id), viewer.label or viewer.name
            self.board.take(presence.Sign(case, viewer.name, name, sign.page, writing=sign.writing, left=sign.left))

    def answer(self, events: AsyncGenerator[bytes]) -> Response:
        return EventStream(events)


async def page_answer(reading: Awaitable[Executed]) -> Mapping[str, Any]:
    """Return the body of a response, or that of the refusal by which a page tells its reader what is wrong."""
    try:
        return (await reading).body
    except Customer360Error as error:
        return {"errors": [{"message": error.message, "extensions": {"code": error.code}}]}
