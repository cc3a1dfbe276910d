"""One deadline for each request, whatever it asks for; who leaves before it is no longer read for."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.body_limit import STREAMED, media_type
from graph.waiting import ASKER, Asker, deadline

REQUEST_SECONDS = 60.0
"""Each query ends sooner, and so does a health check."""
KEY = "customer360.asker"
"""Where the connection finds in the scope whom to tell that its client has left."""


class Deadlines:
    """Has all that is read and written for a request end in time; a stream is as long as its client makes it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (scope["path"], media_type(scope)) in STREAMED:
            await self.app(scope, receive, send)
            return
        # Each request is a task with a context of its own, so nothing needs to be taken back.
        scope[KEY] = asker = Asker()
        ASKER.set(asker)
        with deadline(REQUEST_SECONDS):
            await self.app(scope, receive, send)


def client_left(scope: Scope) -> None:
    """Tell whoever answers this request that nobody waits for it any more."""
    if asker := asker_of(scope):
        asker.leave()


def has_left(scope: Scope) -> bool:
    asker = asker_of(scope)
    return asker is not None and asker.left


def asker_of(scope: Scope) -> Asker | None:
    return scope.get(KEY)
