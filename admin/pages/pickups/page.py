"""The page of pick-ups: what waits in a store, since when and for whom, and what is done with it at the counter."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.pickups.operations import CANCEL, HAND_OVER, READY, SHELF
from admin.parts.acting import shops
from admin.parts.page import Page
from admin.parts.paging import Paging, ask, paging
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering

DOING = {"ready": ("pickupReady", READY), "cancel": ("pickupCancel", CANCEL), "hand-over": ("pickupHandOver", HAND_OVER)}
"""Button -> the mutation that it asks for."""
LONGEST = 200


@dataclass(frozen=True, slots=True)
class PickupsPage:
    """`store` as the schema answered it, None until one is chosen of `stores`.

    `done` names what was just done; `told` says why nothing was, with which pick-up `typed` was sent. `key` is that of the next
    thing that is done, `acts` whether the viewer may.
    """

    stores: list[Json]
    store: Json | None
    done: str
    told: list[str]
    typed: dict[str, str]
    key: str
    acts: bool
    paging: Paging


async def pickups(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the shelf of the store that the address names; first do what a button says."""
    if not questions.viewer.may_read("Fulfillment"):
        raise Problem(403)
    told: list[str] = []
    typed: dict[str, str] = {}
    if request.method == "POST":
        typed, told = await _do(request, questions)
        if not told:
            kept = {name: value for name, value in request.query_params.items() if name != "done"}
            address = urlencode({**kept, "done": typed["pressed"]})
            return RedirectResponse(f"{request.url.path}?{address}#pickup-{typed['pickup']}", 303)
    places = await shops(questions)
    # Who works in one store means that one.
    chosen = request.query_params.get("store", "")[:LONGEST] or (places[0]["id"] if len(places) == 1 else "")
    pages = paging(request, "pickups", store=chosen)
    store = (await ask(questions, SHELF, pages, id=chosen))["store"] if chosen else None
    if chosen and store is None:
        raise Problem(404)
    done = request.query_params.get("done", "")
    page = PickupsPage(places, store, done, told, typed, uuid4().hex, questions.viewer.may_use("pickupReady"), pages)
    return rendering.page(request, "pickups/pickups.html", page, status=409 if told else 200)


async def _do(request: Request, questions: Questions) -> tuple[dict[str, str], list[str]]:
    """Do what was pressed and return what was sent, and why it was not done; nothing where it was."""
    form = await request.form(max_files=0, max_fields=8)
    texts = {name: value.strip()[:LONGEST] for name, value in form.items() if isinstance(value, str)}
    if texts.get("pressed") not in DOING or not texts.get("pickup"):
        raise Problem(400)
    mutation, document = DOING[texts["pressed"]]
    given: Json = {"idempotencyKey": texts.get("key") or uuid4().hex, "fulfillmentId": texts["pickup"]}
    if mutation == "pickupHandOver":
        given |= {"code": texts.get("code") or None, "identityChecked": texts.get("identity") == "yes"}
    answer = (await questions.ask(document, input=given))[mutation]
    return texts, [error["message"] for error in answer["userErrors"]]


PAGES = (Page("/pickups", pickups, methods=("GET", "POST")),)
