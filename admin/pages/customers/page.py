"""The customer page: who it is, how to reach them, what waits, what they bought, and everything that happened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from admin.pages.customers import operations
from admin.pages.customers.beside import beside
from admin.pages.decisions.page import STEPS
from admin.parts import charts, periods, recents
from admin.parts.live import stream_address
from admin.parts.page import Page
from admin.parts.permissions import ForPurpose, by_purpose
from admin.parts.questions import Json, Problem, Questions
from admin.parts.recents import recently_opened
from admin.parts.rendering import Rendering, wants_fragment


@dataclass(frozen=True, slots=True)
class Filter:
    """What the timeline is narrowed to; all of it stands in the URL: names of enum values and periods, nothing personal."""

    kind: str
    channel: str
    period: str
    kinds: list[str]
    channels: list[str]
    years: list[str]
    bounds: dict[str, str]

    def variables(self) -> Json:
        """As the TimelineFilter of the schema."""
        chosen = {"kinds": self.kind, "channels": self.channel}
        return {name: [value] for name, value in chosen.items() if value} | self.bounds

    @property
    def narrows(self) -> bool:
        return bool(self.variables())

    def address(self, **more: str | None) -> str:
        """Return the query string that keeps this filter and adds what else is given."""
        pairs = {"kind": self.kind, "channel": self.channel, "period": self.period, **more}
        return "?" + urlencode({name: value for name, value in pairs.items() if value})


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the page is asked for beyond its beginning: cursors of its lists, the id of a touchpoint."""

    after: str | None
    orders: str | None
    waiting: str | None
    touchpoint: str | None

    @property
    def turned(self) -> bool:
        """Whether a list shows a later page than its first."""
        return bool(self.after or self.orders or self.waiting)

    @property
    def block(self) -> tuple[str, str]:
        """The block that htmx swaps, and the operation that reads just what it shows."""
        if self.touchpoint:
            return "detail", operations.TOUCHPOINT_DETAIL
        if self.orders:
            return "order_rows", operations.ORDERS
        if self.waiting:
            return "attention_rows", operations.ATTENTION
        return ("timeline_rows" if self.after else "timeline"), operations.TIMELINE


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """`customer` is the Customer that the schema answered, `touchpoint` the one whose detail is open.

    `identity` says why its records are one person and who else it may be, `permissions` whether they may be contacted, `owed`
    their open cases and promises, `points` what they have to spend, `buying` their basket, offers and coupons, `stock` what
    they asked about lately; a fragment comes without them. `recorded`: a consent has just been recorded. `live` is the
    address of the page's stream, empty for a part of the page and where it shows an earlier part of a list.
    """

    customer: dict[str, Any]
    filter: Filter
    asked: Asked
    touchpoint: dict[str, Any] | None
    identity: dict[str, Any] | None
    permissions: list[ForPurpose]
    owed: Json
    points: Json
    buying: Json
    stock: list[Json]
    recorded: bool
    origins: dict[str, Any]
    shares: list[charts.Share]
    drawn: list[charts.Share]
    spending: list[charts.MonthChart]
    today: str
    live: str = ""


async def customer(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the page or, for htmx, the part of it that `Asked` names."""
    now = datetime.now(rendering.time_zone)
    asked = Asked(*(request.query_params.get(name) for name in ("after", "orders", "waiting", "touchpoint")))
    chosen = filter_of(request, rendering, now)
    block, document = asked.block if wants_fragment(request) else (None, operations.CUSTOMER)
    variables = variables_of(request, rendering, asked, chosen, now)
    touchpoint = await _touchpoint(request, questions, rendering, asked)
    found = {"id": request.path_params["id"]}
    if document != operations.TOUCHPOINT_DETAIL:
        found = (await questions.ask_of(document, turned=asked.turned, **declared(document, variables)))["customer"]
    if found is None or (touchpoint is not None and touchpoint["customer"] != {"id": found["id"]}):
        raise Problem(404)
    page = replace(page_of(found, chosen, asked, touchpoint, now=now), live=_stream(questions, asked, chosen, found["id"]))
    if block is None:
        identity = await _identity(request, questions, rendering, found["id"])
        permitted = await questions.ask(operations.PERMISSIONS, **declared(operations.PERMISSIONS, variables))
        permissions = by_purpose(permitted["customer"]["contactPermissions"])
        recorded = "recorded" in request.query_params
        page = replace(
            page,
            identity=identity,
            permissions=permissions,
            recorded=recorded,
            **await beside(questions, found, variables["language"]),
        )
    response = rendering.page(request, "customers/customer.html", page, block=block)
    if block is None:
        recents.remember(request, response, found["id"])
    return response


async def _identity(request: Request, questions: Questions, rendering: Rendering, customer: str) -> Json | None:
    answer = await questions.ask(operations.IDENTITY, id=customer, language=rendering.language_of(request).upper())
    recent = await recently_opened(request, questions, besides=customer)
    return identity_of(answer, recent, decided=request.query_params.get("decided") in STEPS)


def identity_of(answer: Json, recent: list[Json], *, decided: bool) -> Json | None:
    path: Json = answer.get("identityPath") or {"links": []}
    return answer["customer"] and {**answer["customer"], "links": path["links"], "recent": recent, "decided": decided}


def _stream(questions: Questions, asked: Asked, chosen: Filter, customer: str) -> str:
    """Return the address of the stream of a page, or of the timeline alone, which htmx swaps in with a filter."""
    if asked.turned or asked.touchpoint:
        return ""
    kept = {"kind": chosen.kind, "channel": chosen.channel, "period": chosen.period}
    return stream_address(f"/admin/customers/{customer}/live", questions, **kept)


def declared(document: str, variables: Json) -> Json:
    """Return those of the variables that a document has."""
    return {name: value for name, value in variables.items() if f"${name}:" in document}


def page_of(found: Json, chosen: Filter, asked: Asked, touchpoint: Json | None, *, now: datetime) -> CustomerPage:
    metrics = found.get("metrics", {})
    shares = charts.shares(metrics.get("channelMix", []))
    origins = {origin["field"]: origin for origin in found.get("fieldOrigins", []) if "record" in origin}
    return CustomerPage(
        found,
        chosen,
        asked,
        touchpoint,
        None,
        [],
        {},
        {},
        {},
        [],
        False,
        origins,
        shares,
        charts.drawn(shares),
        charts.month_charts(metrics.get("spendByMonth", []), f"{now:%Y-%m}"),
        now.isoformat(),
    )


def variables_of(request: Request, rendering: Rendering, asked: Asked, chosen: Filter, now: datetime) -> Json:
    oldest = charts.months_up_to(f"{now:%Y-%m}")[0]
    since = datetime.fromisoformat(f"{oldest}-01").replace(tzinfo=now.tzinfo)
    return {
        "id": request.path_params["id"],
        "language": rendering.language_of(request).upper(),
        "now": (now - timedelta(microseconds=now.microsecond)).astimezone(UTC).isoformat(),
        "since": since.astimezone(UTC).isoformat(),
        "timeZone": str(rendering.time_zone),
        "filter": chosen.variables(),
        "after": asked.after,
        "ordersAfter": asked.orders,
        "waitingAfter": asked.waiting,
    }


async def _touchpoint(request: Request, questions: Questions, rendering: Rendering, asked: Asked) -> Json | None:
    """Return the touchpoint whose detail is asked for, its `own` fields as {name, type, value} each; Problem 404 if none."""
    if not asked.touchpoint:
        return None
    language = rendering.language_of(request).upper()
    found = (await questions.ask_of(operations.TOUCHPOINT_DETAIL, id=asked.touchpoint, language=language))["node"]
    if found is None or "kind" not in found:
        raise Problem(404)
    fields = rendering.own_fields[found["__typename"]]
    if not fields:
        return found | {"own": []}
    own = await _own(questions, operations.own_fields(found["__typename"], fields), asked.touchpoint)
    return found | {
        "own": [{**field, "value": own[field["name"]]} for field in fields if own.get(field["name"]) not in (None, [])]
    }


async def _own(questions: Questions, document: str, touchpoint: str) -> Json:
    """Return what a kind has of its own; nothing where the viewer may read none of it."""
    try:
        return (await questions.ask(document, id=touchpoint))["node"] or {}
    except Problem as problem:
        if problem.status == 403:
            return {}
        raise


def filter_of(request: Request, rendering: Rendering, now: datetime) -> Filter:
    """Read the filter from the URL; raises Problem 400 for a name that nobody knows."""
    channels = rendering.channels
    kinds = rendering.kinds
    kind, channel, period = (request.query_params.get(name, "") for name in ("kind", "channel", "period"))
    if (kind and kind not in kinds) or (channel and channel not in channels):
        raise Problem(400)
    try:
        bounds = periods.bounds(period, now) if period else {}
    except ValueError:
        raise Problem(400) from None
    return Filter(kind, channel, period, kinds, channels, periods.choices(now), bounds)


PAGES = (Page("/customers/{id}", customer),)
