"""The Neo4j GraphQL library for Node on the same server and graph, asked for the same customers as the customer view.

It cannot say the newest of a customer across source records, so it answers the newest of each record; its cursors count
rows instead of naming a place, every touchpoint has one type, and amounts are minor units. Here a customer has one record.
"""

from __future__ import annotations

import subprocess
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer

from bench.figures import Figure
from bench.routes import Route, compare_throughput, compare_times, must_be_complete
from bench.servers import free_port, process
from bench.views import shuffled
from graph.local import LocalServer
from tests.peers.installed import install, node

FOLDER = Path(__file__).parent / "neo4j_graphql"
PACKAGES = ("@neo4j/graphql", "graphql-yoga", "neo4j-driver")
WARM_UP, ROUNDS = 200, 800
CLIENTS, ANSWERS = 16, 1_600
THROUGHPUT_TARGET = 5

QUERY = """
query View($id: ID!) {
  customers(where: {id: {eq: $id}}) {
    id name kana birthDate phone email
    records {
      identifiersConnection(first: 20) { edges { properties { verified } node { id kind value } } }
      ordersConnection(first: 20, sort: {node: {position: DESC}}) {
        edges { cursor node { id number position status channel total currency stores { id name }
          lines(limit: 20, sort: {number: ASC}) { number name quantity amount currency products { id name } } } }
        pageInfo { hasNextPage endCursor }
      }
      touchpointsConnection(first: 20, sort: {node: {position: DESC}}) {
        edges { cursor node { __typename id kind position channel subject text } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
"""


def asked(raw: str) -> dict[str, Any]:
    """Return the body of a request for a customer."""
    return {"query": QUERY, "variables": {"id": raw}}


@contextmanager
def library(server: LocalServer) -> Generator[Route | None]:
    """Start the library on a graph and yield its route; None, and a line that says so, where Node or its packages are not."""
    try:
        program = node()
        install(FOLDER, PACKAGES)
    except (ImportError, OSError, subprocess.CalledProcessError):
        typer.echo("The Neo4j GraphQL library is left out: there is no Node here, or npm could not install it.")
        yield None
        return
    port = free_port()
    graph = {"NEO4J_URI": server.uri, "NEO4J_USER": server.user, "NEO4J_PASSWORD": server.password}
    address = f"http://127.0.0.1:{port}"
    with process([program, FOLDER / "server.mjs"], address, graph | {"PORT": str(port), "NODE_ENV": "production"}):
        yield Route(address, "/graphql", asked)


async def compare_library(product: Route, theirs: Route, ids: Sequence[str]) -> list[Figure]:
    """Compare views one at a time and by sixteen clients at once; fewer of them than elsewhere, since these take long."""
    keys = shuffled(ids, WARM_UP + ROUNDS)
    return [
        await compare_times(
            "view_p50_vs_neo4j_graphql", product, theirs, keys, warm_up=WARM_UP, target=None, check=must_be_complete
        ),
        await compare_throughput(
            "view_throughput_16_vs_neo4j_graphql",
            product,
            theirs,
            shuffled(ids, ANSWERS),
            clients=CLIENTS,
            target=THROUGHPUT_TARGET,
        ),
    ]
