"""What is done with points at the counter: spent, given and taken with a reason, and given back."""

from __future__ import annotations

from starlette.requests import Request

from admin.parts.acting import do, typed_in, whole
from admin.parts.questions import Problem, Questions

OWNER = "query OwnerOfPoints($id: ID!) { loyaltyAccount(id: $id) { customer { id } } }"


async def act(request: Request, questions: Questions) -> tuple[str, list[str]]:
    """Do what was pressed; return what that is, and why it was not done, nothing where it was."""
    typed = await typed_in(request)
    pressed, reason = typed["pressed"], typed.get("reason") or None
    if pressed == "reverse":
        _, told = await do(questions, "pointsReverse", "", typed, entryId=typed.get("entry", ""), reason=reason)
        return pressed, told
    if pressed not in ("redeem", "adjust"):
        raise Problem(400)
    found = (await questions.ask_of(OWNER, id=request.path_params["id"]))["loyaltyAccount"]
    if found is None or not found.get("customer"):
        raise Problem(404)
    about = {"customerId": found["customer"]["id"], "points": whole(typed.get("points", ""))}
    if pressed == "redeem":
        _, told = await do(questions, "pointsRedeem", "", typed, **about, reason=reason)
    else:
        about |= {"accountId": request.path_params["id"], "reason": reason or ""}
        _, told = await do(questions, "pointsAdjust", "", typed, **about)
    return pressed, told
