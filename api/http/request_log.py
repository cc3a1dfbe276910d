"""One log line for each request, and a request id that ties it to every other line and to the answer."""

from __future__ import annotations

import asyncio
import secrets
import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.deadlines import has_left
from api.http.errors import defect_answer, ending_answer
from api.process.log_format import REQUEST_ID, places

log = structlog.stdlib.get_logger("customer360.http")

UNKNOWN_PATH = "unknown"
NOT_FOUND = (400, 404)
CLIENT_LEFT = 499
"""Stands in the log for a request whose client did not wait for its answer."""
QUIET_PATHS = ("/livez", "/readyz", "/admin/static/")
SIGNS = ("POST", 204, "/live")
"""Method, status and end of the path of what open pages say every few seconds."""


class RequestLog:
    """Logs method, path, status and milliseconds; never a query string, a header or a body.

    What nobody foresaw is answered here without its text, and logged as its type and place only: its text can
    hold anything, a customer's number among it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def _conversation(self, request_id: str, scope: Scope, receive: Receive, send: Send) -> None:
        REQUEST_ID.set(request_id)
        started = time.perf_counter()
        try:
            await self.app(scope, receive, send)
        except Exception as defect:  # the server ends the connection
            log.error("defect", kind=type(defect).__name__, places=places(defect))
        finally:
            log.info("conversation", path=path_of(scope), milliseconds=since(started))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = secrets.token_hex(8)
        if scope["type"] == "websocket":
            await self._conversation(request_id, scope, receive, send)
            return
        status = 0
        started = time.perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message.setdefault("headers", []).append((b"x-request-id", request_id.encode()))
            await send(message)

        # Each request is a task with a context of its own, so nothing needs to be taken back.
        REQUEST_ID.set(request_id)
        try:
            await self.app(scope, receive, send_with_id)
        except asyncio.CancelledError:
            if has_left(scope):
                status = CLIENT_LEFT
            elif not status:
                # The server stops and has waited as long as it does.
                await ending_answer()(scope, receive, send_with_id)
        except Exception as defect:  # the last one to catch anything
            log.error("defect", kind=type(defect).__name__, places=places(defect))
            if status:
                raise ConnectionError("The answer was cut.") from None
            await defect_answer()(scope, receive, send_with_id)
        finally:
            if not is_quiet(scope, status):
                path = path_of(scope, status)
                log.info("request", method=scope["method"], path=path, status=status, milliseconds=since(started))


def is_quiet(scope: Scope, status: int) -> bool:
    """Tell whether a request is one of many that say nothing but that all is well."""
    method, told, end = SIGNS
    is_sign = (scope["method"], status) == (method, told) and scope["path"].endswith(end)
    return is_sign or scope["path"].startswith(QUIET_PATHS)


def path_of(scope: Scope, status: int = 200) -> str:
    """Return the path without what somebody may have typed into it, such as a telephone number: no page or thing has that."""
    typed = scope.get("path_params", {})
    if "endpoint" not in scope or "path" in typed:
        return UNKNOWN_PATH
    path: str = scope["path"]
    for name, value in typed.items() if status in NOT_FOUND else ():
        path = path.replace(f"/{value}", f"/{{{name}}}")
    return path


def since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
