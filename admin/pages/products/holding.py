"""Pieces of a product that are held at the counter for somebody, and given back."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request

from admin.parts.acting import do, typed_in, whole
from admin.parts.questions import Problem, Questions


async def hold_or_release(request: Request, questions: Questions) -> tuple[str, list[str]]:
    """Do what was pressed; return the query of the page that shows it, and why it was not done, nothing where it was."""
    typed = await typed_in(request)
    store = request.query_params.get("store", "")
    if typed["pressed"] == "release":
        _, told = await do(questions, "stockRelease", "", typed, reservationId=typed.get("reservation", ""))
        return urlencode({"store": store, "done": "release"}), told
    if typed["pressed"] != "hold":
        raise Problem(400)
    about = {"productId": request.path_params["id"], "storeId": store, "owner": typed.get("owner", "")}
    numbers = {"quantity": whole(typed.get("quantity", "")), "minutes": whole(typed.get("minutes", ""))}
    _, told = await do(questions, "stockReserve", "", typed, **about, **numbers)
    return urlencode({"store": store, "done": "hold"}), told
