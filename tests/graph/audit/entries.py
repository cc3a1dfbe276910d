"""Entries as tests make them."""

from __future__ import annotations

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
