"""Signing in at an OpenID provider: the code flow with PKCE and nonce, and signing out here and there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol, cast

import httpx2
import orjson
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from admin.pages.sign_in.handlers import SignInPages
from admin.site import GUARDED
from api.access.cookies import SecretCookie
from api.access.paths import BACK_CHANNEL, CALLBACK, SIGN_IN, SIGN_OUT, SIGNED_OUT, inside
from api.access.provider import ALGORITHMS, DISCOVERY, Provider
from api.access.sessions import Sessions
from api.access.signed import verified
from api.access.unauthenticated import Unauthenticated
from api.process.rate import Rate
from api.process.settings import Settings
from graph.errors import ServiceUnavailable
from graph.sessions.sessions import Session
from graph.sessions.sign_ins import keep_sign_in, take_sign_in
from graph.store import Store

LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
Handler = Callable[[Request], Awaitable[Response]]
LOGOUT_TYPES = ("logout+jwt", "jwt", "")
FAILED = "sign_in_failed"
MOST_BEGUN, MINUTE = 600, 60
"""From one address, which can be that of a proxy before a whole company."""

log = structlog.stdlib.get_logger("customer360.access")


class Client(Protocol):
    """What we use of Authlib's client, which says little of its types."""

    server_metadata: dict[str, Any]

    async def authorize_redirect(self, request: Request, redirect_uri: str) -> Response: ...

    async def authorize_access_token(self, request: Request) -> dict[str, Any]: ...

    async def userinfo(self, *, token: Mapping[str, Any]) -> dict[str, Any]: ...

    async def create_logout_url(
        self, post_logout_redirect_uri: str, id_token_hint: str | None, *, client_id: str
    ) -> dict[str, str]: ...


class SignIn:
    """The pages of signing in by a provider; `store` keeps what must be the same when the browser comes back."""

    def __init__(self, settings: Settings, store: Store, sessions: Sessions, provider: Provider, pages: SignInPages) -> None:
        self._root = (settings.public_url or "").rstrip("/")
        self._client_id = settings.oidc_client_id or ""
        self._store = store
        self._sessions = sessions
        self._provider = provider
        self._pages = pages
        self._cookie = SecretCookie("sign_in", self._root.startswith("https:"))
        self._begun = Rate(MOST_BEGUN, MINUTE)
        secret = settings.oidc_client_secret
        self._client = cast(
            "Client",
            OAuth().register(  # pyright: ignore[reportUnknownMemberType]
                "provider",
                client_id=self._client_id,
                client_secret=None if secret is None else secret.get_secret_value(),
                server_metadata_url=provider.issuer.rstrip("/") + DISCOVERY,
                client_kwargs={"scope": "openid profile", "code_challenge_method": "S256"},
            ),
        )

    def routes(self) -> list[Route]:
        return [
            Route(SIGN_IN, self._reached(self.begin), middleware=GUARDED),
            Route(CALLBACK, self._reached(self.come_back), middleware=GUARDED),
            Route(SIGN_OUT, self.sign_out, methods=["POST"], middleware=GUARDED),
            Route(SIGNED_OUT, self.signed_out, middleware=GUARDED),
            Route(BACK_CHANNEL, self.back_channel, methods=["POST"]),
        ]

    async def begin(self, request: Request) -> Response:
        """Send the browser to the provider; what is begun is kept for a time, so nobody begins without end."""
        if self._begun.take(request.client.host if request.client else ""):
            log.warning("sign_ins_limited")
            return self._pages.busy(request)
        await self._prepared()
        request.scope["session"] = {}
        response = await self._client.authorize_redirect(request, self._root + CALLBACK)
        kept: dict[str, Any] = {"session": request.scope["session"], "to": inside(request.query_params.get("to"))}
        await keep_sign_in(self._store, self._cookie.put(response), orjson.dumps(kept).decode(), datetime.now(UTC))
        return response

    async def come_back(self, request: Request) -> Response:
        """Take the provider's answer, once, and begin a session."""
        key = self._cookie.key(request)
        kept = await take_sign_in(self._store, key, datetime.now(UTC)) if key else None
        if kept is None:
            return self._pages.refused(request)
        under_way = orjson.loads(kept)
        request.scope["session"] = under_way["session"]
        try:
            claims, id_token = await self._told(request)
        except (AuthlibBaseError, JoseError, httpx2.HTTPError, KeyError, ValueError, TypeError) as error:
            log.warning(FAILED, kind=type(error).__name__)
            return self._pages.refused(request)
        response = RedirectResponse(under_way["to"], status_code=303)
        self._cookie.remove(response)
        await self._sessions.begin(request, response, claims, id_token)
        return response

    async def sign_out(self, request: Request) -> Response:
        """End the session here, and at the provider where it can."""
        session = await self._sessions.find(request)
        # Not a redirect: browsers hold the target of a form to this site, also behind one.
        response = self._pages.signing_out(request, await self._farewell(session))
        await self._sessions.end(request, response)
        return response

    async def signed_out(self, request: Request) -> Response:
        return self._pages.signed_out(request)

    async def back_channel(self, request: Request) -> Response:
        """End the sessions that the provider says have ended there. Source: OpenID Connect Back-Channel Logout 1.0."""
        async with request.form() as form:
            token = form.get("logout_token")
        try:
            claims = await verified(str(token), self._provider, self._client_id, LOGOUT_TYPES, lasting=False)
            if not is_logout(claims):
                raise Unauthenticated("This token ends no session.")
        except Unauthenticated:
            return Response(status_code=400)
        ended = await self._sessions.end_all(provider_session=claims.get("sid"), subject=claims.get("sub"))
        log.info("signed_out_by_provider", count=ended)
        return Response(status_code=200)

    async def _farewell(self, session: Session | None) -> str:
        """Return where signing out goes on: at the provider, where it can end its own session and answers."""
        try:
            metadata = await self._prepared()
        except ServiceUnavailable:
            return SIGNED_OUT
        if session is None or not metadata.get("end_session_endpoint"):
            return SIGNED_OUT
        back = self._root + SIGNED_OUT
        return (await self._client.create_logout_url(back, session.id_token, client_id=self._client_id))["url"]

    def _reached(self, handler: Handler) -> Handler:
        """Have a page say it where the provider or the database does not answer."""

        async def endpoint(request: Request) -> Response:
            try:
                return await handler(request)
            except ServiceUnavailable:
                return self._pages.away(request)

        return endpoint

    async def _told(self, request: Request) -> tuple[Mapping[str, Any], str]:
        """Return what the provider says of who came back; raises where anything in its answer is not as it must be."""
        token = await self._client.authorize_access_token(request)
        claims = cast("dict[str, Any]", token["userinfo"])
        # Many providers say who somebody is in the ID token, and what they may do only when they are asked.
        if (await self._prepared()).get("userinfo_endpoint"):
            more = await self._client.userinfo(token=token)
            if more.get("sub") == claims["sub"]:
                claims = {**more, **claims}
        return claims, token["id_token"]

    async def _prepared(self) -> dict[str, Any]:
        """Return what the provider says of itself, with the signatures left out that anybody could make."""
        metadata = await self._provider.metadata()
        offered = cast("list[str]", metadata.get("id_token_signing_alg_values_supported") or ["RS256"])
        held = {**metadata, "id_token_signing_alg_values_supported": [name for name in offered if name in ALGORITHMS]}
        if not self._client.server_metadata:
            self._client.server_metadata.update(held, _loaded_at=0)
        return metadata


def is_logout(claims: Mapping[str, Any]) -> bool:
    events = claims.get("events")
    named = isinstance(claims.get("sid"), str) or isinstance(claims.get("sub"), str)
    return isinstance(events, dict) and LOGOUT_EVENT in events and "nonce" not in claims and named
