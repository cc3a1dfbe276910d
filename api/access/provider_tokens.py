"""Access tokens of the provider: bearer JWTs by RFC 9068, of services and of people's apps."""

from __future__ import annotations

import time
from collections import OrderedDict
from hashlib import sha256

from api.access.claims import Reading
from api.access.provider import Provider
from api.access.signed import verified
from api.access.unauthenticated import EXPIRED, Unauthenticated, bearer
from resolvers.access.viewer import Viewer

TYPES = ("at+jwt", "application/at+jwt")
KEPT_TOKENS = 1_000


class ProviderTokens:
    """Verifies tokens; a client sends one with thousands of requests, so what was verified is kept until it ends."""

    def __init__(self, provider: Provider, audience: str, reading: Reading) -> None:
        self._provider = provider
        self._audience = audience
        self._reading = reading
        self._checked: OrderedDict[bytes, tuple[Viewer, float]] = OrderedDict()

    async def viewer_of(self, authorization: str | None) -> Viewer:
        """Return whom an Authorization header stands for; raises Unauthenticated without a token that holds."""
        token = bearer(authorization)
        digest = sha256(token.encode()).digest()
        if digest not in self._checked:
            claims = await verified(token, self._provider, self._audience, TYPES)
            if not isinstance(claims.get("sub"), str):
                raise Unauthenticated(EXPIRED)
            self._checked[digest] = (self._reading.viewer(claims), float(claims["exp"]))
            if len(self._checked) > KEPT_TOKENS:
                self._checked.popitem(last=False)
        viewer, ends_at = self._checked[digest]
        if ends_at <= time.time():
            raise Unauthenticated(EXPIRED)
        return viewer
