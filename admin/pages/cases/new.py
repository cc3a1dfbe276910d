"""Opening a case: for a customer, for an interaction, or as a request of a store, with an owner and a promised date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.cases import operations
from admin.pages.cases.case import OPENED, UNPROMISED
from admin.pages.cases.doing import LONGEST_KEY, sent_by, texts
from admin.pages.cases.inbox import Choices, choices
from admin.pages.cases.ways import Said
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering

OPENED_FOR = {"customer": "customerId", "touchpoint": "touchpointId", "store": "storeId"}
TOLD = ("subject", "priority", "topic", "team", "assignee", "note")


@dataclass(frozen=True, slots=True)
class NewCase:
    """`customer` and `touchpoint` are what it is opened for; `typed` is the form as sent, `refusal` why it was not done."""

    customer: Json | None
    touchpoint: Json | None
    choices: Choices
    typed: Mapping[str, str]
    key: str
    now: str
    refusal: str | None


async def new(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the form for what the address names; open the case when it is sent, and go to its page."""
    if not questions.viewer.may_use("caseOpen"):
        raise Problem(403)
    typed = texts(await sent_by(request))
    key, refusal = typed.get("key", "")[:LONGEST_KEY] or uuid4().hex, None
    if request.method == "POST":
        said = Said(typed, {}, rendering.time_zone)
        opened, refusal = await _open(questions, said, key)
        if opened:
            done = OPENED if await _promised(questions, said, opened, key) else UNPROMISED
            return RedirectResponse(f"/admin/cases/{opened}?done={done}", 303)
    asked = typed or {name: request.query_params.get(name, "") for name in OPENED_FOR}
    touchpoint = await _touchpoint(request, questions, rendering, asked.get("touchpoint", ""))
    owner: Json | None = touchpoint["customer"] if touchpoint else None
    customer = await _customer(questions, asked.get("customer") or (owner["id"] if owner else ""))
    now = f"{datetime.now(rendering.time_zone):%Y-%m-%dT%H:%M}"
    page = NewCase(customer, touchpoint, await choices(questions), asked, key, now, refusal)
    return rendering.page(request, "cases/new.html", page, status=422 if refusal else 200)


async def _open(questions: Questions, said: Said, key: str) -> tuple[str | None, str | None]:
    """Return the id of the new case, or why there is none."""
    given = {member: said[name] for name, member in OPENED_FOR.items() if said[name]}
    given |= {name: said[name] for name in TOLD if said[name]}
    said.time("promise_due")  # refused before anything is opened
    input_ = {"subject": "", **given, "another": said["another"] == "yes", "idempotencyKey": key}
    done = (await questions.ask_of(operations.document("caseOpen", "case { id }"), input=input_))["done"]
    if done["userErrors"]:
        return None, done["userErrors"][0]["message"]
    return done["case"]["id"], None


async def _promised(questions: Questions, said: Said, case: str, key: str) -> bool:
    """Promise the subject of a new case by the time that is told, if one is; return whether nothing spoke against it."""
    due = said.time("promise_due")
    if due is None:
        return True
    owner = {"owner": said["assignee"]} if said["assignee"] else {}
    promise = {"case": {"id": case}, "text": said["subject"], "dueAt": due, "idempotencyKey": f"{key}-promise", **owner}
    return not (await questions.ask(operations.document("promiseMake"), input=promise))["done"]["userErrors"]


async def _customer(questions: Questions, own_id: str) -> Json | None:
    if not own_id:
        return None
    found = (await questions.ask_of(operations.FOR_CUSTOMER, id=own_id))["customer"]
    if found is None:
        raise Problem(404)
    return found


async def _touchpoint(request: Request, questions: Questions, rendering: Rendering, own_id: str) -> Json | None:
    if not own_id:
        return None
    language = rendering.language_of(request).upper()
    found = (await questions.ask_of(operations.FOR_TOUCHPOINT, id=own_id, language=language))["node"]
    if not found or "kind" not in found:
        raise Problem(404)
    return found
