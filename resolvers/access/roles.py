"""The one list of roles, and the groups of them that a policy names."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody who has signed in is to the company."""

    ADMIN = "admin"
    CALL_CENTER = "call_center"
    STORE_STAFF = "store_staff"
    STEWARD = "steward"


class Scope(StrEnum):
    """What a program may do; people have none."""

    EVENTS_WRITE = "events:write"


STAFF = frozenset(Role)
STEWARDS = frozenset({Role.ADMIN, Role.STEWARD})
OPERATORS = STEWARDS | {Role.CALL_CENTER}
