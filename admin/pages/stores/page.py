"""The stores: a list of all, and the page of one with what was sold there, who came lately and who comes often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from admin.pages.stores.operations import STORE, STORES
from admin.parts.page import Page
from admin.parts.paging import Paging, ask, paging
from admin.parts.questions import Problem, Questions
from admin.parts.rendering import Rendering

ORDER_OF_KINDS = ("SHOP", "WEB", "CALL_CENTER", "WAREHOUSE", None)


@dataclass(frozen=True, slots=True)
class StoresPage:
    """`stores` are those of one page of the list, shops first, each kind by its reading."""

    stores: list[dict[str, Any]]
    following: str | None
    paging: Paging


@dataclass(frozen=True, slots=True)
class StorePage:
    """`store` as the schema answered it; `paging` says which page of its lists this is."""

    store: dict[str, Any]
    paging: Paging


async def stores(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the list."""
    pages = paging(request, "stores")
    found = (await ask(questions, STORES, pages))["stores"]
    listed = sorted((edge["node"] for edge in found["edges"]), key=_place)
    following = found["pageInfo"]["endCursor"] if found["pageInfo"]["hasNextPage"] else None
    return rendering.page(request, "stores/stores.html", StoresPage(listed, following, pages))


def _place(store: dict[str, Any]) -> tuple[int, str]:
    return ORDER_OF_KINDS.index(store["kind"]), store["kana"] or store["name"] or store["code"]


async def store(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the page, or the next rows of one of its lists."""
    pages = paging(request, "orders", "interactions", "regulars")
    language = rendering.language_of(request).upper()
    found = (await ask(questions, STORE, pages, id=request.path_params["id"], language=language))["store"]
    if found is None:
        raise Problem(404)
    return rendering.page(request, "stores/store.html", StorePage(found, pages), block=pages.block)


PAGES = (Page("/stores", stores), Page("/stores/{id}", store))
