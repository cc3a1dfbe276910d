"""Entries as tests make them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.audit.entry import Entry

KEY = bytes(range(32))


def entry(number: int, **more: Any) -> Entry:
    members: dict[str, Any] = {
        "at": f"2026-04-01T10:00:{number % 60:02d}.000000Z",
        "subject": "op-1",
        "roles": ("call_center",),
        "stores": (),
        "purpose": "",
        "operation": "CustomerPage",
        "customers": (f"c-{number}",),
        "things": (),
        "tags": ("NAME", "CONTACT"),
        "searched": None,
        "request": f"{number:016x}",
    }
    return Entry(**(members | more))


def entry_of(members: Mapping[str, Any]) -> Entry:
    """Return the entry that a line of a file holds."""
    listed = {name: tuple(members[name]) for name in ("roles", "stores", "customers", "tags")}
    things = tuple((str(kind), str(raw)) for kind, raw in members["things"])
    given: dict[str, Any] = {**members, **listed, "things": things}
    return Entry(**given)
