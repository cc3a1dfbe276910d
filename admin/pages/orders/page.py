"""The page of an order: what was bought, where and how, whose it is and why, and what refers to it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.orders.acting import act, is_unclaimed, returnable
from admin.pages.orders.operations import ORDER_PAGE, STORE
from admin.parts.acting import shops
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

    `paging` says which page of its lists this is. `unclaimed` and `returnable` are what can be picked up or come back, of an
    order with which the viewer may do so at one of `shops`; `done` names what was done, `told` says why it was not.
    """

    order: Json
    stores: dict[str, Json]
    ways: dict[str, list[Way]]
    paging: Paging
    unclaimed: bool
    returnable: list[Json]
    shops: list[Json]
    key: str
    done: str
    told: list[str]


async def order(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the page, or the next rows of one of its lists; first do what a button says."""
    told: list[str] = []
    if request.method == "POST":
        done, told = await act(request, questions, rendering.time_zone)
        if not told:
            return RedirectResponse(f"{request.url.path}?done={done}", 303)
    pages = paging(request, "lines", "interactions")
    language = rendering.language_of(request).upper()
    found = (await ask(questions, ORDER_PAGE, pages, id=request.path_params["id"], language=language))["order"]
    if found is None:
        raise Problem(404)
    stores = {code: store for code in _codes(found) if (store := (await questions.ask(STORE, code=code))["store"])}
    unclaimed = questions.viewer.may_use("pickupRequest") and is_unclaimed(found)
    back = returnable(found) if questions.viewer.may_use("orderReturn") else []
    places = await shops(questions) if unclaimed or back else []
    done = request.query_params.get("done", "")
    page = OrderPage(found, stores, _ways(found), pages, unclaimed, back, places, uuid4().hex, done, told)
    return rendering.page(request, "orders/order.html", page, block=pages.block, status=409 if told else 200)


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


PAGES = (Page("/orders/{id}", order, methods=("GET", "POST")),)
