"""The page of a product: what it is, who bought it and who asked for it lately."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.products.holding import hold_or_release
from admin.pages.products.operations import PRODUCT
from admin.parts.acting import shops
from admin.parts.page import Page
from admin.parts.paging import Paging, ask, paging
from admin.parts.questions import Problem, Questions
from admin.parts.rendering import Rendering


@dataclass(frozen=True, slots=True)
class ProductPage:
    """`product` as the schema answered it; `paging` says which page of its lists this is.

    `stores` are those from which its stock can be seen, `store` the id of the one that is chosen, '' for none. `done`
    names what was just done there, `told` says why nothing was.
    """

    product: dict[str, Any]
    paging: Paging
    stores: dict[str, Any]
    store: str
    done: str
    key: str
    told: list[str]


async def product(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the page, or the next rows of one of its lists; first do what a button says."""
    told: list[str] = []
    if request.method == "POST":
        further, told = await hold_or_release(request, questions)
        if not told:
            return RedirectResponse(f"{request.url.path}?{further}#stock", 303)
    store = request.query_params.get("store")
    if store is None and questions.viewer.stores:
        places = await shops(questions)
        store = places[0]["id"] if len(places) == 1 else None  # who works in one store sees it from there
    store = store or ""
    pages = paging(request, "orders", "interactions", **({"store": store} if store else {}))
    language = rendering.language_of(request).upper()
    answer = await ask(questions, PRODUCT, pages, id=request.path_params["id"], language=language, store=store or None)
    found = answer["product"]
    if found is None:
        raise Problem(404)
    if "orders" in found:
        bought = [{"node": with_own_amount(edge["node"], found["sku"])} for edge in found["orders"]["edges"]]
        found |= {"orders": found["orders"] | {"edges": bought}}
    done = request.query_params.get("done", "")
    page = ProductPage(found, pages, answer["stores"], store, done, uuid4().hex, told)
    return rendering.page(request, "products/product.html", page, block=pages.block, status=409 if told else 200)


def with_own_amount(order: dict[str, Any], sku: str) -> dict[str, Any]:
    """Return an order with what was paid for one article as its total; None where its first lines do not have it."""
    lines = (line["node"] for line in order["lines"]["edges"])
    amounts = [line["amount"] for line in lines if line["sku"] == sku and "amount" in line]
    if not amounts:
        return order | {"total": None}
    whole = sum((Decimal(each["amount"]) for each in amounts), Decimal(0))
    return order | {"total": {"amount": str(whole), "currency": amounts[0]["currency"]}}


PAGES = (Page("/products/{id}", product, methods=("GET", "POST")),)
