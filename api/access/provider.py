"""The OpenID provider: what it says of itself, and the keys that it signs with."""

from __future__ import annotations

from time import monotonic
from typing import Any

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from graph.errors import ServiceUnavailable

TIMEOUT_SECONDS = 5
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
"""Signatures with a private key only: `none` and those by a shared secret are refused whatever the provider says."""
DISCOVERY = "/.well-known/openid-configuration"
REFETCH_SECONDS = 1.0


class Provider:
    """Fetched when first needed; keys are fetched again when one is unknown, at most once in REFETCH_SECONDS."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self._metadata: dict[str, Any] = {}
        self._keys: KeySet | None = None
        self._fetched = float("-inf")

    async def metadata(self) -> dict[str, Any]:
        """Return what it says of itself; raises ServiceUnavailable where it does not answer, or speaks for another issuer."""
        if not self._metadata:
            found = await fetched_json(self.issuer.rstrip("/") + DISCOVERY)
            if found.get("issuer") != self.issuer:
                raise ServiceUnavailable("The OpenID provider names another issuer than OIDC_ISSUER.")
            self._metadata = found
        return self._metadata

    async def keys(self, key_id: str | None) -> KeySet:
        """Return the keys, fetched again when none has this id."""
        known = self._keys
        if known is None or (not _has(known, key_id) and monotonic() - self._fetched >= REFETCH_SECONDS):
            self._fetched = monotonic()
            address = (await self.metadata())["jwks_uri"]
            try:
                known = self._keys = KeySet.import_key_set(await fetched_json(address))
            except (JoseError, ValueError, KeyError, TypeError):
                raise ServiceUnavailable("The OpenID provider's keys cannot be read.") from None
        return known


def _has(keys: KeySet, key_id: str | None) -> bool:
    return key_id is None or any(key.kid == key_id for key in keys.keys)


async def fetched_json(address: str) -> Any:
    try:
        async with httpx2.AsyncClient(timeout=TIMEOUT_SECONDS) as client:
            answer = await client.get(address)
            answer.raise_for_status()
            return answer.json()
    except (httpx2.HTTPError, ValueError):
        raise ServiceUnavailable("The OpenID provider does not answer. Try again in a moment.") from None
