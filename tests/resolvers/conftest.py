"""What the tests of reads share: the small town, and how to ask it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from resolvers.access.viewer import Viewer
from resolvers.execution import Response, execute
from resolvers.schema import build_schema
from tests.resolvers import small_town
from tests.resolvers.proof import Proof
from tests.resolvers.reader.answering import Reader

if TYPE_CHECKING:
    from graph.local import LocalServer
    from graph.store import Store

ADMIN = Viewer("tester", frozenset({"admin"}))
Ask = Callable[..., Awaitable[Response]]


@pytest.fixture(scope="module")
async def town(store: Store) -> Store:
    """A store with the small town in it."""
    await small_town.build(store)
    return store


@pytest.fixture
def ask(town: Store) -> Ask:
    async def asking(query: str, viewer: Viewer = ADMIN, operation_name: str | None = None, **variables: Any) -> Response:
        return await execute(town, query, variables, operation_name, viewer)

    return asking


@pytest.fixture(scope="module")
def reader(neo4j_server: LocalServer) -> Iterator[Reader]:
    """The reader that every answer of the planner must equal."""
    opened = Reader(build_schema().as_str(), neo4j_server.uri, neo4j_server.user, neo4j_server.password)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
async def proof(store: Store, reader: Reader) -> Proof:
    """The planner and the reader over the wide town."""
    return await Proof.of(store, reader)
