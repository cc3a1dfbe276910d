"""What tests of the graph share: a line to the server that fails on command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fault_proxy import FaultProxy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from graph.local import LocalServer


@pytest.fixture
async def proxy(neo4j_server: LocalServer) -> AsyncIterator[FaultProxy]:
    async with FaultProxy(neo4j_server.run.port) as running:
        yield running
