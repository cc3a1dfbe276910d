"""A delivery: what is sent to one endpoint, under an id that stays the same however often it is tried; and how tries end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from graph.changes.following import NumberedChange
from graph.keys import opaque

QUEUED, WAITING, DELIVERED, FAILED = "QUEUED", "WAITING", "DELIVERED", "FAILED"
"""Behind an earlier one of its key; to be sent at its time; taken by the endpoint; given up."""
TEST = "webhook.test"
"""The type of a delivery that somebody asks for to see whether it arrives; it is tried once."""
KEPT_OF_ANSWER = 1_000
"""So many bytes of what an endpoint answers are kept."""
# Why an attempt failed, where the endpoint's status does not tell it.
TIMEOUT, UNREACHABLE, REFUSED, REDIRECTED = "TIMEOUT", "UNREACHABLE", "ADDRESS_REFUSED", "REDIRECTED"


@dataclass(frozen=True, slots=True)
class Message:
    """What is told, as in NumberedChange; `seq` is None where it is a test. `id` is what the consumer drops repeats by."""

    id: str
    seq: int | None
    key: str
    type: str
    refs: tuple[str, ...]
    fields: tuple[str, ...]
    at: str

    @classmethod
    def of(cls, endpoint: str, change: NumberedChange) -> Self:
        """Return the message of a change to an endpoint: the same one whenever it is made."""
        own_id = f"msg_{opaque('Webhook', endpoint, str(change.seq))}"
        return cls(own_id, change.seq, change.key, change.type, change.refs, change.fields, change.at)

    @classmethod
    def stored(cls, node: Mapping[str, Any]) -> Self:
        """Return the message of a delivery's properties."""
        refs, fields = tuple(node["refs"]), tuple(node["fields"])
        return cls(node["message"], node.get("seq"), node["key"], node["type"], refs, fields, node["at"])

    def properties(self) -> dict[str, Any]:
        told = {"seq": self.seq, "key": self.key, "type": self.type, "at": self.at}
        return {"message": self.id, **told, "refs": list(self.refs), "fields": list(self.fields)}


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery whose time has come; `tries` is how often it was tried before."""

    id: str
    tries: int
    message: Message


@dataclass(frozen=True, slots=True)
class Tried:
    """How an attempt ended. `status` is that of the answer, None where there was none; `answer` is its beginning.

    `failure` says why it failed where no status does, `asked` how many seconds the endpoint wants not to be called for.
    """

    milliseconds: int
    status: int | None = None
    answer: str = ""
    failure: str | None = None
    asked: float = 0

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300
