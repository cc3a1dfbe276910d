"""The review queue: who waits, the pair that is open side by side, and what was done last with a way back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.matches.doing import press
from admin.pages.matches.operations import DONE, PAIR, QUEUE
from admin.parts.page import Page
from admin.parts.paging import Paging, ask
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering

REASONS = (
    "GIVEN_NAME_DIFFERS", "SURNAME_DIFFERS", "BIRTH_DATE_DIFFERS", "NOTHING_TO_COMPARE", "TOO_MANY_VALUES", "MANY_NAMES",
    "LIKELY_SAME",
)  # fmt: skip
PATH = "/admin/matches"


@dataclass(frozen=True, slots=True)
class MatchesPage:
    """`queue` is a page of the list, `pair` the candidate that is open, with its two customers; None where nobody waits.

    `next` is the id of the candidate that comes after it, empty where there is none. `decision` and `deferred` are what was
    done last, where the address names it; `told` says why nothing was done.
    """

    queue: Json
    pair: Json | None
    next: str
    decision: Json | None
    deferred: Json | None
    undone: bool
    of: str
    told: list[str]
    reason: str
    paging: Paging
    key: str
    reasons: tuple[str, ...] = REASONS


async def matches(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the queue with a pair of it; do first what a button says. Who does not read the queue gets a 403."""
    if not questions.viewer.may_read("MatchQueueEntry"):
        raise Problem(403)
    reason = request.query_params.get("reason", "")
    kept = {"reason": reason} if reason in REASONS else {}
    told: list[str] = []
    own_id: str = request.path_params.get("id", "")
    if request.method == "POST":
        pressed = await press(request, questions, own_id)
        if not pressed.told:
            return RedirectResponse(_address(pressed.next, kept | pressed.after), 303)
        told = pressed.told
    language = rendering.language_of(request).upper()
    pages = Paging(PATH, {"matches": request.query_params.get("matches")}, kept)
    asked = request.query_params
    queue, pair, decision, deferred = await asyncio.gather(
        ask(questions, QUEUE, pages, reasons=list(kept.values()) or None),
        _node(questions, PAIR, own_id, language),
        _node(questions, DONE, asked.get("decided", ""), language),
        _node(questions, DONE, asked.get("later", ""), language),
    )
    rows = [each["candidate"]["id"] for edge in queue["matchQueue"]["edges"] for each in edge["node"]["candidates"]]
    if own_id and not _open(pair):
        # It was decided by now, here or by somebody else: whoever wanted it goes on with the first.
        return RedirectResponse(_address("", {name: value for name, value in asked.items() if name != "lang"}), 303)
    if not own_id and rows:
        pair = await _node(questions, PAIR, rows[0], language)
    page = MatchesPage(
        queue["matchQueue"],
        pair if _open(pair) else None,
        following(rows, pair["id"]) if pair else "",
        decision if decision and decision.get("rule") and not decision["undoneBy"] else None,
        deferred if deferred and deferred.get("deferredUntil") else None,
        asked.get("undone") == "yes",
        asked.get("of", ""),
        told,
        reason if kept else "",
        pages,
        uuid4().hex,
    )
    return rendering.page(request, "matches/matches.html", page, status=409 if told else 200)


def following(rows: list[str], own_id: str) -> str:
    """Return the candidate after one in the list, or else the first other; empty where there is none."""
    place = rows.index(own_id) + 1 if own_id in rows else 0
    return next((each for each in rows[place:] + rows if each != own_id), "")


def _open(pair: Json | None) -> bool:
    """Tell whether a pair still waits: it is there, and between two customers."""
    return bool(pair and "records" in pair and len({record["customer"]["id"] for record in pair["records"]}) == 2)


async def _node(questions: Questions, document: str, own_id: str, language: str) -> Json | None:
    return (await questions.ask_of(document, id=own_id, language=language))["node"] if own_id else None


def _address(candidate: str, asked: dict[str, str]) -> str:
    path = f"{PATH}/{candidate}" if candidate else PATH
    return f"{path}?{urlencode(asked)}" if asked else path


PAGES = (Page("/matches", matches), Page("/matches/{id}", matches, ("GET", "POST")))
