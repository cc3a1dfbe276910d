"""What a provider says of somebody, read into a viewer: which claims hold what is a setting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from api.process.settings import Settings
from graph.keys import scoped
from resolvers.access.roles import OUTSIDE, READING, STAFF, Role
from resolvers.access.viewer import Viewer

Claims = Mapping[str, Any]
FIELD_SEPARATOR = "."
SHOWN = ("name", "preferred_username")
"""Claims by which somebody is called, the first of them that is there."""


@dataclass(frozen=True, slots=True)
class Reading:
    """`roles`, `stores` and `customer` are names of claims, `names` maps the provider's names of roles to ours.

    `customer` names an account in `customer_source`: who has one, and no role in the company, asks as the customer whose
    source record that is. Who has such a role, or a scope by which programs read, is neither customer nor client.
    """

    roles: str = "roles"
    stores: str = "stores"
    names: Mapping[str, str] | None = None
    customer: str | None = None
    customer_source: str = ""

    @classmethod
    def of(cls, settings: Settings) -> Reading:
        source = settings.customer_source or ""
        return cls(settings.roles_claim, settings.stores_claim, settings.role_names, settings.customer_claim, source)

    @property
    def claims(self) -> frozenset[str]:
        """Return the names of the claims that are read, those with a dot in the name and the objects that it may lead into."""
        paths = [path for path in (self.roles, self.stores, self.customer) if path]
        return frozenset([*paths, *(path.partition(FIELD_SEPARATOR)[0] for path in paths)])

    def viewer(self, claims: Claims) -> Viewer:
        """Return whom the claims stand for; what is no role of ours is passed over."""
        names = self.names or {}
        named = {names.get(name, name) for name in texts(claims, self.roles)}
        scopes = frozenset(str(claims.get("scope") or "").split())
        roles = frozenset(role for role in Role if role in named)
        inside = not roles.isdisjoint(STAFF) or not scopes.isdisjoint(READING)
        if inside:
            roles -= OUTSIDE
        accounts = frozenset[str]() if inside or not self.customer else texts(claims, self.customer)
        return Viewer(
            name=str(claims["sub"]),
            roles=frozenset(role.value for role in (roles | {Role.CUSTOMER} if accounts else roles)),
            scopes=scopes,
            stores=texts(claims, self.stores),
            record=scoped(self.customer_source, next(iter(accounts))) if len(accounts) == 1 else None,
            label=next((str(claims[name]) for name in SHOWN if claims.get(name)), ""),
        )


def texts(claims: Claims, path: str) -> frozenset[str]:
    """Return the texts of a claim, which may be one text or a list; the path leads into objects where no claim has all of it."""
    found = claims.get(path)
    if found is None:
        outer, _, inner = path.partition(FIELD_SEPARATOR)
        nested = claims.get(outer)
        return texts(cast("Claims", nested), inner) if inner and isinstance(nested, Mapping) else frozenset()
    given = cast("list[Any]", found) if isinstance(found, list) else [found]
    return frozenset(text for text in given if isinstance(text, str))
