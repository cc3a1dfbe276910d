"""One request to an endpoint: to the address that was checked, for the name that it has, and never further by a redirect."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx2

from graph.webhooks.addresses import Target, UrlRefused
from graph.webhooks.delivery import KEPT_OF_ANSWER, REDIRECTED, REFUSED, TIMEOUT, UNREACHABLE, Tried
from graph.webhooks.guard import Guard
from graph.webhooks.ladder import asked_pause

SECONDS = 20.0
"""For how long an endpoint may take for its whole answer."""
USER_AGENT = "customer360-webhooks"


def client() -> httpx2.AsyncClient:
    """Return what sends; it keeps no connection, since one to the same address may have been made for another name.

    It takes no proxy from the environment: that would look names up by itself.
    """
    limits = httpx2.Limits(max_keepalive_connections=0)
    return httpx2.AsyncClient(limits=limits, trust_env=False, follow_redirects=False, timeout=SECONDS)


@dataclass(frozen=True, slots=True)
class Sender:
    """`seconds` is for how long an endpoint may take."""

    client: httpx2.AsyncClient
    guard: Guard
    seconds: float = SECONDS

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Tried:
        """Post a body to a URL and return how that ended; it raises nothing that the endpoint could cause."""
        clock = asyncio.get_running_loop().time
        begun = clock()
        try:
            async with asyncio.timeout(self.seconds):
                status, asked, text = await self._exchange(url, headers, body)
        except UrlRefused:
            status, asked, text = REFUSED, 0, ""
        except (TimeoutError, httpx2.TimeoutException):
            status, asked, text = TIMEOUT, 0, ""
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError):
            status, asked, text = UNREACHABLE, 0, ""
        milliseconds = round((clock() - begun) * 1_000)
        if isinstance(status, str):
            return Tried(milliseconds, failure=status)
        return Tried(milliseconds, status, text, REDIRECTED if 300 <= status < 400 else None, asked)

    async def _exchange(self, url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, float, str]:
        """Return the status, for how many seconds the endpoint does not want to be called, and the beginning of its answer."""
        target, addresses = await self.guard.passed(url)
        answer = await self._post(target, addresses, headers, body)
        try:
            asked = asked_pause(answer.headers.get("Retry-After"), datetime.now(UTC))
            return answer.status_code, asked, await _beginning(answer)
        finally:
            await answer.aclose()

    async def _post(self, target: Target, addresses: Sequence[str], headers: Mapping[str, str], body: bytes) -> httpx2.Response:
        """Return the answer of the first address that can be connected to, before its body is read."""
        for place, address in enumerate(addresses, 1):
            try:
                return await self.client.send(self._request(target, address, headers, body), stream=True)
            except (httpx2.ConnectError, httpx2.ConnectTimeout):
                if place == len(addresses):
                    raise
        raise UrlRefused("No address was let through.")

    def _request(self, target: Target, address: str, headers: Mapping[str, str], body: bytes) -> httpx2.Request:
        host = f"[{address}]" if ":" in address else address
        sent = {"Host": target.authority, "Content-Type": "application/json", "User-Agent": USER_AGENT, **headers}
        return self.client.build_request(
            "POST",
            f"{target.scheme}://{host}:{target.port}{target.path}",
            # A packed answer could be larger than it looks.
            headers={**sent, "Accept": "*/*", "Accept-Encoding": "identity"},
            content=body,
            # TLS is for the name that the endpoint was given, whatever address is connected to.
            extensions={"sni_hostname": target.host},
        )


async def _beginning(answer: httpx2.Response) -> str:
    """Return the first bytes of an answer as text; the rest is not read."""
    begun = b""
    async for part in answer.aiter_raw():
        begun += part
        if len(begun) >= KEPT_OF_ANSWER:
            break
    return begun[:KEPT_OF_ANSWER].decode("utf-8", "replace").replace("\x00", "\ufffd")
