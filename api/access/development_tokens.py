"""Development tokens: bearer JWTs (RFC 9068) signed with a key that never leaves this machine."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey

from api.access.claims import Reading
from api.access.unauthenticated import EXPIRED, UNREADABLE, Unauthenticated, bearer
from api.process.local_keys import local_key
from api.process.settings import Settings
from graph.errors import Customer360Error
from resolvers.access.roles import Role, Scope
from resolvers.access.viewer import Viewer

ISSUER = "customer360-development"
AUDIENCE = "customer360"
LIFETIME_SECONDS = 24 * 60 * 60
ALGORITHMS = ["HS256"]
TYPES = frozenset({"at+jwt", "application/at+jwt"})
KEPT_TOKENS = 1_000
SCOPES = {Role.ADMIN: (Scope.EVENTS_WRITE,)}
"""Role -> what its token may do beside what its role may; the token of any other role does nothing else but explore."""

READING = Reading(customer="customer", customer_source="/ec")
OF_TOWN: Mapping[Role, Mapping[str, Any]] = {
    Role.STORE_STAFF: {"stores": ["ginza"]},
    Role.FRANCHISE_STAFF: {"stores": ["shibuya"]},
    Role.CUSTOMER: {"customer": "U1001"},
}
"""Where those of the demo town work who work in a store, and the web account of its customer."""

CLAIMS = jwt.JWTClaimsRegistry(
    iss={"essential": True, "value": ISSUER},
    aud={"essential": True, "value": AUDIENCE},
    exp={"essential": True},
    sub={"essential": True},
)


class NotForDevelopment(Customer360Error):
    """A provider issues the tokens of this server."""

    code = "NOT_FOR_DEVELOPMENT"


def development_tokens(settings: Settings) -> Tokens:
    """Return the tokens of this machine; raises NotForDevelopment where a provider issues them."""
    if not settings.for_development:
        raise NotForDevelopment("OIDC_ISSUER is set: ask that provider for a token. Tokens of this machine are not accepted.")
    return Tokens(local_key(settings.data_folder, "tokens"))


class Tokens:
    """Issues and verifies development tokens with one 32-byte key."""

    def __init__(self, key: bytes) -> None:
        self._key = OctKey.import_key(key)
        # A client sends one token with thousands of requests, and its signature does not change in between.
        self._checked = lru_cache(KEPT_TOKENS)(self._check)

    def issue(self, role: str, now: float | None = None, beside: Mapping[str, Any] | None = None) -> str:
        """Return a token of a role; it holds for a day from `now` (Unix seconds), with the claims `beside`.

        Raises ValueError for no role of ours.
        """
        known = Role(role)
        issued_at = int(time.time() if now is None else now)
        claims: dict[str, Any] = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            **claims_of(known),
            **(beside or {}),
            "client_id": "customer360-command-line",
            "iat": issued_at,
            "exp": issued_at + LIFETIME_SECONDS,
            "jti": secrets.token_urlsafe(12),
            "scope": " ".join([Scope.PLAYGROUND, *SCOPES.get(known, ())]),
        }
        return jwt.encode({"alg": ALGORITHMS[0], "typ": "at+jwt"}, claims, self._key, algorithms=ALGORITHMS)

    def verify(self, token: str) -> Viewer:
        """Return whom the token stands for; raises Unauthenticated and never says which check failed."""
        viewer, expires_at = self._checked(token)
        if expires_at <= time.time():
            raise Unauthenticated(EXPIRED)
        return viewer

    def _check(self, token: str) -> tuple[Viewer, float]:
        """Return whom the token stands for and until when (Unix seconds)."""
        try:
            decoded = jwt.decode(token, self._key, algorithms=ALGORITHMS)
            CLAIMS.validate(decoded.claims)
        except UNREADABLE as error:
            raise Unauthenticated(EXPIRED) from error
        if str(decoded.header.get("typ", "")).lower() not in TYPES:
            raise Unauthenticated("The bearer token is not an access token (typ at+jwt).")
        return READING.viewer(decoded.claims), float(decoded.claims["exp"])

    async def viewer_of(self, authorization: str | None) -> Viewer:
        """Return whom an Authorization header stands for; raises Unauthenticated without a bearer token."""
        return self.verify(bearer(authorization))


def claims_of(role: Role) -> dict[str, Any]:
    """Return what a provider would say of somebody of a role."""
    of_town = OF_TOWN.get(role, {})
    return {"sub": f"development-{role.value}", "roles": [role.value], "scope": Scope.PLAYGROUND, **of_town}
