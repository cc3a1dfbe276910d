"""Signed tokens of a provider: the signature, who issued it, for whom, and until when. Source: RFC 9068, RFC 8725."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from joserfc import jws, jwt
from joserfc.jws import JWSRegistry

from api.access.provider import ALGORITHMS, Provider
from api.access.unauthenticated import EXPIRED, UNREADABLE, Unauthenticated

LEEWAY_SECONDS = 30


async def verified(
    token: str, provider: Provider, audience: str, types: Collection[str], *, lasting: bool = True
) -> dict[str, Any]:
    """Return the claims of a token of one of the `types`; a `lasting` one must say when it ends.

    Raises Unauthenticated, which never says which check failed.
    """
    header = _header(token)
    if str(header.get("typ", "")).lower() not in types or header.get("alg") not in ALGORITHMS:
        raise Unauthenticated(EXPIRED)
    keys = await provider.keys(header.get("kid"))
    registry = jwt.JWTClaimsRegistry(
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": audience},
        exp={"essential": lasting},
        iat={"essential": True},
    )
    try:
        decoded = jwt.decode(token, keys, registry=JWSRegistry(algorithms=list(ALGORITHMS)))
        registry.validate(decoded.claims)
    except UNREADABLE:
        raise Unauthenticated(EXPIRED) from None
    return decoded.claims


def _header(token: str) -> Mapping[str, Any]:
    try:
        return jws.extract_compact(token.encode()).headers()
    except UNREADABLE:
        raise Unauthenticated(EXPIRED) from None
