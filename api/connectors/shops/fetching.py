"""Thin bodies say only what has changed: the thing itself is fetched back from the shop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx2

from api.connectors.parts import Part
from graph.errors import ServiceUnavailable

TIMEOUT_SECONDS = 4
"""EC-CUBE waits for five."""
MOST_AT_ONCE = 200
"""Things of one delivery that are fetched; a change of more is for an import of the export."""


async def fetched(client: httpx2.AsyncClient, method: str, path: str, **request: Any) -> Part | None:
    """Return the JSON at an address, or None where there is nothing (any more).

    Raises ServiceUnavailable where the shop does not answer, lets nobody in or answers no JSON, so that it delivers again.
    """
    try:
        answer = await client.request(method, path, **request)
        if answer.status_code == 404:
            return None
        answer.raise_for_status()
        return Part(answer.json())
    except (httpx2.HTTPError, ValueError) as error:
        raise ServiceUnavailable(f"The shop could not be asked ({type(error).__name__}).") from None


def client_of(address: str, headers: Mapping[str, str]) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(base_url=address, headers=dict(headers), timeout=TIMEOUT_SECONDS)
