"""Who is asking: the name, roles and scopes that a door has proved, passed down with every operation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graph.words.sentence import LOGGED
from resolvers.access.masks import HIDDEN, masked
from resolvers.access.policy import POLICY, Access, Policy
from resolvers.access.tags import Derived, FieldTag, Tag


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person or program that has been let in; `roles` are people's roles, `scopes` are what a program may do.

    `stores` are the codes of the stores that a person works at, `label` is the name that they see of themselves. `policy`
    says what these roles may see, `language` which one of `LANGUAGES` they read.
    """

    name: str
    roles: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    stores: frozenset[str] = frozenset()
    label: str = ""
    policy: Policy = POLICY
    language: str = LOGGED

    def access(self, tag: Tag) -> Access:
        return self.policy.access(self.roles, tag)

    def least(self, tags: Iterable[Tag]) -> Access:
        """Return how a value is seen that tells what several tags stand for."""
        return min((self.access(tag) for tag in tags), default=Access.CLEAR)

    def sees_all_of(self, tag: FieldTag) -> bool:
        return self.least(tag.tags if isinstance(tag, Derived) else (tag,)) is Access.CLEAR

    def may_read(self, type_name: str) -> bool:
        return self.policy.may_read(self.roles, type_name)

    def cover(self, tag: Tag, value: Any) -> Any:
        """Return a part of a derived value as this viewer sees it: a text masked or hidden, anything else null."""
        access = self.access(tag)
        if access is Access.CLEAR or value is None:
            return value
        if isinstance(value, list):
            return [self.cover(tag, each) for each in value]  # pyright: ignore[reportUnknownVariableType]
        if not isinstance(value, str):
            return None
        return masked(tag, value) if access is Access.MASKED else HIDDEN
