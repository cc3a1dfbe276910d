"""The page of calls: each that rings or is being spoken, with who it may be; whoever answers says who it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.calls.operations import ASSIGN, CALLS, STOCK
from admin.parts.live import stream_address
from admin.parts.page import Page
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering

LONGEST = 200
SENT = ("call", "customer", "version", "key", "reason")


@dataclass(frozen=True, slots=True)
class CallsPage:
    """`kept` is what the calls are narrowed to: `queue`, `staff`. `told` says why a caller was not confirmed.

    `stock` says where the products of the calls are to be had, by their ids.
    `live` is the address of the page's stream, `key` that of the next confirmation.
    """

    calls: list[Json]
    stock: dict[str, Json]
    more: bool
    kept: dict[str, str]
    told: list[str]
    key: str
    live: str


async def calls(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the calls of now; first say who a caller is, where a button says so, and go to that customer."""
    if not questions.viewer.may_read("Call"):
        raise Problem(403)
    told: list[str] = []
    if request.method == "POST":
        answer = await confirm(request, questions)
        if answer["customer"] and not answer["userErrors"]:
            return RedirectResponse(f"/admin/customers/{answer['customer']['id']}", 303)
        told = [error["message"] for error in answer["userErrors"]]
    page = await read(request, questions, rendering, told)
    return rendering.page(request, "calls/calls.html", page, status=409 if told else 200)


async def read(request: Request, questions: Questions, rendering: Rendering, told: list[str]) -> CallsPage:
    """Read the calls that the address names, those that ring before those that are being spoken."""
    kept = {name: text for name in ("queue", "staff") if (text := request.query_params.get(name, "").strip()[:LONGEST])}
    now = datetime.now(UTC).replace(second=0, microsecond=0).isoformat()
    narrowed = {"queue": kept.get("queue"), "staff": kept.get("staff")}
    found = (await questions.ask(CALLS, **narrowed, now=now, language=rendering.language_of(request).upper()))["ongoingCalls"]
    listed = sorted((edge["node"] for edge in found["edges"]), key=lambda call: call["outcome"] != "RINGING")
    live = stream_address("/admin/calls/live", questions, **kept)
    stock = await _stock(questions, narrowed) if any(call.get("products") for call in listed) else {}
    return CallsPage(listed, stock, found["pageInfo"]["hasNextPage"], kept, told, uuid4().hex, live)


async def _stock(questions: Questions, narrowed: Json) -> dict[str, Json]:
    edges = (await questions.ask(STOCK, **narrowed))["ongoingCalls"]["edges"]
    return {product["id"]: product["availability"] for edge in edges for product in edge["node"]["products"]}


async def confirm(request: Request, questions: Questions) -> Json:
    """Assign a call to the customer that the caller says they are; raises Problem 400 for a form that is none of ours."""
    if not questions.viewer.may_use("touchpointAssign"):
        raise Problem(403)
    form = await request.form(max_files=0, max_fields=8)
    sent = {name: value.strip() for name in SENT if isinstance(value := form.get(name), str)}
    version = sent.get("version", "")
    if not version.isdecimal() or len(version) > 9:
        raise Problem(400)
    asked: Json = {
        "idempotencyKey": sent.get("key", "")[:LONGEST],
        "touchpointId": sent.get("call", ""),
        "customer": {"id": sent.get("customer", ""), "version": int(version)},
        "reason": sent.get("reason", "")[:LONGEST],
    }
    return (await questions.ask(ASSIGN, input=asked))["touchpointAssign"]


PAGES = (Page("/calls", calls, methods=("GET", "POST")),)
