"""The page on which a basket is changed, and offers are made and answered, with the customer at the counter or on the line."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.buying.doing import ADD, SET, Done, Pressing
from admin.pages.customers.buying import BUYING
from admin.parts.page import Page
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering

LONGEST = 300


@dataclass(frozen=True, slots=True)
class BuyingPage:
    """`buying` is what the customer means to buy by now, `sent` what was pressed, `done` what came of it; None: nothing was."""

    customer: Json
    buying: Json
    sent: dict[str, str]
    done: Done | None


async def buying(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Do what was pressed and lead back to the customer; where nothing was done, show why with how everything is by now."""
    if not questions.viewer.may_read("Offer"):
        raise Problem(403)
    own_id: str = request.path_params["id"]
    sent: dict[str, str] = {}
    done = None
    if request.method == "POST":
        form = await request.form(max_files=0, max_fields=12)
        sent = {name: value.strip()[:LONGEST] for name, value in form.items() if isinstance(value, str)}
        done = await Pressing(questions, own_id, sent, rendering.time_zone).do()
        if done == Done():
            place = "basket" if sent["pressed"] in (SET, ADD) else "offers"
            return RedirectResponse(f"/admin/customers/{own_id}#{place}", 303)
    found = (await questions.ask_of(BUYING, id=own_id, language=rendering.language_of(request).upper()))["customer"]
    if found is None:
        raise Problem(404)
    status = 200 if done is None or done.before else 422 if done.unknown else 409
    return rendering.page(request, "buying/buying.html", BuyingPage(found, found, sent, done), status=status)


PAGES = (Page("/customers/{id}/buying", buying, methods=("GET", "POST")),)
