"""What answers under /admin carry beyond the headers of the whole server, and what an unsafe request must show."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
VARY = "HX-Request, HX-History-Restore-Request, Cookie, Accept-Language"
# Under the policy no-referrer a form would be sent with `Origin: null`, and could not be told from another site's.
REFERRER_POLICY = "same-origin"


class Guard:
    """Refuses unsafe requests from other origins; a plain ASGI middleware.

    Pages are never stored (`no-store`: they show personal data), static files are asked for again by their ETag.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        static = "/static/" in scope["path"]

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Cache-Control"] = "no-cache" if static else "no-store"
                if not static:
                    headers["Vary"] = VARY
                    headers["Referrer-Policy"] = REFERRER_POLICY
            await send(message)

        app = self.app if same_origin(scope["method"], Headers(scope=scope)) else PlainTextResponse("cross-origin", 403)
        await app(scope, receive, send_guarded)


def same_origin(method: str, headers: Headers) -> bool:
    """Tell whether a request may act: safe ones always, others only when the browser says that this site sent them."""
    if method in SAFE_METHODS:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] == headers.get("host")
