"""Rows of an export, read as whoever exports: masked as they see it, and nothing of what they do not read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.datasets.standing import Row
from graph.datasets.tables import CUSTOMERS
from graph.errors import Customer360Error, ServiceUnavailable
from graph.store import Store
from resolvers.access.viewer import Viewer
from resolvers.datasets.columns import FURTHER, MEMBERS, OPERATIONS, at
from resolvers.engine import cursors, ids
from resolvers.execution import Response, execute_readable
from resolvers.live.subscription import CURSOR


class NotReadable(Customer360Error):
    """The schema refused what an export asks; `code` of the answer stands in the message."""

    code = "EXPORT_NOT_READ"


@dataclass(frozen=True, slots=True)
class Rows:
    """`recorded` is awaited with each answer before it is used: what cannot be recorded is not exported."""

    store: Store
    viewer: Viewer
    recorded: Callable[[Response, Viewer], Awaitable[object]]

    async def __call__(self, table: str, raw_ids: Sequence[str]) -> Mapping[str, Row]:
        """Return the rows of things that are there and readable, by raw id; raise ServiceUnavailable, or NotReadable."""
        found: dict[str, Row] = {}
        for told in await self._asked(OPERATIONS[table], {"ids": [global_id(table, each) for each in raw_ids]}):
            raw = ids.decode(told["id"]).raw
            # Who was merged into another is answered by that one, which is a row of its own.
            if raw in raw_ids:
                await self._read_on(table, told)
                found[raw] = {**row_of(table, told), "id": global_id(table, raw)}
        return found

    async def _read_on(self, table: str, told: Any) -> None:
        """Put all that is on a row's page into it."""
        if table not in FURTHER:
            return
        name, operation = FURTHER[table]
        page = told.get(name)
        while page is not None and page["pageInfo"]["hasNextPage"]:
            asked = {"ids": [told["id"]], "after": page["pageInfo"]["endCursor"]}
            page = next((each[name] for each in await self._asked(operation, asked)), None)
            told[name]["edges"] += page["edges"] if page else []

    async def _asked(self, operation: str, variables: Mapping[str, Any]) -> list[Any]:
        response = await execute_readable(self.store, operation, variables, self.viewer)
        for error in response.body.get("errors", ()):
            code = error["extensions"]["code"]
            raise ServiceUnavailable("The database does not answer.") if code == ServiceUnavailable.code else NotReadable(code)
        await self.recorded(response, self.viewer)
        return response.body["data"]["rows"]


def row_of(table: str, told: Any) -> Row:
    return {each.name: each.form(at(told, each.path)) for each in MEMBERS[table]}


def global_id(table: str, raw: str) -> str:
    """Return the id of a row, as the `refs` of changes have it."""
    return ids.encode("Customer" if table == CUSTOMERS else "Touchpoint", raw)


def removed(table: str, raw: str) -> Row:
    return {"table": table, "id": global_id(table, raw)}


def cursor(number: int) -> str:
    """Return the cursor of the change with a number, as events have it."""
    return cursors.encode(CURSOR, str(number))
