"""Signing in for development: on loopback only, by choosing which role to have; tokens are signed by a local key."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from admin.pages.sign_in.handlers import SignInPages
from admin.site import GUARDED
from api.access.development_tokens import claims_of
from api.access.paths import SIGN_IN, SIGN_OUT, SIGNED_OUT, inside
from api.access.sessions import Sessions
from resolvers.access.roles import STAFF, Role

OFFERED = tuple(role for role in Role if role in STAFF)
"""Customers and clients have no business on the pages; they come with tokens."""


class DevelopmentSignIn:
    """The pages of choosing a role, and of giving it back."""

    def __init__(self, sessions: Sessions, pages: SignInPages) -> None:
        self._sessions = sessions
        self._pages = pages

    def routes(self) -> list[Route]:
        return [
            Route(SIGN_IN, self.choose, middleware=GUARDED),
            Route(SIGN_IN, self.begin, methods=["POST"], middleware=GUARDED),
            Route(SIGN_OUT, self.sign_out, methods=["POST"], middleware=GUARDED),
            Route(SIGNED_OUT, self.signed_out, middleware=GUARDED),
        ]

    async def choose(self, request: Request) -> Response:
        return self._pages.choose(request, [role.value for role in OFFERED], inside(request.query_params.get("to")))

    async def begin(self, request: Request) -> Response:
        """Begin a session in the role that was chosen; what is no role gets the choice again."""
        async with request.form() as form:
            chosen, to = str(form.get("role")), inside(str(form.get("to")))
        if chosen not in list(Role):
            return await self.choose(request)
        response = RedirectResponse(to, status_code=303)
        await self._sessions.begin(request, response, claims_of(Role(chosen)))
        return response

    async def sign_out(self, request: Request) -> Response:
        response = RedirectResponse(SIGNED_OUT, status_code=303)
        await self._sessions.end(request, response)
        return response

    async def signed_out(self, request: Request) -> Response:
        return self._pages.signed_out(request)
