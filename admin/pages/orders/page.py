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
class Way:
    """Where so many pieces of a line went: `state` of a fulfilment, None for a return, which tells whether it is `restocked`."""

    quantity: float
    state: str | None
    at: str | None
    store: Json | None
    restocked: bool = True


@dataclass(frozen=True, slots=True)
class OrderPage:
    """`order` as the schema answered it, `stores` those that hand it over, by code, `ways` where pieces went, by their line.

    `paging` says which page of its lists this is.
    """

    order: Json
    stores: dict[str, Json]
    ways: dict[str, list[Way]]
    paging: Paging


async def order(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the page, or the next rows of one of its lists."""
    pages = paging(request, "lines", "interactions")
    language = rendering.language_of(request).upper()
    found = (await ask(questions, ORDER_PAGE, pages, id=request.path_params["id"], language=language))["order"]
    if found is None:
        raise Problem(404)
    stores = {code: store for code in _codes(found) if (store := (await questions.ask(STORE, code=code))["store"])}
    return rendering.page(request, "orders/order.html", OrderPage(found, stores, _ways(found), pages), block=pages.block)


def _codes(order: Json) -> set[str]:
    """Return the codes of the stores that hand an order over, as its source tells them."""
    return {each["storeCode"] for each in order.get("fulfillments", ()) if each.get("storeCode")}


def _ways(order: Json) -> dict[str, list[Way]]:
    """Return for each line, by its id, where its pieces went and what came back of them."""
    found: dict[str, list[Way]] = {}
    for each in order.get("fulfillments", ()):
        for line in each.get("lines", ()):
            way = Way(line["quantity"], each["state"], each.get("since"), each.get("store"))
            found.setdefault(line["line"]["id"], []).append(way)
    for each in order.get("returns", ()):
        for line in each["lines"]:
            way = Way(line["quantity"], None, each["occurredAt"], each.get("store"), line["restocked"])
            found.setdefault(line["line"]["id"], []).append(way)
    return found


PAGES = (Page("/orders/{id}", order),)
