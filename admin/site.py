"""The route table of the admin pages, and what surrounds every handler."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import tzinfo

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from admin.gathered import gathered
from admin.parts.guard import Guard
from admin.parts.languages import Preferred, Words, switch
from admin.parts.page import Handler, Page
from admin.parts.questions import Execute, Problem, Questions, ViewerOf
from admin.parts.rendering import ROOM, Rendering

PAGES: tuple[Page, ...] = tuple(gathered("PAGES"))
LARGEST_FORM = 16_384


def routes(
    execute: Execute, viewer_of: ViewerOf, words: Words, preferred: Preferred, *, time_zone: tzinfo, exposed: bool
) -> list[Route | Mount]:
    """Return the routes of the admin pages.

    `execute(query, variables, viewer)` answers GraphQL; a page acts as whom `viewer_of(request, language)` tells, in
    the `words` of the reader's language, which is the `preferred` one unless they have chosen. Times are shown in the
    business `time_zone`.
    With `exposed` each page warns that development mode can be reached from outside.
    """
    rendering = Rendering(words, preferred, time_zone, exposed)

    def page(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            questions = Questions(execute, viewer_of(request, rendering.language_of(request)))
            try:
                await rendering.learn_names(questions)
                return switch(request, words.languages) or await handler(request, questions, rendering)
            except Problem as problem:
                return rendering.problem(request, problem)

        return endpoint

    async def missing(request: Request) -> Response:
        return rendering.problem(request, Problem(404))

    def route(row: Page, address: str, middleware: Sequence[Middleware] = ()) -> Route:
        return Route(address, page(row.handler), methods=row.methods, middleware=middleware, max_body_size=LARGEST_FORM)

    guarded = [Middleware(Guard)]
    inside = [
        *(route(row, row.path) for row in PAGES if row.path),
        Mount("/static", StaticFiles(directory=ROOM / "static")),
        Route("/{path:path}", missing),
    ]
    return [
        *(route(row, "/admin", guarded) for row in PAGES if not row.path),
        Mount("/admin", routes=inside, middleware=guarded),
    ]


def starting_routes(words: Words, preferred: Preferred, *, time_zone: tzinfo, exposed: bool) -> list[Route | Mount]:
    """Return the routes of the admin pages while the database starts: each is a page that tries again by itself."""
    rendering = Rendering(words, preferred, time_zone, exposed)

    async def starting(request: Request) -> Response:
        return switch(request, words.languages) or rendering.starting(request)

    return [
        Mount("/admin/static", StaticFiles(directory=ROOM / "static")),
        Route("/admin", starting, methods=["GET", "POST"]),
        Route("/admin/{path:path}", starting, methods=["GET", "POST"]),
    ]
