"""The coupons: a list of all, and the page of one with its terms, who saw, got and used it, and its latest uses."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from admin.pages.coupons.operations import COUPON, COUPONS
from admin.pages.coupons.using import using
from admin.parts.page import Page
from admin.parts.paging import Paging, ask, paging
from admin.parts.questions import Json, Problem, Questions
from admin.parts.rendering import Rendering


@dataclass(frozen=True, slots=True)
class CouponsPage:
    """`coupons` is one page of the list as the schema answered it."""

    coupons: Json
    paging: Paging


@dataclass(frozen=True, slots=True)
class CouponPage:
    """`coupon` as the schema answered it; `paging` says which page of its uses this is."""

    coupon: Json
    paging: Paging


async def coupons(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the list; who reads no coupon gets a 403."""
    if not questions.viewer.may_read("Coupon"):
        raise Problem(403)
    pages = paging(request, "coupons")
    return rendering.page(request, "coupons/coupons.html", CouponsPage((await ask(questions, COUPONS, pages))["coupons"], pages))


async def coupon(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the page, or the next of its uses; who reads no coupon gets a 403."""
    if not questions.viewer.may_read("Coupon"):
        raise Problem(403)
    pages = paging(request, "uses")
    found = (await ask(questions, COUPON, pages, id=request.path_params["id"]))["coupon"]
    if found is None:
        raise Problem(404)
    return rendering.page(request, "coupons/coupon.html", CouponPage(found, pages), block=pages.block)


PAGES = (Page("/coupons", coupons), Page("/coupons/use", using, methods=("GET", "POST")), Page("/coupons/{id}", coupon))
