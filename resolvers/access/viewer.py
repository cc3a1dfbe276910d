"""Who is asking: the name, roles and scopes that a door has proved, passed down with every operation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graph.words.sentence import LOGGED
from resolvers.access.masks import HIDDEN, masked
from resolvers.access.policy import POLICY, Access, Policy
from resolvers.access.roles import OUTSIDE, READING, Role, Scope
from resolvers.access.rows import Rows
from resolvers.access.tags import Derived, FieldTag, Tag

WINDOW, WIDE_WINDOW = 200, 20_000
"""How many hits of a text are looked at: more where most of them may be withheld."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person or program that has been let in; `roles` are people's roles, `scopes` are what a program may do.

    `stores` are the codes of the stores that a person works at, `record` is the key of the source record that a customer
    has as an account, `purpose` is why they ask, where they say it, `label` is the name that somebody sees of themselves.
    `policy` says what these roles may see, `language` which one of `LANGUAGES` they read.
    """

    name: str
    roles: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    stores: frozenset[str] = frozenset()
    record: str | None = None
    purpose: str = ""
    label: str = ""
    policy: Policy = POLICY
    language: str = LOGGED

    @property
    def grants(self) -> frozenset[str]:
        """What the policy has columns for: the roles, and the scopes by which a program reads."""
        return self.roles | (self.scopes & READING)

    @property
    def rights(self) -> tuple[frozenset[str], frozenset[str], str | None, str]:
        """What decides, beside the policy, what they read: whose rights are equal sees the same."""
        return self.grants, self.stores, self.record, self.name if self.policy.asks_who(self.grants) else ""

    def access(self, tag: Tag) -> Access:
        return self.policy.access(self.grants, tag)

    def least(self, tags: Iterable[Tag]) -> Access:
        """Return how a value is seen that tells what several tags stand for."""
        return min((self.access(tag) for tag in tags), default=Access.CLEAR)

    def sees_all_of(self, tag: FieldTag) -> bool:
        return self.least(tag.tags if isinstance(tag, Derived) else (tag,)) is Access.CLEAR

    def may_read(self, type_name: str) -> bool:
        return self.policy.may_read(self.grants, type_name)

    def may_use(self, mutation: str) -> bool:
        return self.may_read(f"{mutation[0].upper()}{mutation[1:]}Payload")

    @property
    def may_explore(self) -> bool:
        """Whether they may ask for the schema, and send documents that the server does not know."""
        return Role.ADMIN in self.roles or Scope.PLAYGROUND in self.scopes

    @property
    def works_here(self) -> bool:
        """Whether a role is one within the company: customers and clients have no business on its pages."""
        return not self.roles <= OUTSIDE

    def rows_of(self, type_name: str) -> frozenset[Rows]:
        return self.policy.rows_of(self.grants, type_name)

    def reads_all(self, type_name: str) -> bool:
        return Rows.ALL in self.rows_of(type_name)

    def row_parameters(self) -> dict[str, Any]:
        """Return the parameters of the conditions of `resolvers/access/rows.py`."""
        window = WINDOW if self.reads_all("Customer") else WIDE_WINDOW
        who = {"viewer_name": self.name, "viewer_stores": sorted(self.stores), "viewer_record": self.record}
        return {**who, "viewer_window": window}

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
