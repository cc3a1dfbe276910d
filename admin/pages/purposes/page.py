"""Takes the reason that somebody gives for looking up very many people, and leads back to where it was asked for."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.parts.addresses import inside
from admin.parts.page import Page
from admin.parts.purpose import keep_purpose
from admin.parts.questions import Problem, Questions
from admin.parts.rendering import Rendering


async def give_purpose(request: Request, _: Questions, __: Rendering) -> Response:
    form = await request.form()
    purpose = str(form.get("purpose", "")).strip()
    if not purpose:
        raise Problem(428)
    response = RedirectResponse(inside(str(form.get("to", ""))), status_code=303)
    keep_purpose(request, response, purpose)
    return response


PAGES = (Page("/purpose", give_purpose, ("POST",)),)
