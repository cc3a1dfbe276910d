"""The customer page while it is open: what has changed comes into it, and it says when there is nothing left to show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from starlette.requests import Request

from admin.pages.customers import operations
from admin.pages.customers.beside import beside
from admin.pages.customers.page import Asked, CustomerPage, declared, filter_of, identity_of, page_of, variables_of
from admin.parts.live import LivePage, News, Told
from admin.parts.permissions import by_purpose
from admin.parts.questions import Json, Questions
from admin.parts.rendering import Rendering
from admin.parts.swaps import Edge, Rendered, swap, upserted

NOTHING_TURNED = Asked(None, None, None, None)
RENDERED = Rendered()
ERASED = "customer.erased"


@dataclass(frozen=True, slots=True)
class List:
    """A list that grows at its top: its block of the page, the member of the customer, the id of its element, and what
    begins those of its rows."""

    block: str
    member: str
    rows: str
    row: str


LISTS = (
    List("timeline_rows", "timeline", "timeline-rows", "touchpoint"),
    List("order_rows", "orders", "order-rows", "order"),
)


@dataclass(frozen=True, slots=True)
class Parting:
    """Why a page is followed no longer: the customer was `erased`, is `withheld`, or went into the one with the id `left`."""

    why: str
    left: str = ""


async def tell(request: Request, questions: Questions, rendering: Rendering, news: News) -> Told:
    """Return the page as it is now for this reader, and the rows of its lists that are new or have changed."""
    now = datetime.now(rendering.time_zone)
    chosen = filter_of(request, rendering, now)
    variables = variables_of(request, rendering, NOTHING_TURNED, chosen, now)
    answer = await questions.ask(operations.CUSTOMER, **declared(operations.CUSTOMER, variables))
    found: Json | None = answer["customer"]
    if found is None or found["requestedId"]:
        return parted(request, rendering, found, erased=ERASED in news.types)
    told = await questions.ask(operations.IDENTITY, **declared(operations.IDENTITY, variables))
    permitted = await questions.ask(operations.PERMISSIONS, **declared(operations.PERMISSIONS, variables))
    besides = await beside(questions, found, variables["language"])
    # Who somebody is decides what belongs to them, so all rows may be others than before.
    whole = news.anew or any(name.startswith("customer.") for name in news.types)
    changed = {each: [edge for edge in found[each.member]["edges"] if news.tells_of(edge["node"]["id"])] for each in LISTS}

    def render() -> str:
        page = replace(
            page_of(found, chosen, NOTHING_TURNED, None, now=now),
            identity=identity_of(told, [], decided=False),
            permissions=by_purpose(permitted["customer"]["contactPermissions"]),
            **besides,
        )
        main = swap("#main", "innerMorph", rendering.fragment(request, "customers/customer.html", page, "main"))
        return main + "".join(_list(request, rendering, page, each, None if whole else changed[each]) for each in LISTS)

    rows = tuple(edge["node"]["id"] for each in LISTS for edge in changed[each])
    return Told(RENDERED.of((whole, rows), (answer, told, permitted, besides), render))


async def over(request: Request, questions: Questions, rendering: Rendering) -> Told | None:
    """Return what there is to say where the customer of an open page is not to be read any more."""
    found = (await questions.ask_of(operations.HERE, id=request.path_params["id"]))["customer"]
    gone = found is None or found["requestedId"]
    return parted(request, rendering, found, erased=False) if gone else None


def parted(request: Request, rendering: Rendering, found: Json | None, *, erased: bool) -> Told:
    """Return the last thing that a page is told: a note with the way on, or in place of everything that nothing is left."""
    if found is not None:
        note = rendering.fragment(request, "customers/_parted.html", Parting("merged", found["id"]))
        return Told(swap("#live-state", "outerHTML", note), last=True)
    nothing = rendering.fragment(request, "customers/_parted.html", Parting("erased" if erased else "withheld"))
    return Told(f"<title>customer360</title>{swap('#main', 'innerHTML', nothing)}", last=True)


def _list(request: Request, rendering: Rendering, page: CustomerPage, each: List, changed: list[Edge] | None) -> str:
    """Return the changed rows of a list, to stand beside those that the reader has turned to; all of it where None is given."""

    def shown(page: CustomerPage) -> str:
        return rendering.fragment(request, "customers/customer.html", page, each.block)

    def row(edge: Edge) -> str:
        only = {"edges": [edge], "pageInfo": {"hasNextPage": False}}
        return shown(replace(page, customer={**page.customer, each.member: only}))

    if changed is None:
        return swap(f"#{each.rows}", "innerMorph", shown(page))
    return upserted(each.rows, each.row, changed, row)


LIVE_PAGES = (LivePage("/customers/{id}/live", "Customer", tell, over),)
