"""People in a browser: a session begins at sign-in, with a new secret each time, and says with every request who asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from api.access.claims import SHOWN, Reading
from api.access.cookies import SecretCookie
from api.access.unauthenticated import Unauthenticated
from graph.sessions.sessions import Session, begin_session, end_session, end_sessions_of, find_session
from graph.store import Store
from resolvers.access.roles import Scope
from resolvers.access.viewer import Viewer

KEPT_CLAIMS = ("sub", "scope", *SHOWN)
"""Beside roles and stores: what else a provider says of somebody is not kept."""
OF_PEOPLE = frozenset({Scope.PLAYGROUND})
"""The scopes that a session has: all others are what programs may do."""


class Sessions:
    """Sessions of one server; `secure` ones need https."""

    def __init__(self, store: Store, reading: Reading, *, secure: bool) -> None:
        self._store = store
        self._reading = reading
        self._cookie = SecretCookie("session", secure)

    async def begin(self, request: Request, response: Response, claims: Mapping[str, Any], id_token: str | None = None) -> None:
        """Begin a session of whom the claims stand for, in place of any that the browser had."""
        await self.end(request, response)
        kept = orjson.dumps({name: claims[name] for name in (*KEPT_CLAIMS, *self._reading.claims) if name in claims})
        session = Session(str(claims["sub"]), kept.decode(), claims.get("sid"), id_token)
        await begin_session(self._store, self._cookie.put(response), session, datetime.now(UTC))

    async def find(self, request: HTTPConnection, *, in_use: bool = True) -> Session | None:
        key = self._cookie.key(request)
        return await find_session(self._store, key, datetime.now(UTC), in_use=in_use) if key else None

    async def viewer_of(self, request: HTTPConnection, *, in_use: bool = True) -> Viewer:
        """Return who asks; raises Unauthenticated where nobody has signed in, or the session has ended.

        What a page does by itself is not `in_use`: an open stream does not keep a session from ending when idle.
        """
        session = await self.find(request, in_use=in_use)
        if session is None:
            raise Unauthenticated("Sign in to see this page.")
        viewer = self._reading.viewer(orjson.loads(session.claims))
        return replace(viewer, scopes=viewer.scopes & OF_PEOPLE)

    async def end(self, request: Request, response: Response) -> None:
        key = self._cookie.key(request)
        if key:
            await end_session(self._store, key)
            self._cookie.remove(response)

    async def end_all(self, *, provider_session: str | None, subject: str | None) -> int:
        """End what began in one session of the provider, or all of a subject, in every browser; return how many ended."""
        return await end_sessions_of(self._store, provider_session=provider_session, subject=subject)
