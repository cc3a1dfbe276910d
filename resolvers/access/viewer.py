"""Who is asking: the name, roles and scopes that a door has proved, passed down with every operation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person or program that has been let in; `roles` are people's roles, `scopes` are what a program may do."""

    name: str
    roles: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
