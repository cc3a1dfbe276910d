"""Answers of the schema, each recorded before it leaves: what cannot be recorded is not told."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Hashable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

from api.http.budgets import Budgets, RequestAllowance
from api.http.bulk_reading import BulkReading
from api.http.documents import Documents
from api.process.audit_entries import entry_of
from api.telemetry.measures import GRAPHQL_ERRORS
from graph.audit.journal import Journal
from graph.audit.reasons import read_cases
from graph.cases.number import shown_number
from graph.store import Store
from resolvers.access.reads import Reads
from resolvers.access.roles import Scope
from resolvers.access.rows import Rows
from resolvers.access.tags import OF_NOBODY, Tag
from resolvers.access.viewer import Viewer
from resolvers.engine.errors import RequestRefused
from resolvers.execution import Response, execute, execute_readable
from resolvers.live.following import NO_SUBSCRIPTION, Following


@dataclass(frozen=True, slots=True)
class Answering:
    """The one way from a door to the schema; `journal` is where readings of personal data are recorded."""

    store: Store
    journal: Journal
    bulk: BulkReading
    budgets: Budgets
    documents: Documents
    following: Following

    async def execute(
        self, query: str, variables: Mapping[str, Any] | None, operation_name: str | None, viewer: Viewer, *, only_read: bool
    ) -> Response:
        """Run an operation and tell what it cost.

        Raises NotRecorded where what it told cannot be recorded, Throttled where its sender has no budget left, and
        PersistedQueryNotFound where its document has to be known and is not.
        """
        allowance = RequestAllowance(self.budgets, viewer.name, known=self.documents.knows(query, viewer))
        response = await execute(self.store, query, variables, operation_name, viewer, only_read=only_read, allowance=allowance)
        if response.executed:
            response.body["extensions"] = {"cost": self._cost(response.cost, viewer)}
        return await self._recorded(response, viewer)

    async def stream(
        self, query: str, variables: Mapping[str, Any], operation_name: str | None, viewer: Viewer
    ) -> AsyncGenerator[Response]:
        """Return the responses of any operation: those to come of a subscription, one of a query or a mutation.

        Raises RequestRefused for what cannot run, else as `execute`.
        """
        try:
            return await self._follow(query, variables, operation_name, viewer)
        except RequestRefused as refused:
            if refused.code != NO_SUBSCRIPTION:
                raise
        return once(await self.execute(query, variables, operation_name, viewer, only_read=False))

    async def _follow(
        self, query: str, variables: Mapping[str, Any], operation_name: str | None, viewer: Viewer
    ) -> AsyncGenerator[Response]:
        """Return the responses of a subscription, each recorded before it leaves."""
        allowance = RequestAllowance(self.budgets, viewer.name, known=self.documents.knows(query, viewer))
        responses = await self.following.follow(query, variables, operation_name, viewer, allowance)
        return self._recorded_each(responses, viewer)

    async def _recorded_each(self, responses: AsyncGenerator[Response], viewer: Viewer) -> AsyncGenerator[Response]:
        async with aclosing(responses):
            async for response in responses:
                yield await self._recorded(response, viewer)

    def _cost(self, cost: int, viewer: Viewer) -> dict[str, int]:
        return {"requested": cost, "limit": self.budgets.cost.most, "remaining": self.budgets.cost.remaining(viewer.name)}

    async def execute_readable(self, query: str, variables: Mapping[str, Any], viewer: Viewer) -> Response:
        """The same for a page, without the fields that its reader may not read; what pages ask of the schema is told."""
        allowance = RequestAllowance(self.budgets, viewer.name, known=True)
        exploring = replace(viewer, scopes=viewer.scopes | {Scope.PLAYGROUND})
        return await self._recorded(await execute_readable(self.store, query, variables, exploring, allowance), viewer)

    async def execute_shared(self, query: str, variables: Mapping[str, Any], viewer: Viewer, as_of: Hashable) -> Response:
        """The same as it is at `as_of` or later: read once for all whose rights are the same, recorded for each of them."""
        allowance = RequestAllowance(self.budgets, viewer.name, known=True)
        exploring = replace(viewer, scopes=viewer.scopes | {Scope.PLAYGROUND})
        response = await self.following.readings.of_page(query, variables, exploring, as_of, allowance)
        return await self._recorded(response, viewer)

    async def record_file(self, operation: str, customer: str, viewer: Viewer) -> None:
        """Record that somebody takes a file with everything that is held of a customer (its raw id), before it leaves."""
        self.bulk.require_purpose(viewer)
        everything = Reads(customers={customer}, tags=set(Tag) - OF_NOBODY)
        await self.journal.record(entry_of(self.journal, operation, everything, viewer))

    async def record_data_file(self, operation: str, job: str, viewer: Viewer) -> None:
        """Record that somebody takes the file of an export of tables, whose rows were recorded when they were read."""
        self.bulk.require_purpose(viewer)
        reads = Reads(things={("Job", job)}, tags=set(Tag) - OF_NOBODY)
        await self.journal.record(entry_of(self.journal, operation, reads, viewer))

    async def _recorded(self, response: Response, viewer: Viewer) -> Response:
        for error in response.body.get("errors", ()):
            GRAPHQL_ERRORS.labels(error["extensions"]["code"]).inc()
        if response.reads.personal:
            self.bulk.require_purpose(viewer)
            because = await self._because(response.reads, viewer)
            await self.journal.record(entry_of(self.journal, response.operation, response.reads, because))
            if response.reads.searched:
                self.bulk.note(viewer.name)
        return response

    async def _because(self, reads: Reads, viewer: Viewer) -> Viewer:
        """Return the viewer with the cases behind the purpose by which they may read what they have read, if it is by cases."""
        rows = viewer.rows_of("Customer")
        if Rows.ESCALATED not in rows or Rows.ALL in rows:
            return viewer
        cases = await read_cases(self.store, viewer.name, reads.customers, {raw for _, raw in reads.things})
        return replace(viewer, purpose=" ".join(filter(None, [viewer.purpose, ", ".join(map(shown_number, cases))])))


async def once(response: Response) -> AsyncGenerator[Response]:
    yield response
