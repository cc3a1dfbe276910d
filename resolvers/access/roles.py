"""The one list of roles and scopes, and the groups of them that a policy names."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody who has signed in is to the company."""

    ADMIN = "admin"
    STEWARD = "steward"
    CALL_CENTER = "call_center"
    STORE_STAFF = "store_staff"
    FRANCHISE_STAFF = "franchise_staff"
    ANALYST = "analyst"
    MARKETING = "marketing"
    EXPERT = "expert"
    ACCOUNT_MANAGER = "account_manager"
    CUSTOMER = "customer"
    CLIENT_CONTACT = "client_contact"


class Scope(StrEnum):
    """What a program may do; people have none."""

    EVENTS_WRITE = "events:write"
    ASSIST = "assist"
    COMMERCE = "commerce"
    PLAYGROUND = "playground"


READING = frozenset({Scope.ASSIST, Scope.COMMERCE})
"""Scopes by which a program reads: the policy has a column for each, as for a role."""
OUTSIDE = frozenset({Role.CUSTOMER, Role.CLIENT_CONTACT})
STAFF = frozenset(Role) - OUTSIDE
ADMINS = frozenset({Role.ADMIN})
STEWARDS = ADMINS | {Role.STEWARD}
OPERATORS = STEWARDS | {Role.CALL_CENTER}
IN_STORES = frozenset({Role.STORE_STAFF, Role.FRANCHISE_STAFF})
ENQUIRING = OPERATORS | IN_STORES
"""Those who look somebody up by name or number."""
COUNTING = ENQUIRING | {Role.ANALYST, Role.MARKETING}
