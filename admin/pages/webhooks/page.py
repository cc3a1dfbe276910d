"""The pages of webhooks: which apps are told of changes, a form for one more, and for each what was sent and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.webhooks import operations
from admin.parts.page import Page
from admin.parts.paging import Paging, ask, paging
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering

STATES = ("QUEUED", "WAITING", "DELIVERED", "FAILED")


@dataclass(frozen=True, slots=True)
class WebhooksPage:
    """`choices` are what can be chosen as types; `url`, `types` and `key` those of the form, `refusal` why nothing was made."""

    endpoints: list[Json]
    choices: list[str]
    url: str
    types: list[str]
    key: str
    refusal: str | None


@dataclass(frozen=True, slots=True)
class WebhookPage:
    """`endpoint` as the schema answered it; `state` narrows its log, empty for all; `keys` are for one form each."""

    endpoint: Json
    choices: list[str]
    state: str
    states: tuple[str, ...]
    paging: Paging
    key: str
    refusal: str | None


@dataclass(frozen=True, slots=True)
class SecretPage:
    """A new secret, shown this once."""

    endpoint: Json
    secret: str


async def webhooks(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the list; make an endpoint when the form is sent, and show its secret."""
    _check(questions)
    sent = await _sent(request)
    url, types, key = _text(sent, "url"), _texts(sent, "types"), _text(sent, "key") or uuid4().hex
    refusal = None
    if request.method == "POST":
        given = {"url": url, "types": types, "idempotencyKey": key}
        done = (await questions.ask(operations.CREATE, input=given))["done"]
        if not done["userErrors"]:
            return rendering.page(request, "webhooks/secret.html", SecretPage(done["endpoint"], done["secret"]))
        refusal = done["userErrors"][0]["message"]
    found = await questions.ask(operations.WEBHOOKS)
    page = WebhooksPage(found["webhookEndpoints"], _choices(found["changeTypes"]), url, types, key, refusal)
    return rendering.page(request, "webhooks/webhooks.html", page, status=422 if refusal else 200)


async def webhook(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer one endpoint with its log, or do with it what a button says."""
    _check(questions)
    own_id, refusal = request.path_params["id"], None
    if request.method == "POST":
        sent = await _sent(request)
        document, given = _asked(own_id, sent)
        done = (await questions.ask_of(document, input={**given, "idempotencyKey": _text(sent, "key")[:200]}))["done"]
        if not done["userErrors"]:
            if done.get("secret"):
                return rendering.page(request, "webhooks/secret.html", SecretPage(done["endpoint"], done["secret"]))
            return RedirectResponse("/admin/webhooks" if document == operations.DELETE else f"/admin/webhooks/{own_id}", 303)
        refusal = done["userErrors"][0]["message"]
    state = request.query_params.get("state", "")
    if state not in ("", *STATES):
        raise Problem(400)
    pages = paging(request, "deliveries", **({"state": state} if state else {}))
    found = await ask(questions, operations.WEBHOOK, pages, id=own_id, state=state or None)
    if found["webhookEndpoint"] is None:
        raise Problem(404)
    choices = _choices(found["changeTypes"])
    page = WebhookPage(found["webhookEndpoint"], choices, state, STATES, pages, uuid4().hex, refusal)
    return rendering.page(request, "webhooks/webhook.html", page, block=pages.block, status=409 if refusal else 200)


def _check(questions: Questions) -> None:
    if not questions.viewer.may_read("WebhookEndpoint"):
        raise Problem(403)


def _asked(own_id: str, sent: FormData) -> tuple[str, dict[str, Any]]:
    """Return the mutation of the button that was pressed, and its input."""
    own, pressed = {"endpointId": own_id}, _text(sent, "pressed")
    pressing: dict[str, tuple[str, dict[str, Any]]] = {
        "save": (operations.UPDATE, {**own, "url": _text(sent, "url"), "types": _texts(sent, "types")}),
        "on": (operations.UPDATE, {**own, "enabled": True}),
        "off": (operations.UPDATE, {**own, "enabled": False}),
        "test": (operations.TEST, own),
        "rotate": (operations.ROTATE, own),
        "delete": (operations.DELETE, own),
        "again": (operations.REPLAY, {"deliveryId": _text(sent, "delivery")}),
        "range": (operations.REPLAY, {**own, "after": _text(sent, "after"), "before": _text(sent, "before") or None}),
    }
    if pressed not in pressing:
        raise Problem(400)
    return pressing[pressed]


def _choices(types: list[str]) -> list[str]:
    """Return the types, before each noun's the noun alone, which stands for all of them."""
    return sorted({*types, *(each.partition(".")[0] for each in types)})


def _text(sent: FormData, name: str) -> str:
    value = sent.get(name)
    return value.strip() if isinstance(value, str) else ""


def _texts(sent: FormData, name: str) -> list[str]:
    return [each for each in sent.getlist(name) if isinstance(each, str)]


async def _sent(request: Request) -> FormData:
    """Return the form; an empty one when the page is only asked for."""
    return await request.form(max_files=0, max_fields=60) if request.method == "POST" else FormData()


PAGES = (
    Page("/webhooks", webhooks, methods=("GET", "POST")),
    Page("/webhooks/{id}", webhook, methods=("GET", "POST")),
)
