"""The identity graph of a customer: its records, the identifiers that they hold, and who else holds these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from admin.parts.page import Page
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering

GRAPH = """
query IdentityGraph($id: ID!) {
  customer(by: {id: $id}) {
    id name kana
    identifiers(first: 20) {
      totalCount
      edges {
        node {
          identifier {
            id kind value state
            holders(first: 10) {
              totalCount edges { node { firstSeen record { id source externalId customer { id name kana } } } }
            }
          }
        }
      }
    }
  }
}
"""
PLANNED_LATER: tuple[tuple[str, dict[str, Any]], ...] = ((GRAPH, {"id": "Q3VzdG9tZXI6MA"}),)


@dataclass(frozen=True, slots=True)
class GraphPage:
    """`customer` as the schema answered it; `whole` tells whether nothing was left out."""

    customer: Json
    whole: bool


async def graph(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the page; who reads no source records gets a 403."""
    if not questions.viewer.may_read("SourceRecord"):
        raise Problem(403)
    found = (await questions.ask_of(GRAPH, id=request.path_params["id"]))["customer"]
    if found is None:
        raise Problem(404)
    lists = [found["identifiers"], *(edge["node"]["identifier"]["holders"] for edge in found["identifiers"]["edges"])]
    whole = all(len(each["edges"]) == each["totalCount"] for each in lists)
    return rendering.page(request, "graphs/graph.html", GraphPage(found, whole))


PAGES = (Page("/customers/{id}/graph", graph),)
