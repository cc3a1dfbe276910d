"""Operations over a WebSocket. Source: the protocol graphql-transport-ws, as the package graphql-ws describes it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import Any, Protocol, cast

import orjson
import structlog
from starlette.requests import HTTPConnection
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from api.access.unauthenticated import Unauthenticated
from api.http.answering import Answering
from api.http.graphql import asked_for
from api.http.json_text import decode_plain
from api.http.languages import preferred_language
from api.http.purpose import HEADER, cut
from api.http.streaming import CHECK_SECONDS, SLOW_SECONDS, ended_by
from graph.errors import Customer360Error, ServiceUnavailable
from resolvers.access.viewer import Viewer
from resolvers.engine.errors import RequestRefused, Throttled
from resolvers.execution import Response, refusal

PROTOCOL = "graphql-transport-ws"
INIT_SECONDS = 10
MOST_OPERATIONS = 50
"""So many operations are under way at once in one connection."""
BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, OTHER_PROTOCOL = 4400, 4401, 4403, 4406
INIT_TIMEOUT, ID_IN_USE, SECOND_INIT, NOT_READING, NOT_AVAILABLE = 4408, 4409, 4429, 1008, 1013

log = structlog.stdlib.get_logger("customer360.websocket")

Json = dict[str, Any]


class Authenticate(Protocol):
    async def __call__(self, connection: HTTPConnection, authorization: str | None, *, in_use: bool = True) -> Viewer:
        """Return who asks; raises Unauthenticated. With `in_use` a session counts as used."""
        ...


class Closed(Exception):
    """The connection ends, with a code of the protocol and the reason that the client is told; None if the client has left."""

    def __init__(self, code: int | None, reason: str = "") -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def websocket_routes(answering: Answering, authenticate: Authenticate) -> list[WebSocketRoute]:
    """Return the route; `authenticate` gets the value of `Authorization` in the first message, None where it has none."""

    async def endpoint(websocket: WebSocket) -> None:
        if not of_own_page(websocket):
            await websocket.close()
            return
        offered = PROTOCOL in websocket.scope["subprotocols"]
        await websocket.accept(PROTOCOL if offered else None)
        if offered:
            await Conversation(websocket, answering, authenticate).hold()
        else:
            await websocket.close(OTHER_PROTOCOL, f"The subprotocol is {PROTOCOL}.")

    return [WebSocketRoute("/graphql", endpoint)]


def of_own_page(websocket: WebSocket) -> bool:
    """Return whether a browser says that one of our own pages asks, or no browser asks: those always send an Origin."""
    origin = websocket.headers.get("origin")
    return origin is None or origin.partition("://")[2] == websocket.headers.get("host")


class Conversation:
    """One connection, from its first message to its end."""

    def __init__(self, websocket: WebSocket, answering: Answering, authenticate: Authenticate) -> None:
        self._websocket = websocket
        self._answering = answering
        self._authenticate = authenticate
        self._viewer: Viewer | None = None
        self._begun: asyncio.Future[Viewer] = asyncio.get_running_loop().create_future()
        self._token: str | None = None
        self._operations: dict[str, asyncio.Task[None]] = {}

    async def hold(self) -> None:
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._watch())
                await self._receive(tasks)
        except* Closed as ended:
            first = next(each for each in ended.exceptions if isinstance(each, Closed))
            if first.code is not None:
                await self._websocket.close(first.code, first.reason)
        except* WebSocketDisconnect:
            pass

    async def _watch(self) -> None:
        """End a connection that does not begin, and one whose token, session or roles have ended."""
        try:
            async with asyncio.timeout(INIT_SECONDS):
                viewer = await self._begun
        except TimeoutError:
            raise Closed(INIT_TIMEOUT, "Connection initialisation timeout") from None
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            try:
                now = await self._authenticate(self._websocket, self._token, in_use=False)
            except Unauthenticated:
                now = None
            except Customer360Error:
                continue  # who asks cannot be told just now, and nothing can be read either
            if now is None or now.rights != viewer.rights:
                raise Closed(FORBIDDEN, "Your token has ended, or your roles have changed.")

    async def _receive(self, tasks: asyncio.TaskGroup) -> None:
        while True:
            message = await self._message()
            match message.get("type"):
                case "connection_init":
                    await self._begin(message)
                case "ping":
                    await self._send({"type": "pong"})
                case "pong":
                    pass
                case "subscribe":
                    self._subscribe(message, tasks)
                case "complete":
                    if (operation := self._operations.pop(str(message.get("id")), None)) is not None:
                        operation.cancel()
                case _:
                    raise Closed(BAD_REQUEST, "Invalid message received")

    async def _message(self) -> Json:
        received = await self._websocket.receive()
        if received["type"] == "websocket.disconnect":
            raise Closed(None)
        try:
            message = decode_plain((received.get("text") or "").encode())
        except ValueError:
            message = None
        if not isinstance(message, dict):
            raise Closed(BAD_REQUEST, "Invalid message received")
        return cast("Json", message)

    async def _begin(self, message: Json) -> None:
        if self._viewer is not None:
            raise Closed(SECOND_INIT, "Too many initialisation requests")
        given = message.get("payload")
        said = {name.lower(): str(value) for name, value in cast("Json", given).items()} if isinstance(given, dict) else {}
        self._token = said.get("authorization")
        try:
            viewer = await self._authenticate(self._websocket, self._token)
        except Unauthenticated as error:
            raise Closed(FORBIDDEN, error.message) from None
        except Customer360Error:
            raise Closed(NOT_AVAILABLE, "The database does not answer. Try again in a moment.") from None
        language = preferred_language(self._websocket.headers.get("accept-language"))
        self._viewer = replace(viewer, language=language, purpose=cut(said.get(HEADER, "")))
        if not self._begun.done():
            self._begun.set_result(self._viewer)
        await self._send({"type": "connection_ack"})

    def _subscribe(self, message: Json, tasks: asyncio.TaskGroup) -> None:
        key = message.get("id")
        if self._viewer is None:
            raise Closed(UNAUTHORIZED, "Unauthorized")
        if not isinstance(key, str) or not key:
            raise Closed(BAD_REQUEST, "Invalid message received")
        if key in self._operations:
            raise Closed(ID_IN_USE, f"Subscriber for {key[:60]} already exists")
        crowded = len(self._operations) >= MOST_OPERATIONS
        operation = self._operate(key, message.get("payload"), self._viewer, crowded=crowded)
        self._operations[key] = tasks.create_task(operation)

    async def _operate(self, key: str, payload: Any, viewer: Viewer, *, crowded: bool) -> None:
        """Answer one operation to its end; what refuses it ends it and nothing else."""
        try:
            async with aclosing(await self._responses(payload, viewer, crowded)) as responses:
                async for response in responses:
                    await self._send({"id": key, "type": "next", "payload": response.body})
            ending: Json = {"type": "complete"}
        except RequestRefused as refused:
            ending = {"type": "error", "payload": refusal(refused).body["errors"]}
        except ServiceUnavailable as error:
            raise Closed(NOT_AVAILABLE, error.message) from None  # clients connect again by themselves
        except Customer360Error as error:
            ending = {"type": "error", "payload": [ended_by(error)]}
        # Before it is told: a client may use the id again as soon as it hears that it is free.
        self._operations.pop(key, None)
        await self._send({"id": key, **ending})

    async def _responses(self, payload: Any, viewer: Viewer, crowded: bool) -> AsyncGenerator[Response]:
        if crowded:
            raise Throttled(f"At most {MOST_OPERATIONS} operations of one connection are under way at once.", retry_after=1)
        asked = asked_for(payload, self._answering.documents)
        return await self._answering.stream(asked.query, asked.variables, asked.operation_name, viewer)

    async def _send(self, message: Json) -> None:
        try:
            async with asyncio.timeout(SLOW_SECONDS):
                await self._websocket.send_text(orjson.dumps(message).decode())
        except TimeoutError:
            log.warning("slow_reader_closed")
            raise Closed(None) from None
        except WebSocketDisconnect:
            raise Closed(None) from None
