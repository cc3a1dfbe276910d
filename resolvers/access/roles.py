"""Roles, and the groups of them that types name as their readers; who is in no group of a type reads nothing of it."""

from __future__ import annotations

ADMIN = "admin"
CALL_CENTER = "call_center"
STORE_STAFF = "store_staff"
STEWARD = "steward"

STAFF = frozenset({ADMIN, CALL_CENTER, STORE_STAFF, STEWARD})
