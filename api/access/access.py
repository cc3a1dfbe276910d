"""Who may come in, by either door: a bearer token, or the session of a browser."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from starlette.requests import HTTPConnection, Request
from starlette.routing import Route

from admin.pages.sign_in.handlers import SignInPages
from admin.parts.purpose import purpose_of
from admin.parts.questions import NotSignedIn, Problem
from api.access.claims import Reading
from api.access.development import DevelopmentSignIn
from api.access.development_tokens import READING, development_tokens
from api.access.provider import Provider
from api.access.provider_tokens import ProviderTokens
from api.access.sessions import Sessions
from api.access.sign_in import SignIn
from api.access.unauthenticated import Unauthenticated
from api.process.settings import Settings
from graph.errors import ServiceUnavailable
from graph.store import Store
from resolvers.access.viewer import Viewer


class BearerTokens(Protocol):
    async def viewer_of(self, authorization: str | None) -> Viewer:
        """Return whom an Authorization header stands for; raises Unauthenticated without a token that holds."""
        ...


class SigningIn(Protocol):
    def routes(self) -> list[Route]: ...


@dataclass(frozen=True, slots=True)
class Access:
    """`by_token` is for programs, `by_page` for people's pages, and `by_either` for what both ask.

    Who asks only by a stream that is open, without anybody doing anything, does not have their session `in_use`.
    """

    tokens: BearerTokens
    sessions: Sessions
    signing_in: SigningIn

    async def by_token(self, request: Request) -> Viewer:
        return await self.tokens.viewer_of(request.headers.get("authorization"))

    async def by_page(self, request: Request, language: str, *, in_use: bool = True) -> Viewer:
        try:
            viewer = await self.sessions.viewer_of(request, in_use=in_use)
            return replace(viewer, language=language, purpose=purpose_of(request))
        except Unauthenticated:
            raise NotSignedIn from None
        except ServiceUnavailable:
            raise Problem(503) from None

    async def by_socket(self, connection: HTTPConnection, authorization: str | None, *, in_use: bool = True) -> Viewer:
        """The same for a WebSocket, whose token is not in a header: a browser's Origin says whose page has opened it."""
        if authorization is None and "origin" in connection.headers:
            return await self.sessions.viewer_of(connection, in_use=in_use)
        return await self.tokens.viewer_of(authorization)

    async def by_either(self, request: Request, *, in_use: bool = True) -> Viewer:
        """A session counts only in a request that the browser says one of our own pages has sent."""
        if "authorization" not in request.headers and request.headers.get("sec-fetch-site") == "same-origin":
            return await self.sessions.viewer_of(request, in_use=in_use)
        return await self.by_token(request)


def access_by(settings: Settings, store: Store, pages: SignInPages) -> Access:
    """Return the way in by the provider of the settings, or the one for development where they name none."""
    if settings.oidc_issuer is None:
        sessions = Sessions(store, READING, secure=False)
        return Access(development_tokens(settings), sessions, DevelopmentSignIn(sessions, pages))
    provider, reading = Provider(settings.oidc_issuer), Reading.of(settings)
    sessions = Sessions(store, reading, secure=(settings.public_url or "").startswith("https:"))
    tokens = ProviderTokens(provider, settings.oidc_audience, reading)
    return Access(tokens, sessions, SignIn(settings, store, sessions, provider, pages))
