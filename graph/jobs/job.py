"""A job as whoever runs it sees it, and what it ends in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import orjson

WAITING, QUEUED, RUNNING, DONE, FAILED = "WAITING", "QUEUED", "RUNNING", "DONE", "FAILED"
"""For a second person; for a runner; in the hands of one; at its end, as it should be or not."""


@dataclass(frozen=True, slots=True)
class Job:
    """`about` is the raw id of the customer that it is about, `request` what was asked, `asked_by` by which account.

    `resume` is what the last step left for the one after it, None before the first; `reason` is why it was asked for.
    """

    id: str
    kind: str
    asked_by: str
    about: str | None
    request: Mapping[str, Any]
    resume: Any
    reason: str = ""

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """Return the job of a node's properties."""
        request, resume = orjson.loads(stored["request"]), orjson.loads(stored.get("resume") or "null")
        reason = stored.get("reason") or ""
        return cls(stored["id"], stored["kind"], stored["asked_by"], stored.get("about"), request, resume, reason)


@dataclass(frozen=True, slots=True)
class Finished:
    """What a job has done: `receipt` are counts by name, `file` the name of a file, which is kept for `days`."""

    receipt: Mapping[str, int]
    file: str | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of how much is done, and what the next step goes on from."""

    done: int
    total: int
    resume: Any = field(default=None)
