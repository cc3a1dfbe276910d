"""Whether a customer may be contacted, as pages show it: by purpose, without the channels that lead to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

NOBODY_THERE = "NO_CONTACT_POINT"


@dataclass(frozen=True, slots=True)
class ForPurpose:
    """`permissions` are ContactPermissions of one purpose, by channel."""

    purpose: str
    permissions: list[dict[str, Any]]


def by_purpose(permissions: list[dict[str, Any]]) -> list[ForPurpose]:
    """Return permissions by purpose, both in their own order."""
    found: dict[str, list[dict[str, Any]]] = {each["purpose"]: [] for each in permissions}
    for each in permissions:
        if each["reason"] != NOBODY_THERE:
            found[each["purpose"]].append(each)
    return [ForPurpose(purpose, listed) for purpose, listed in found.items()]
