"""Secrets in a browser: the cookie of a session, and that of a sign-in under way. Only their hashes are stored."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256

from starlette.requests import HTTPConnection
from starlette.responses import Response

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class SecretCookie:
    """A cookie for the whole site, which scripts cannot read and other sites cannot send; a `secure` one by https only."""

    purpose: str
    secure: bool

    @property
    def name(self) -> str:
        # Browsers take a name with this prefix only from this very host, by https.
        return f"{'__Host-' if self.secure else ''}customer360_{self.purpose}"

    def put(self, response: Response) -> str:
        """Give the browser a new secret and return the key by which it is found."""
        secret = secrets.token_urlsafe(SECRET_BYTES)
        response.set_cookie(self.name, secret, path="/", httponly=True, samesite="lax", secure=self.secure)
        return key_of(secret)

    def key(self, request: HTTPConnection) -> str | None:
        """Return the key of the secret that a browser sends; None where it sends none."""
        secret = request.cookies.get(self.name)
        return key_of(secret) if secret else None

    def remove(self, response: Response) -> None:
        response.delete_cookie(self.name, path="/", httponly=True, samesite="lax", secure=self.secure)


def key_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
