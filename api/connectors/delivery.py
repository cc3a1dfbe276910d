"""What a provider delivers: the raw body that its signature is about, and what turns it into events."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson

from api.connectors.parts import Part
from graph.errors import Customer360Error, InvalidInput

RawEvent: TypeAlias = dict[str, Any]
Mapped: TypeAlias = list[RawEvent]


class Unverified(Customer360Error):
    """Nothing proves that a delivery is from its provider."""

    code = "UNVERIFIED"


class UnreadableDelivery(InvalidInput):
    """A verified body that is no JSON."""

    code = "INVALID_JSON"


@dataclass(frozen=True, slots=True)
class Delivery:
    """`headers` have names in lower case; `body` is as it came."""

    headers: Mapping[str, str]
    body: bytes

    def told(self) -> Part:
        """Return what the body says; raises UnreadableDelivery where it is no JSON in UTF-8."""
        try:
            return Part(orjson.loads(self.body))
        except orjson.JSONDecodeError:
            raise UnreadableDelivery("The body is no valid JSON in UTF-8.") from None


@dataclass(frozen=True, slots=True)
class Connector:
    """A provider at `/connectors/<name>`. Any of `secrets` may have signed; `read` returns events of the public contract.

    `read` returns nothing for what is of no use here, and raises ServiceUnavailable where the provider has to come again.
    """

    name: str
    secrets: tuple[str, ...]
    read: Callable[[Delivery], Awaitable[Mapped]]


def mapped_by(mapping: Callable[[Delivery], Mapped]) -> Callable[[Delivery], Awaitable[Mapped]]:
    """Return the `read` of a connector whose deliveries say everything by themselves."""

    async def read(delivery: Delivery) -> Mapped:
        return mapping(delivery)

    return read
