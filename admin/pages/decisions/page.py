"""The page on which a person decides: what is meant, what would come of it, why; and the deed itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.decisions import operations as deciding
from admin.parts.languages import reader_language
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering

LONGEST_REASON = 1_000
REHEARSED = "(preview)"


@dataclass(frozen=True, slots=True)
class Deed:
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


DEEDS = {
    deed.name: deed
    for deed in (
        Deed("same", "other", "customerMerge", "CustomerMergeInput", _both),
        Deed("not-same", "other", "customersNotSame", "CustomersNotSameInput", _both),
        Deed("undo", "decision", "customerUnmerge", "CustomerUnmergeInput", _undone),
        Deed("theirs", "touchpoint", "touchpointAssign", "TouchpointAssignInput", _theirs),
    )
}


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """`customers` are those concerned, the one whose page it is first; `outcome` is what would come of it, or why not.

    `reason` and `key` are those of the form as it was sent, or a new key. `compared` are the two records of two customers
    that agree most, with their score.
    """

    deed: str
    customers: list[Json]
    decision: Json | None
    touchpoint: Json | None
    compared: Json | None
    outcome: Json
    reason: str
    key: str
    refused: bool


async def decision(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Show what would come of a deed; carry it out when its form is sent, and go to the customer that comes of it."""
    deed, subject = _named(request)
    customers = [await _customer(questions, each) for each in _concerned(request, deed, subject)]
    sent = await _sent(request)
    expected = [
        {"id": each["id"], "version": _whole(sent.get(f"version{place}", str(each["version"])))}
        for place, each in enumerate(customers)
    ]
    reason, key = sent.get("reason", "").strip()[:LONGEST_REASON], sent.get("key") or uuid4().hex
    signed = {**deed.asked(subject, expected), "idempotencyKey": key, "reason": reason or REHEARSED}
    operation = deciding.carried_out if reason else deciding.previewed
    outcome = (await questions.ask(operation(deed.mutation, deed.input), input=signed))["outcome"]
    refused = bool(outcome["userErrors"])
    if reason and not refused:
        return RedirectResponse(f"/admin/customers/{_arrived(outcome, customers)}?decided={deed.name}#identity", 303)
    told = await _subject(request, questions, deed, subject)
    page = DecisionPage(deed.name, customers, **told, outcome=outcome, reason=reason, key=key, refused=refused)
    return rendering.page(request, "decisions/decision.html", page, status=409 if refused and reason else 200)


async def _sent(request: Request) -> dict[str, str]:
    """Return the form's texts; none when the page is only asked for."""
    if request.method != "POST":
        return {}
    form = await request.form(max_files=0, max_fields=8)
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _named(request: Request) -> tuple[Deed, str]:
    """Return the deed and what it is about, as the address names them; raises Problem 404 for a deed that there is not."""
    deed = DEEDS.get(request.path_params["deed"])
    if deed is None:
        raise Problem(404)
    return deed, request.path_params["subject"]


def _concerned(request: Request, deed: Deed, subject: str) -> list[str]:
    return [request.path_params["id"], *([subject] if deed.field == "other" else [])]


async def _customer(questions: Questions, customer: str) -> Json:
    found = (await questions.ask_of(deciding.CONCERNED, id=customer))["customer"]
    if found is None:
        raise Problem(404)
    return found


async def _subject(request: Request, questions: Questions, deed: Deed, subject: str) -> dict[str, Json | None]:
    """Return what the deed is about beside its customers; raises Problem 404 where the address names nothing."""
    told: dict[str, Json | None] = {"decision": None, "touchpoint": None, "compared": None}
    language = reader_language(request).upper()
    if deed.field == "other":
        own: str = request.path_params["id"]
        found = (await questions.ask_of(deciding.COMPARED, one=own, other=subject, language=language))["whyNot"]
        told["compared"] = found and found["closest"]
    else:
        found = (await questions.ask_of(deciding.SUBJECT, id=subject, language=language))["node"]
        if not found or not found.get(deed.field):
            raise Problem(404)
        told[deed.field] = found
    return told


def _whole(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise Problem(400)
    return int(text)


def _arrived(outcome: Json, customers: list[Any]) -> str:
    """Return the customer to go on with: the one on the page if it is still there, else the one it went into."""
    there = [each["customerId"] for each in outcome["customers"]]
    own: str = customers[0]["id"]
    return own if own in there or not there else there[0]
