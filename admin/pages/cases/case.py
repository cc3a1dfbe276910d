"""The page of a case: how it stands, what happened in it, and the forms by which somebody works on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.cases import operations
from admin.pages.cases.doing import Done, do, sent_by, texts, version
from admin.pages.cases.happened import Entry, entries
from admin.pages.cases.inbox import Choices, check, choices
from admin.pages.cases.replies import Ways, addresses, taken_back, ways_to_reply
from admin.pages.cases.ways import WAYS, Said, stepped
from admin.parts.live import stream_address
from admin.parts.paging import Paging, ask, paging
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering

OPENED, UNPROMISED = "open", "unpromised"
"""What `/cases/new` says to the page of the case that it has opened: with its promise, or without."""


@dataclass(frozen=True, slots=True)
class CasePage:
    """`case` as the schema answered it, `entries` what happened in order, `contacts` of the customer that are not in it,
    `ways` to answer them.

    `typed` are the texts of the form as they were sent, where they have not been stored; `now` is the earliest time that
    can be chosen, in the business time zone.
    """

    case: Json
    entries: list[Entry]
    contacts: list[Json]
    ways: Ways
    choices: Choices
    paging: Paging
    key: str
    done: Done | None
    typed: Mapping[str, str]
    me: str
    now: str
    live: str


async def case(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the page; do first what a button says, and go to the page as it is then."""
    check(questions)
    own_id = request.path_params["id"]
    typed = stepped(texts(await sent_by(request)))
    done: Done | None = None
    if request.method == "POST":
        if typed.get("pressed") == "unsend":
            typed = await taken_back(questions, own_id, typed)
        known = {"id": own_id, "version": version(typed.get("version", ""))}
        done = await do(questions, Said(typed, known, rendering.time_zone), typed.get("number", ""))
        unsent = done.pressed == "unsend" or (done.pressed == "take" and typed.get("text"))
        if not done.refusals and not unsent:
            return RedirectResponse(f"/admin/cases/{own_id}?done={done.pressed}", 303)
    told = request.query_params.get("done", "")
    page = await read(request, questions, rendering, done or (Done(told) if told in (*WAYS, OPENED, UNPROMISED) else None), typed)
    return rendering.page(request, "cases/case.html", page, status=409 if done and done.refusals else 200)


async def read(
    request: Request, questions: Questions, rendering: Rendering, done: Done | None = None, typed: Mapping[str, str] | None = None
) -> CasePage:
    """Read what the address names; raises Problem 404 where there is nothing that its reader may read."""
    pages = paging(request, "history")
    own_id: str = request.path_params["id"]
    pages = Paging(f"/admin/cases/{own_id}", pages.cursors, {})
    found = await ask(questions, operations.CASE, pages, id=own_id, language=rendering.language_of(request).upper())
    case: Json | None = found["case"]
    if case is None:
        raise Problem(404)
    interactions = [edge["node"] for edge in case.get("interactions", {"edges": ()})["edges"]]
    tied = {each["touchpoint"]["id"] for each in interactions if each.get("touchpoint")}
    owner: Json = case.get("contacts") or {"timeline": {"edges": []}}
    contacts: list[Json] = [edge["node"] for edge in owner["timeline"]["edges"]]
    turned = pages.turned("history")
    return CasePage(
        case,
        entries((edge["node"] for edge in case["history"]["edges"]), interactions, before_all=not turned),
        [each for each in contacts if each["id"] not in tied],
        ways_to_reply(addresses(case, interactions, found["replyChannels"]), found["replyChannels"]),
        await choices(questions),
        pages,
        uuid4().hex,
        done,
        typed or {},
        questions.viewer.name,
        f"{datetime.now(rendering.time_zone):%Y-%m-%dT%H:%M}",
        "" if turned else stream_address(f"/admin/cases/{own_id}/live", questions),
    )
