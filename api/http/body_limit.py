"""How large a request body may be: told by its declared length at once, or counted while it arrives."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.errors import InvalidInput

LINES = frozenset(
    {"application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines", "application/jsonlines"}
)
"""What clients call JSON of one value a line."""
STREAMED = frozenset(("/events", media_type) for media_type in LINES)
"""(path, media type) of bodies that are taken in piece by piece, so that their whole size does not matter."""


class BodyTooLarge(InvalidInput):
    """A request body of more bytes than BODY_LIMIT."""

    code = "BODY_TOO_LARGE"


class BodyLimit:
    """Lets whoever reads a body of more than `limit` bytes get BodyTooLarge instead of the rest."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (scope["path"], media_type(scope)) in STREAMED:
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        seen = int(declared) if declared.isdecimal() and int(declared) > self.limit else 0

        async def receive_within_limit() -> Message:
            nonlocal seen
            message: Message = {} if seen > self.limit else await receive()
            seen += len(message.get("body", b""))
            if seen > self.limit:
                raise BodyTooLarge(f"The request body must not be larger than {self.limit} bytes; send it in parts.")
            return message

        await self.app(scope, receive_within_limit, send)


def media_type(scope: Scope) -> str:
    return Headers(scope=scope).get("content-type", "").partition(";")[0].strip().lower()
