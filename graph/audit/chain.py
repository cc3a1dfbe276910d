"""A chain of lines: each carries a keyed hash of itself and of the one before it, so that none changes or goes unseen.

Source: the hash chains of Schneier and Kelsey, "Secure Audit Logs to Support Computer Forensics" (1999), with one key.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, cast

import orjson

from graph.audit.entry import written

BEGINNING = "0" * 64
"""What stands for the line before the first."""
HASH = "hash"


class Broken(Exception):
    """The chain does not hold at a line, counted from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def linked(key: bytes, before: str, members: Mapping[str, Any]) -> tuple[bytes, str]:
    """Return the line of an entry, with its end, and its hash."""
    own = {"before": before, **members}
    digest = hmac.digest(key, written(own), sha256).hex()
    return written({**own, HASH: digest}) + b"\n", digest


def checked(key: bytes, lines: Iterable[bytes], before: str = BEGINNING) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the members of each line with its hash; raise Broken at the first that was changed, or follows one that is gone."""
    for number, line in enumerate(lines, 1):
        members = _members(line)
        told = members.pop(HASH, None) if members else None
        if members is None or members.get("before") != before:
            raise Broken(number)
        digest = hmac.digest(key, written(members), sha256).hex()
        if not line.endswith(b"\n") or not isinstance(told, str) or not hmac.compare_digest(digest, told):
            raise Broken(number)
        before = digest
        members.pop("before")
        yield members, digest


def _members(line: bytes) -> dict[str, Any] | None:
    try:
        members = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    # What is written otherwise than we write it was not written by us.
    ours = isinstance(members, dict) and written(cast("dict[str, Any]", members)) + b"\n" == line
    return cast("dict[str, Any]", members) if ours else None
