"""What the tests of reads share: the small town, and how to ask it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import pytest

from resolvers.execution import Response, execute
from resolvers.viewer import Viewer
from tests.resolvers import small_town

if TYPE_CHECKING:
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
