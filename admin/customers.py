"""The customer page: who it is, how to reach them, what they bought, and everything that happened, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from admin import documents
from admin.languages import reader_language
from admin.questions import Json, Problem, Questions
from admin.rendering import Rendering, wants_fragment


@dataclass(frozen=True, slots=True)
class Filter:
    """What the timeline is narrowed to; both come from the URL and are names of enum values, nothing personal."""

    kind: str
    channel: str
    kinds: list[str]
    channels: list[str]

    def variables(self) -> Json:
        """As the TimelineFilter of the schema."""
        chosen = {"kinds": self.kind, "channels": self.channel}
        return {name: [value] for name, value in chosen.items() if value}

    def address(self, **more: str | None) -> str:
        """Return the query string that keeps this filter and adds the given cursors."""
        pairs = {"kind": self.kind, "channel": self.channel, **more}
        return "?" + urlencode({name: value for name, value in pairs.items() if value})


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """`customer` is the Customer that the schema answered; `after` and `orders_after` are the cursors of this page."""

    customer: dict[str, Any]
    filter: Filter
    after: str | None
    orders_after: str | None


async def customer(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the page, the timeline (filter), its next rows (`after`) or the next orders (`orders`)."""
    after = request.query_params.get("after")
    orders_after = request.query_params.get("orders")
    chosen = await _filter(request, questions)
    block, document = _part(request, after, orders_after)
    variables: Json = {"id": request.path_params["id"]}
    if document != documents.TIMELINE:
        variables["ordersAfter"] = orders_after
    if document != documents.ORDERS:
        variables |= {"filter": chosen.variables(), "after": after, "language": reader_language(request).upper()}
    try:
        found = (await questions.ask(document, **variables))["customer"]
    except Problem as problem:
        # An id that cannot be read is told like one of nobody; a cursor that cannot be read stays a 400.
        raise Problem(404) if problem.status == 400 and not (after or orders_after) else problem from None
    if found is None:
        raise Problem(404)
    return rendering.page(request, "customers/customer.html", CustomerPage(found, chosen, after, orders_after), block=block)


def _part(request: Request, after: str | None, orders_after: str | None) -> tuple[str | None, str]:
    """Return the block that htmx swaps and the operation that reads just what it shows."""
    if not wants_fragment(request):
        return None, documents.CUSTOMER
    if orders_after:
        return "order_rows", documents.ORDERS
    return ("timeline_rows" if after else "timeline"), documents.TIMELINE


async def _filter(request: Request, questions: Questions) -> Filter:
    """Read the filter from the URL; raises Problem 400 for a name that the schema does not know."""
    choices = await questions.ask_once(documents.CHOICES)
    kinds, channels = ([value["name"] for value in choices[name]["enumValues"]] for name in ("kinds", "channels"))
    kind, channel = (request.query_params.get(name, "") for name in ("kind", "channel"))
    if (kind and kind not in kinds) or (channel and channel not in channels):
        raise Problem(400)
    return Filter(kind, channel, kinds, channels)
