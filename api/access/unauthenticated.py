"""Nobody is known to be asking: no token, or one that does not prove anything."""

from __future__ import annotations

from joserfc.errors import JoseError

from graph.errors import Customer360Error

EXPIRED = "The bearer token is not valid or has expired; ask for a new one."
UNREADABLE = (JoseError, ValueError, TypeError, RecursionError)
"""What reading a token can raise: its header and claims are JSON of any shape."""


class Unauthenticated(Customer360Error):
    """No token, or one that does not prove anything; the message never says which check failed."""

    code = "UNAUTHENTICATED"


def bearer(authorization: str | None) -> str:
    """Return the token of an Authorization header; raises Unauthenticated where it has none."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated("Send an access token: Authorization: Bearer TOKEN.")
    return token.strip()
