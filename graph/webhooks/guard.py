"""Looks a webhook's host up and lets through only what may be sent to: when an endpoint is saved, and before each request."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from graph.webhooks.addresses import Target, UrlRefused, is_loopback, is_refused, target_of
from graph.words import Sentence

SECONDS = 5.0
"""For how long a name is looked up."""

Resolve: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]
"""`resolve(host, port)` returns all addresses of a host; it raises OSError for one that has none."""


async def resolved(host: str, port: int) -> Sequence[str]:
    """Return what the system knows as addresses of a host, in the order in which they are to be tried."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@dataclass(frozen=True, slots=True)
class Guard:
    """With `loopback`, which is for development, this machine may be sent to, also without TLS."""

    loopback: bool = False
    resolve: Resolve = resolved

    async def passed(self, url: str) -> tuple[Target, Sequence[str]]:
        """Return the parts of a URL and the addresses that its host has now; raise UrlRefused where one may not be sent to.

        Whoever sends connects to these addresses and looks up no name: it could have another answer a moment later.
        """
        target = target_of(url, loopback=self.loopback)
        try:
            async with asyncio.timeout(SECONDS):
                addresses = await self.resolve(target.host, target.port)
        except (OSError, TimeoutError, UnicodeError):
            addresses = ()
        if not addresses:
            raise UrlRefused(Sentence("refusal.WEBHOOK_HOST_UNKNOWN"))
        plain = target.scheme == "http"
        if any(is_refused(each, loopback=self.loopback) or (plain and not is_loopback(each)) for each in addresses):
            raise UrlRefused(Sentence("refusal.WEBHOOK_ADDRESS"))
        return target, addresses
