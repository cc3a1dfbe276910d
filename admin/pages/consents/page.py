"""The page on which what a customer agrees to or refuses is recorded: at the counter, or while they are on the telephone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.consents.operations import ASKED, BEFORE, RECORD
from admin.parts.page import Page
from admin.parts.permissions import NOBODY_THERE
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering

PURPOSES = ("MARKETING", "SERVICE", "SURVEY", "PERSONALIZATION", "THIRD_PARTY")
STATEMENTS = ("GRANTED", "REFUSED", "TAKEN_BACK")
REACHING = ("PHONE", "EMAIL", "FAX", "LINE_USER_ID", "SOCIAL_ACCOUNT", "APP_USER_ID", "DEVICE_ID")
TYPED = ("purpose", "statement", "point", "how", "text", "document", "version", "key")
FIELDS = {"contactPointId": "point", "how": "how", "text": "text", "document": "document"}
"""Name in the input of the mutation -> the field of the form that it comes from."""


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """`typed` are the form's texts. `points` are the identifiers to choose from, `errors` messages by field.

    `told` are messages about no field. `changes` are permissions as they would be, each with what was allowed `before`;
    None until the form is whole and is to be confirmed.
    """

    customer: Json
    points: list[Json]
    purposes: tuple[str, ...]
    typed: dict[str, str]
    errors: dict[str, str]
    told: list[str]
    changes: list[Json] | None
    unsaid: bool


async def consent(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Show the form, then what would come of it, and record it once that is confirmed."""
    if not questions.viewer.may_use("consentRecord"):
        raise Problem(403)
    found = (await questions.ask_of(ASKED, id=request.path_params["id"]))["customer"]
    if found is None:
        raise Problem(404)
    typed, pressed = await _sent(request)
    typed = {**dict.fromkeys(TYPED, ""), "purpose": PURPOSES[0], "key": uuid4().hex, **typed}
    if typed["purpose"] not in PURPOSES or typed["statement"] not in ("", *STATEMENTS):
        raise Problem(400)
    page = ConsentPage(found, _points(found), PURPOSES, typed, {}, [], None, unsaid=False)
    if pressed in ("", "edit") or not typed["statement"]:
        unsaid = pressed not in ("", "edit")
        return _answer(request, rendering, _renewed(page, unsaid=unsaid), 422 if unsaid else 200)
    language = rendering.language_of(request).upper()
    about = {"purpose": typed["purpose"], "language": language}
    done = (await questions.ask(RECORD, input=_input(page, dry_run=pressed != "record"), **about))["consentRecord"]
    if done["userErrors"]:
        errors, told = _errors(done["userErrors"])
        return _answer(request, rendering, _renewed(page, errors=errors, told=told), 409 if told else 422)
    if pressed == "record":
        return RedirectResponse(f"/admin/customers/{found['id']}?recorded=1#consents", 303)
    before = (await questions.ask(BEFORE, id=found["id"], **about))["customer"]["contactPermissions"]
    return _answer(request, rendering, _renewed(page, changes=_changes(before, done["customer"]["contactPermissions"])), 200)


def _answer(request: Request, rendering: Rendering, page: ConsentPage, status: int) -> Response:
    return rendering.page(request, "consents/consent.html", page, status=status)


def _renewed(
    page: ConsentPage,
    *,
    errors: dict[str, str] | None = None,
    told: list[str] | None = None,
    changes: list[Json] | None = None,
    unsaid: bool = False,
) -> ConsentPage:
    """Return the page with what came of the form; what is confirmed next is about the customer as shown now."""
    typed = page.typed if changes is not None else {**page.typed, "version": str(page.customer["version"])}
    return ConsentPage(page.customer, page.points, page.purposes, typed, errors or {}, told or [], changes, unsaid)


async def _sent(request: Request) -> tuple[dict[str, str], str]:
    """Return the form's texts and the button that was pressed; nothing when the page is only asked for."""
    if request.method != "POST":
        return {}, ""
    form = await request.form(max_files=0, max_fields=12)
    texts = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    return {name: texts[name] for name in TYPED if name in texts}, texts.get("pressed") or "check"


def _points(customer: Json) -> list[Json]:
    """Return the identifiers by which the customer is reached, by kind."""
    held = [edge["node"]["identifier"] for edge in customer["identifiers"]["edges"]]
    return [each for kind in REACHING for each in held if each["kind"] == kind]


def _input(page: ConsentPage, *, dry_run: bool) -> Json:
    typed = page.typed
    version = typed["version"] or str(page.customer["version"])
    if not version.isdecimal() or len(version) > 9:
        raise Problem(400)
    return {
        "idempotencyKey": typed["key"][:200],
        "dryRun": dry_run,
        "customer": {"id": page.customer["id"], "version": int(version)},
        "purpose": typed["purpose"],
        "statement": typed["statement"],
        "contactPointId": typed["point"] or None,
        "proof": {name: typed[name] for name in ("how", "text", "document")},
    }


def _errors(errors: list[Any]) -> tuple[dict[str, str], list[str]]:
    """Return messages by the field of the form that each is about, and those about none."""
    fields = {FIELDS[error["path"][-1]]: error["message"] for error in errors if error["path"][-1] in FIELDS}
    return fields, [error["message"] for error in errors if error["path"][-1] not in FIELDS]


def _changes(before: list[Json], after: list[Json]) -> list[Json]:
    """Return what would be allowed, each with what was; without channels by which nobody is reached."""
    return [
        {**new, "before": old["allowed"]}
        for old, new in zip(before, after, strict=True)
        if NOBODY_THERE not in (old["reason"], new["reason"])
    ]


PAGES = (Page("/customers/{id}/consents", consent, methods=("GET", "POST")),)
