"""The page on which a person decides: what is meant, what would come of it, why; and the decision itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.decisions import operations as deciding
from admin.parts.page import Page
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering

LONGEST_REASON = 1_000


@dataclass(frozen=True, slots=True)
class Step:
    """`asked(subject, customers)` makes the mutation's own input; `field` says what the subject in the address is."""

    name: str
    field: str
    mutation: str
    input: str
    asked: Callable[[str, list[Json]], Json]


def _both(_: str, customers: list[Json]) -> Json:
    return {"customers": customers}


def _undone(decision: str, customers: list[Json]) -> Json:
    return {"customer": customers[0], "decisionId": decision}


def _theirs(touchpoint: str, customers: list[Json]) -> Json:
    return {"customer": customers[0], "touchpointId": touchpoint}


STEPS = {
    step.name: step
    for step in (
        Step("same", "other", "customerMerge", "CustomerMergeInput", _both),
        Step("not-same", "other", "customersNotSame", "CustomersNotSameInput", _both),
        Step("undo", "decision", "customerUnmerge", "CustomerUnmergeInput", _undone),
        Step("theirs", "touchpoint", "touchpointAssign", "TouchpointAssignInput", _theirs),
    )
}


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """`customers` are those concerned, the one whose page it is first; `outcome` is what would come of it, or why not.

    `reason` and `key` are those of the form as it was sent, or a new key. `compared` are the two records of two customers
    that agree most, with their score.
    """

    step: str
    customers: list[Json]
    decision: Json | None
    touchpoint: Json | None
    compared: Json | None
    outcome: Json
    reason: str
    key: str
    refused: bool


async def decision(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Show what would come of a step; execute it when its form is sent, and go to the customer that comes of it."""
    step, subject = _named(request)
    customers = [await _customer(questions, each) for each in _concerned(request, step, subject)]
    sent = await _sent(request)
    expected = [
        {"id": each["id"], "version": _whole(sent.get(f"version{place}", str(each["version"])))}
        for place, each in enumerate(customers)
    ]
    reason, key = sent.get("reason", "").strip()[:LONGEST_REASON], sent.get("key") or uuid4().hex
    signed = {**step.asked(subject, expected), "idempotencyKey": key, "reason": reason, "dryRun": not reason}
    outcome = (await questions.ask(deciding.decided(step.mutation, step.input), input=signed))["outcome"]
    refused = bool(outcome["userErrors"])
    if reason and not refused:
        return RedirectResponse(f"/admin/customers/{_arrived(outcome, customers)}?decided={step.name}#identity", 303)
    told = await _subject(request, questions, rendering, step, subject)
    page = DecisionPage(step.name, customers, **told, outcome=outcome, reason=reason, key=key, refused=refused)
    return rendering.page(request, "decisions/decision.html", page, status=409 if refused and reason else 200)


async def _sent(request: Request) -> dict[str, str]:
    """Return the form's texts; none when the page is only asked for."""
    if request.method != "POST":
        return {}
    form = await request.form(max_files=0, max_fields=8)
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _named(request: Request) -> tuple[Step, str]:
    """Return the step and what it is about, as the address names them; raises Problem 404 for a step that there is not."""
    step = STEPS.get(request.path_params["step"])
    if step is None:
        raise Problem(404)
    return step, request.path_params["subject"]


def _concerned(request: Request, step: Step, subject: str) -> list[str]:
    return [request.path_params["id"], *([subject] if step.field == "other" else [])]


async def _customer(questions: Questions, customer: str) -> Json:
    found = (await questions.ask_of(deciding.CONCERNED, id=customer))["customer"]
    if found is None:
        raise Problem(404)
    return found


async def _subject(
    request: Request, questions: Questions, rendering: Rendering, step: Step, subject: str
) -> dict[str, Json | None]:
    """Return what the step is about beside its customers; raises Problem 404 where the address names nothing."""
    told: dict[str, Json | None] = {"decision": None, "touchpoint": None, "compared": None}
    language = rendering.language_of(request).upper()
    if step.field == "other":
        own: str = request.path_params["id"]
        found = (await questions.ask_of(deciding.COMPARED, one=own, other=subject, language=language))["whyNot"]
        told["compared"] = found and found["closest"]
    else:
        found = (await questions.ask_of(deciding.SUBJECT, id=subject, language=language))["node"]
        if not found or not found.get(step.field):
            raise Problem(404)
        told[step.field] = found
    return told


def _whole(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise Problem(400)
    return int(text)


def _arrived(outcome: Json, customers: list[Any]) -> str:
    """Return the customer to go on with: the one on the page if it is still there, else the one it was merged into."""
    there = [each["id"] for each in outcome["customers"]]
    own: str = customers[0]["id"]
    return own if own in there or not there else there[0]


PAGES = (Page("/customers/{id}/decisions/{step}/{subject}", decision, methods=("GET", "POST")),)
