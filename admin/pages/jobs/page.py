"""The pages of jobs: what was asked for and how it stands, and the forms that ask for an export or the erasure of a customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.jobs import operations
from admin.parts.page import Page
from admin.parts.paging import Paging, ask, paging
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering

LONGEST_REASON = 1_000


@dataclass(frozen=True, slots=True)
class JobsPage:
    """`jobs` is the connection as the schema answered it."""

    jobs: dict[str, Any]
    paging: Paging


@dataclass(frozen=True, slots=True)
class JobPage:
    """`job` as the schema answered it; `key` is that of the form that approves it, `refusal` why it was not."""

    job: dict[str, Any]
    key: str
    refusal: str | None


@dataclass(frozen=True, slots=True)
class AskingPage:
    """`reason` and `key` are those of the form as it was sent, or a new key; `refusal` says why nothing was done.

    `preview` says of an erasure what it would do.
    """

    customer: Json
    preview: list[Json]
    reason: str
    key: str
    refusal: str | None


async def jobs(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the list, or its next rows; raise Problem 403 for a reader who has no jobs."""
    if not questions.viewer.may_read("Job"):
        raise Problem(403)
    pages = paging(request, "jobs")
    found = (await ask(questions, operations.JOBS, pages))["jobs"]
    return rendering.page(request, "jobs/jobs.html", JobsPage(found, pages), block=pages.block)


async def job(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer one job, or approve it when its form is sent; while it goes on, the page asks again for its part of it."""
    if not questions.viewer.may_read("Job"):
        raise Problem(403)
    own_id, sent, refusal = request.path_params["id"], await _sent(request), None
    key = sent.get("key") or uuid4().hex
    if request.method == "POST":
        asked = (await questions.ask_of(operations.APPROVE, input={"jobId": own_id, "idempotencyKey": key}))["asked"]
        if asked["job"]:
            return RedirectResponse(f"/admin/jobs/{own_id}", 303)
        refusal = asked["userErrors"][0]["message"]
    found = (await questions.ask_of(operations.JOB, id=own_id))["job"]
    if found is None:
        raise Problem(404)
    page = JobPage(found, key, refusal)
    return rendering.page(request, "jobs/job.html", page, block="standing", status=409 if refusal else 200)


async def export(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Show the form; ask for the export when it is sent, and go to its job."""
    if not questions.viewer.may_use("customerExportCreate"):
        raise Problem(403)
    return await _ask(request, questions, rendering, "jobs/export.html", operations.EXPORT)


async def erasure(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Show what an erasure would do; ask for it when the form is sent, and go to its job."""
    if not questions.viewer.may_use("customerErasureRequest"):
        raise Problem(403)
    return await _ask(request, questions, rendering, "jobs/erasure.html", operations.ERASURE, previewed=True)


async def _ask(
    request: Request, questions: Questions, rendering: Rendering, template: str, mutation: str, *, previewed: bool = False
) -> Response:
    customer = (await questions.ask_of(operations.ABOUT, id=request.path_params["id"]))["customer"]
    if customer is None:
        raise Problem(404)
    sent = await _sent(request)
    reason, key = sent.get("reason", "").strip()[:LONGEST_REASON], sent.get("key") or uuid4().hex
    given = {"customerId": customer["id"], "idempotencyKey": key, "reason": reason}
    asked: Json = {"job": None, "userErrors": []}
    if request.method == "POST" or previewed:
        dry = request.method != "POST"
        asked = (await questions.ask(mutation, input={**given, "dryRun": dry}))["asked"]
    if asked["job"]:
        return RedirectResponse(f"/admin/jobs/{asked['job']['id']}", 303)
    refusal = asked["userErrors"][0]["message"] if asked["userErrors"] else None
    page = AskingPage(customer, asked.get("preview", []), reason, key, refusal)
    return rendering.page(request, template, page, status=409 if refusal else 200)


async def _sent(request: Request) -> dict[str, str]:
    """Return the form's texts; none when the page is only asked for."""
    if request.method != "POST":
        return {}
    form = await request.form(max_files=0, max_fields=4)
    return {name: value for name, value in form.items() if isinstance(value, str)}


PAGES = (
    Page("/jobs", jobs),
    Page("/jobs/{id}", job, methods=("GET", "POST")),
    Page("/customers/{id}/export", export, methods=("GET", "POST")),
    Page("/customers/{id}/erasure", erasure, methods=("GET", "POST")),
)
