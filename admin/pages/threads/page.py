"""The page of a thread: one conversation in the order of time, why each part is in it, and the forms that tie and untie."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.threads.operations import KINDS, PLANNED_LATER, RECENT, THREAD_PAGE, TIE, UNTIE
from admin.parts.page import Page
from admin.parts.paging import Paging, ask, paging
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering

__all__ = ["PAGES", "PLANNED_LATER"]

SENT = ("pressed", "touchpoint", "to", "version", "key", "reason")


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """`customers` are those of its parts, each once. `others` are contacts to tie, for who may.

    `told` says why nothing was done.
    """

    thread: Json
    paging: Paging
    customers: list[Json]
    others: list[Json]
    may_tie: bool
    told: list[str]
    key: str


async def thread(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the page, or the next parts of it; a form is carried out, and leads back here."""
    language = rendering.language_of(request).upper()
    told: list[str] = []
    if request.method == "POST":
        told = await _done(request, questions)
        if not told:
            return RedirectResponse(request.url.path, 303)
    pages = paging(request, "parts")
    found = (await ask(questions, THREAD_PAGE, pages, id=request.path_params["id"], language=language))["node"]
    if not found:
        raise Problem(404)
    customers = list({each["id"]: each for part in _parts(found) if (each := part["touchpoint"].get("customer"))}.values())
    may_tie = questions.viewer.may_use("threadTie")
    others = await _others(questions, found, customers, language) if may_tie and not pages.turned("parts") else []
    page = ThreadPage(found, pages, customers, others, may_tie, told, uuid4().hex)
    return rendering.page(request, "threads/thread.html", page, block=pages.block, status=409 if told else 200)


async def _done(request: Request, questions: Questions) -> list[str]:
    """Carry out what a form asks for; return why it was refused, nothing when it was done."""
    if not questions.viewer.may_use("threadTie"):
        raise Problem(403)
    form = await request.form(max_files=0, max_fields=12)
    sent = {name: value.strip() for name in SENT if isinstance(value := form.get(name), str)}
    version = sent.get("version", "")
    if not version.isdecimal() or len(version) > 9 or sent.get("pressed") not in ("tie", "untie"):
        raise Problem(400)
    about = {"touchpointId": sent.get("touchpoint", ""), "version": int(version), "reason": sent.get("reason") or None}
    own: Json = {"idempotencyKey": sent.get("key", "")[:200], **about}
    if sent["pressed"] == "tie":
        answer = (await questions.ask(TIE, input={**own, "toTouchpointId": sent.get("to", "")}))["threadTie"]
    else:
        answer = (await questions.ask(UNTIE, input=own))["threadUntie"]
    return [error["message"] for error in answer["userErrors"]]


async def _others(questions: Questions, found: Json, customers: list[Json], language: str) -> list[Json]:
    """Return recent contacts of the first customer that are not in this thread."""
    if not customers:
        return []
    asked = await questions.ask(RECENT, id=customers[0]["id"], kinds=KINDS, language=language)
    edges: list[Json] = asked["customer"]["timeline"]["edges"] if asked["customer"] else []
    contacts = (edge["node"] for edge in edges)
    return [each for each in contacts if each["thread"] is None or each["thread"]["id"] != found["id"]]


def _parts(found: Json) -> list[Json]:
    return [edge["node"] for edge in found["parts"]["edges"]]


PAGES = (Page("/threads/{id}", thread, methods=("GET", "POST")),)
