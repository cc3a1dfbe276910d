"""The page of an order: what was bought, where and how, whose it is and why, and what refers to it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from admin.pages.orders.operations import ORDER_PAGE, STORE
from admin.parts.page import Page
from admin.parts.paging import Paging, ask, paging
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering


@dataclass(frozen=True, slots=True)
class OrderPage:
    """`order` as the schema answered it, `stores` those that hand it over, by code; `paging` says which page of its lists
    this is."""

    order: Json
    stores: dict[str, Json]
    paging: Paging


async def order(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the page, or the next rows of one of its lists."""
    pages = paging(request, "lines", "interactions")
    language = rendering.language_of(request).upper()
    found = (await ask(questions, ORDER_PAGE, pages, id=request.path_params["id"], language=language))["order"]
    if found is None:
        raise Problem(404)
    stores = {code: store for code in _codes(found) if (store := (await questions.ask(STORE, code=code))["store"])}
    return rendering.page(request, "orders/order.html", OrderPage(found, stores, pages), block=pages.block)


def _codes(order: Json) -> set[str]:
    """Return the codes of the stores that hand an order over, as its source tells them."""
    return {each["storeCode"] for each in order.get("fulfillments", ()) if each.get("storeCode")}


PAGES = (Page("/orders/{id}", order),)
