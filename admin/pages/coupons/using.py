"""The page on which a coupon is used at the counter: what it takes off first, then its use, and a way back."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.coupons.operations import QUOTE, WHO_USES
from admin.parts.acting import do, shops, typed_in
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering

ROWS = 3
YEN = "JPY"
"""What the tills take."""
OF_A_USE = "redemptions { id }"


@dataclass(frozen=True, slots=True)
class UsingPage:
    """`customer` is who buys, None for somebody unknown; `typed` are the form's texts.

    `quote` is what the coupons take off, `used` the id of what was just used, `told` says why nothing was done.
    """

    customer: Json | None
    shops: list[Json]
    typed: dict[str, str]
    rows: range
    quote: Json | None
    used: str
    given_back: bool
    told: list[str]


async def using(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the form, then what would be taken off, and use the coupon once that is confirmed."""
    if not questions.viewer.may_use("couponRedeem"):
        raise Problem(403)
    own = request.query_params.get("customer") or None
    customer: Json | None = (await questions.ask_of(WHO_USES, id=own))["customer"] if own else None
    typed = await typed_in(request) if request.method == "POST" else {}
    pressed, quote, told = typed.get("pressed"), None, list[str]()
    if pressed == "reverse":
        _, told = await do(questions, "couponReverse", "", typed, redemptionId=typed.get("redemption", ""))
    elif pressed == "use":
        answer, told = await do(questions, "couponRedeem", OF_A_USE, typed, **_basket(typed, own))
        if not told:
            used = answer["redemptions"][0]["id"]
            return RedirectResponse(f"{request.url.path}?{urlencode({'customer': own or '', 'used': used})}", 303)
    elif pressed:
        quote = (await questions.ask(QUOTE, input=_basket(typed, own)))["couponQuote"]
    if pressed == "reverse" and not told:
        return RedirectResponse(f"{request.url.path}?{urlencode({'customer': own or '', 'done': 'reverse'})}", 303)
    # Another basket is another use
    typed = {**typed, "key": typed["key"] if pressed == "use" and not told else uuid4().hex}
    asked = request.query_params
    back = asked.get("done") == "reverse" and not typed.get("pressed")
    page = UsingPage(customer, await shops(questions), typed, range(1, ROWS + 1), quote, asked.get("used", ""), back, told)
    return rendering.page(request, "coupons/using.html", page, status=409 if told else 200)


def _basket(typed: dict[str, str], customer: str | None) -> Json:
    """Return the basket as somebody at the counter tells it."""
    told = [(number, typed.get(f"sku-{number}") or None, typed.get(f"amount-{number}", "")) for number in range(1, ROWS + 1)]
    lines = [{"number": number, "sku": sku, "amount": amount} for number, sku, amount in told if amount]
    codes = typed.get("code", "").split()
    if not (codes and lines):
        raise Problem(400)
    where = {"channel": "STORE", "storeId": typed.get("store"), "currency": YEN}
    return {**where, "codes": codes, "customerId": customer, "lines": lines}
