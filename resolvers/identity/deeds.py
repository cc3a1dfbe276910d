"""Mutations of identity and their previews: one row each, so that no mutation comes without either preview or permission."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any

import strawberry

from graph.decisions.authorship import Authorship
from graph.decisions.outcome import Outcome
from graph.errors import Conflict, InvalidInput, NotFound
from graph.store import Store
from resolvers.access.readers import readers
from resolvers.engine.context import Context
from resolvers.engine.errors import Forbidden
from resolvers.identity.change import IdentityChange

LONGEST_REASON, LONGEST_KEY = 1_000, 200

Perform = Callable[..., Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Deed:
    """`perform(store, authorship, input, dry_run=...)` does it; `actors` are the roles that may."""

    name: str
    input: type[Any]
    perform: Perform
    actors: frozenset[str]
    description: str

    def mutation(self) -> Any:
        payload = self._payload("Payload", "What came of the mutation")
        return self._field(payload, preview=False, description=self.description)

    def preview(self) -> Any:
        payload = self._payload("Preview", "What would come of the mutation")
        return self._field(payload, preview=True, description=f"What `{self.name}` would do with this input; changes nothing.")

    def _payload(self, ending: str, description: str) -> type[IdentityChange]:
        name = self.name[0].upper() + self.name[1:] + ending
        made = type(name, (IdentityChange,), {"__annotations__": {}})
        return strawberry.type(made, name=name, description=f"{description} `{self.name}`.")

    def _field(self, payload: type[IdentityChange], *, preview: bool, description: str) -> Any:
        async def resolve(info: Any, input: Any) -> IdentityChange:  # noqa: A002 - the argument's public name
            context: Context = info.context
            if not context.viewer.roles & self.actors:
                raise Forbidden(f"Your role may not use {self.name}.")
            return await self._perform(context.store, context.viewer.name, input, payload, preview=preview)

        given = Annotated[self.input, strawberry.argument(description="What is to be done, why, and under which key.")]
        resolve.__annotations__ = {"info": strawberry.Info[Context], "input": given, "return": payload}
        return strawberry.field(resolver=resolve, description=description, directives=[readers(self.actors)])

    async def _perform(
        self, store: Store, actor: str, given: Any, payload: type[IdentityChange], *, preview: bool
    ) -> IdentityChange:
        try:
            outcome = await self.perform(store, _authorship(actor, given), given, dry_run=preview)
        except (Conflict, InvalidInput, NotFound) as error:
            return payload.refused(error)
        return payload.of(outcome, preview=preview)


def _authorship(actor: str, given: Any) -> Authorship:
    key, reason = given.idempotency_key.strip(), given.reason.strip()
    if not 0 < len(key) <= LONGEST_KEY:
        raise InvalidInput(f"An idempotency key has 1 to {LONGEST_KEY} characters.")
    if not 0 < len(reason) <= LONGEST_REASON:
        raise InvalidInput(f"Say why, in 1 to {LONGEST_REASON} characters.")
    return Authorship(actor, reason, key)
