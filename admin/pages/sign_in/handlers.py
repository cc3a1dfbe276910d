"""What somebody sees who is not signed in: the choice of a role, a sign-in that failed, and that they have signed out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from starlette.requests import Request
from starlette.responses import Response

from admin.parts.languages import Preferred, Words, switch
from admin.parts.questions import Problem
from admin.parts.rendering import Rendering


@dataclass(frozen=True, slots=True)
class Choice:
    """`roles` can be had, `to` is the address to go on to."""

    roles: Sequence[str]
    to: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """`address` is where signing out goes on."""

    address: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """The words say it all."""


class SignInPages:
    """Answers to requests of somebody who is not signed in."""

    def __init__(self, words: Words, preferred: Preferred, time_zone: tzinfo) -> None:
        self._rendering = Rendering(words, preferred, time_zone)

    def choose(self, request: Request, roles: Sequence[str], to: str) -> Response:
        return self._switched(request) or self._rendering.page(request, "sign_in/choose.html", Choice(roles, to))

    def refused(self, request: Request) -> Response:
        return self._rendering.page(request, "sign_in/refused.html", Nothing(), status=403)

    def away(self, request: Request) -> Response:
        return self._rendering.page(request, "sign_in/away.html", Nothing(), status=503)

    def busy(self, request: Request) -> Response:
        return self._rendering.problem(request, Problem(429))

    def signing_out(self, request: Request, address: str) -> Response:
        return self._rendering.page(request, "sign_in/signing_out.html", Leaving(address))

    def signed_out(self, request: Request) -> Response:
        return self._switched(request) or self._rendering.page(request, "sign_in/signed_out.html", Nothing())

    def _switched(self, request: Request) -> Response | None:
        return switch(request, self._rendering.words.languages)
