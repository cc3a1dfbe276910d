"""The route table of the admin pages, and what surrounds every handler."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from urllib.parse import urlencode

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from admin.gathered import gathered
from admin.parts.guard import Guard
from admin.parts.languages import Preferred, Words, switch
from admin.parts.live import Live, LivePage, may_follow
from admin.parts.page import Handler, Page
from admin.parts.questions import Execute, NotSignedIn, Problem, Questions, ViewerOf
from admin.parts.rendering import ROOM, Rendering, page_of, wants_fragment
from admin.parts.signs import LARGEST, sign_of
from admin.parts.streaming import events, signed_out

PAGES: tuple[Page, ...] = tuple(gathered("PAGES"))
LIVE_PAGES: tuple[LivePage, ...] = tuple(gathered("LIVE_PAGES"))
GUARDED = [Middleware(Guard)]


@dataclass(frozen=True, slots=True)
class Server:
    """What the server hands the pages: `execute(query, variables, viewer)` answers GraphQL, a page acts as whom
    `viewer_of(request, language)` tells, `live` is what the streams of open pages are made of."""

    execute: Execute
    viewer_of: ViewerOf
    live: Live


def routes(server: Server, words: Words, preferred: Preferred, time_zone: tzinfo) -> list[Route | Mount]:
    """Return the routes of the admin pages.

    Who has not signed in is sent to do so. Pages are in the `words` of the reader's language, which is the `preferred`
    one unless they have chosen, times in the business `time_zone`.
    """
    rendering = Rendering(words, preferred, time_zone)

    def page(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            try:
                if switched := switch(request, words.languages):
                    return switched
                request.state.viewer = viewer = await server.viewer_of(request, rendering.language_of(request))
                if not viewer.works_here:
                    raise Problem(403)
                questions = Questions(server.execute, viewer, server.live.newest)
                await rendering.learn_names(questions)
                return await handler(request, questions, rendering)
            except NotSignedIn:
                return to_sign_in(request)
            except Problem as problem:
                return rendering.problem(request, problem)

        return endpoint

    async def missing(request: Request) -> Response:
        return rendering.problem(request, Problem(404))

    def route(row: Page, address: str, middleware: Sequence[Middleware] = ()) -> Route:
        return Route(address, page(row.handler), methods=row.methods, middleware=middleware, max_body_size=row.largest_form)

    inside = [
        *(Route(row.path, stream(row, server, rendering)) for row in LIVE_PAGES),
        *(
            Route(row.path, signs(row, server, rendering), methods=["POST"], max_body_size=LARGEST)
            for row in LIVE_PAGES
            if row.attended
        ),
        *(route(row, row.path) for row in PAGES if row.path),
        Mount("/static", StaticFiles(directory=ROOM / "static")),
        Route("/{path:path}", missing),
    ]
    return [
        *(route(row, "/admin", GUARDED) for row in PAGES if not row.path),
        Mount("/admin", routes=inside, middleware=GUARDED),
    ]


def stream(row: LivePage, server: Server, rendering: Rendering) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers the stream of a page: that nobody has signed in is told in it too, the page stays as it is."""

    async def endpoint(request: Request) -> Response:
        try:
            language = rendering.language_of(request)
            request.state.viewer = viewer = await server.viewer_of(request, language, in_use=False)
            if not (viewer.works_here and may_follow(viewer, row)):
                raise Problem(403)
            await rendering.learn_names(Questions(server.execute, viewer))
            return server.live.answer(events(row, request, rendering, server.live, viewer))
        except NotSignedIn:
            return server.live.answer(signed_out(request, rendering))
        except Problem as problem:
            return rendering.problem(request, problem)

    return endpoint


def signs(row: LivePage, server: Server, rendering: Rendering) -> Callable[[Request], Awaitable[Response]]:
    """Return what takes the signs of life of a page, which its script sends: they are no use of the session."""

    async def endpoint(request: Request) -> Response:
        try:
            request.state.viewer = viewer = await server.viewer_of(request, rendering.language_of(request), in_use=False)
            if not (viewer.works_here and may_follow(viewer, row)):
                raise Problem(403)
            sign = await sign_of(request)
            questions = Questions(partial(server.live.execute, as_of=server.live.newest or 0), viewer)
            if await row.over(request, questions, rendering):
                raise Problem(404)
            server.live.attend(request.path_params["id"], sign, viewer)
            return Response(status_code=204)
        except NotSignedIn:
            return Response(status_code=401)
        except Problem as problem:
            return Response(status_code=problem.status)

    return endpoint


def to_sign_in(request: Request) -> Response:
    """Send the browser to sign in and back: to the page that it is on, or that it asks for."""
    address = f"/sign-in?{urlencode({'to': page_of(request)})}"
    if wants_fragment(request):
        return Response(status_code=401, headers={"HX-Redirect": address})
    return RedirectResponse(address, status_code=303)


def starting_routes(words: Words, preferred: Preferred, time_zone: tzinfo) -> list[Route | Mount]:
    """Return the routes of the admin pages while the database starts: each is a page that tries again by itself."""
    rendering = Rendering(words, preferred, time_zone)

    async def starting(request: Request) -> Response:
        return switch(request, words.languages) or rendering.starting(request)

    return [
        Mount("/admin/static", StaticFiles(directory=ROOM / "static")),
        Route("/admin", starting, methods=["GET", "POST"]),
        Route("/admin/{path:path}", starting, methods=["GET", "POST"]),
    ]
