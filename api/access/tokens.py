"""Development tokens: bearer JWTs (RFC 9068) signed with a key that never leaves this machine."""

from __future__ import annotations

import secrets
import time
from functools import lru_cache
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from graph.errors import Customer360Error
from resolvers.access.roles import Role
from resolvers.access.viewer import Viewer

ISSUER = "customer360-development"
AUDIENCE = "customer360"
LIFETIME_SECONDS = 24 * 60 * 60
ALGORITHMS = ["HS256"]
TYPES = frozenset({"at+jwt", "application/at+jwt"})
KEPT_TOKENS = 1_000
EXPIRED = "The bearer token is not valid or has expired; ask for a new one."

SCOPES = {Role.ADMIN: "events:write"}
"""Role -> what its token may do beside what its role may; the token of any other role does nothing else."""

CLAIMS = jwt.JWTClaimsRegistry(
    iss={"essential": True, "value": ISSUER},
    aud={"essential": True, "value": AUDIENCE},
    exp={"essential": True},
    sub={"essential": True},
)


class Unauthenticated(Customer360Error):
    """No token, or one that does not prove anything."""

    code = "UNAUTHENTICATED"


class Tokens:
    """Issues and verifies development tokens with one 32-byte key."""

    def __init__(self, key: bytes) -> None:
        self._key = OctKey.import_key(key)
        # A client sends one token with thousands of requests, and its signature does not change in between.
        self._checked = lru_cache(KEPT_TOKENS)(self._check)

    def issue(self, role: str, now: float | None = None) -> str:
        """Return a token of a role; it holds for a day from `now` (Unix seconds). Raises ValueError for no role of ours."""
        known = Role(role)
        issued_at = int(time.time() if now is None else now)
        claims: dict[str, Any] = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": f"development-{known.value}",
            "client_id": "customer360-command-line",
            "iat": issued_at,
            "exp": issued_at + LIFETIME_SECONDS,
            "jti": secrets.token_urlsafe(12),
            "roles": [known.value],
            "scope": SCOPES.get(known, ""),
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
        except (JoseError, ValueError) as error:
            raise Unauthenticated(EXPIRED) from error
        if str(decoded.header.get("typ", "")).lower() not in TYPES:
            raise Unauthenticated("The bearer token is not an access token (typ at+jwt).")
        claimed = frozenset(decoded.claims.get("roles", ()))
        roles = frozenset(role.value for role in Role if role in claimed)
        scopes = frozenset(str(decoded.claims.get("scope", "")).split())
        return Viewer(name=str(decoded.claims["sub"]), roles=roles, scopes=scopes), float(decoded.claims["exp"])

    def viewer_of(self, authorization: str | None) -> Viewer:
        """Return whom an Authorization header stands for; raises Unauthenticated without a bearer token."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Unauthenticated("Send a token: Authorization: Bearer TOKEN (customer360 token --role ROLE prints one).")
        return self.verify(token.strip())
