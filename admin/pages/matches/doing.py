"""What a button of the review queue does: decides a pair, puts it off, or takes the last of these back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from starlette.requests import Request

from admin.pages.matches.operations import DECIDE, DEFER, UNDO
from admin.parts.acting import typed_in, whole
from admin.parts.questions import Json, Problem, Questions

VERDICTS = {"same": "SAME", "not-same": "NOT_SAME"}
PUT_OFF = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pressed:
    """What came of it: `told` says why nothing was done; else `after` are the parts of the address that tell what was."""

    told: list[str]
    after: dict[str, str]
    next: str


async def press(request: Request, questions: Questions, candidate: str) -> Pressed:
    """Do what the form says, once for its key; raise Problem 400 for a button that there is not."""
    typed = await typed_in(request)
    pressed, following = typed["pressed"], typed.get("next", "")
    key = {"idempotencyKey": typed.get("key") or uuid4().hex}
    if pressed in VERDICTS:
        customers = [{"id": typed.get(f"id{place}", ""), "version": whole(typed.get(f"version{place}", ""))} for place in "01"]
        given: Json = {"candidateId": candidate, "customers": customers, "verdict": VERDICTS[pressed]}
        done = await _done(questions, DECIDE, {**key, **given, "reason": typed.get("reason", "")})
        decision = (done["decision"] or {"id": ""})["id"]
        return Pressed(_told(done), {"decided": decision, "of": candidate}, following)
    if pressed in ("later", "sooner"):
        until = (datetime.now(UTC) + PUT_OFF).isoformat() if pressed == "later" else None
        done = await _done(questions, DEFER, {**key, "candidateId": candidate, "until": until})
        return Pressed(_told(done), {"later": candidate}, following) if until else Pressed(_told(done), {}, candidate)
    if pressed == "undo":
        customer = {"id": typed.get("customer", ""), "version": whole(typed.get("version", ""))}
        given = {"customer": customer, "decisionId": typed.get("decision", ""), "reason": typed.get("reason", "")}
        return Pressed(_told(await _done(questions, UNDO, {**key, **given})), {"undone": "yes"}, candidate)
    raise Problem(400)


async def _done(questions: Questions, mutation: str, given: Json) -> Json:
    return (await questions.ask(mutation, input=given))["done"]


def _told(done: Json) -> list[str]:
    return [error["message"] for error in done["userErrors"]]
