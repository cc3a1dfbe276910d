"""The button of the inbox by which employees say whether they are there for cases that are assigned automatically."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.cases.doing import LONGEST_KEY, Done, sent_by, texts
from admin.pages.cases.inbox import check, read
from admin.pages.cases.operations import document
from admin.parts.questions import Questions
from admin.parts.rendering import Rendering


async def availability(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Say so and go back to the inbox; what is refused is told there."""
    check(questions)
    told = texts(await sent_by(request))
    given = {"available": told.get("available") == "yes", "idempotencyKey": f"{told.get('key', '')[:LONGEST_KEY]}-availability"}
    done = (await questions.ask_of(document("availabilitySet"), input=given))["done"]
    if done["userErrors"]:
        refused = Done("available", (), (("", done["userErrors"][0]["message"]),))
        return rendering.page(request, "cases/inbox.html", await read(request, questions, refused), status=409)
    return RedirectResponse("/admin/cases", 303)
