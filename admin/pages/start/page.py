"""The start page: the look-up box, and what happened on one day of the business, beside the same weekday before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from admin.pages.start.operations import START
from admin.parts.live import stream_address
from admin.parts.page import Page
from admin.parts.paging import Paging, ask, paging
from admin.parts.questions import Json, Problem, Questions
from admin.parts.recents import recently_opened
from admin.parts.rendering import Rendering

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
EARLIEST, LATEST = date(1900, 1, 1), date(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the business: its first instant as text, whether it is still going on, and the days around it."""

    day: date
    begins: str
    ends: str
    today: date

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def earlier(self) -> date:
        return self.day - DAY

    @property
    def later(self) -> date | None:
        return self.day + DAY if self.day < self.today else None


@dataclass(frozen=True, slots=True)
class ChannelCount:
    """How much came by one channel, on the day and before; `kinds` are (kind, count) of the day, most first."""

    channel: str
    count: int
    before: int
    kinds: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class StartPage:
    """`activity` is what the schema answered of the day; `query` and `recent` are what the look-up box shows.

    `live` is the address of the page's stream: today's, where no list shows a later page.

    `orders`, `sales` and `interactions` are those of the day and of the week before; sales are Money, one for each currency.
    """

    query: str
    recent: list[dict[str, Any]]
    day: Day
    activity: dict[str, Any]
    orders: tuple[int, int]
    sales: tuple[list[Json], list[Json]]
    interactions: tuple[int, int]
    channels: list[ChannelCount]
    last: date | None
    paging: Paging
    live: str = ""


async def start(request: Request, questions: Questions, rendering: Rendering) -> Response:
    """Answer the page of today, or of the `day` in the address, or the next rows of one of its lists."""
    if not questions.viewer.may_read("Activity"):
        return RedirectResponse("/admin/stores", 303)
    now = datetime.now(rendering.time_zone)
    day = day_of(request, now)
    pages = paging(request, "orders", "interactions", "unanswered", day=day.day.isoformat())
    variables = times(day, now)
    answer = await ask(questions, START, pages, **variables, language=rendering.language_of(request).upper())
    recent = [] if pages.block else await recently_opened(request, questions)
    page = page_of(day, answer, pages, rendering.time_zone, recent)
    if day.is_today and not pages.block:
        page = replace(page, live=stream_address("/admin/live", questions, day=day.day.isoformat()))
    return rendering.page(request, "start/start.html", page, block=pages.block)


def times(day: Day, now: datetime) -> dict[str, str]:
    """Return the day and the same weekday a week before; a day that goes on is compared with the same part of that one."""
    begins, ends = datetime.fromisoformat(day.begins), datetime.fromisoformat(day.ends)
    until = min(ends, now) if day.is_today else ends
    before = local(day.day - WEEK, now.tzinfo)
    return {
        "from": day.begins,
        "to": day.ends,
        "weekBefore": instant(before),
        "untilBefore": instant(before + (until - begins)),
    }


def day_of(request: Request, now: datetime) -> Day:
    """Return the `day` of the address, else today; raise Problem 400 for what is no day."""
    asked = request.query_params.get("day")
    try:
        day = date.fromisoformat(asked) if asked else now.date()
    except ValueError:
        raise Problem(400) from None
    if not EARLIEST <= day <= LATEST:
        raise Problem(400)
    return Day(day, instant(local(day, now.tzinfo)), instant(local(day + DAY, now.tzinfo)), now.date())


def local(day: date, zone: tzinfo | None) -> datetime:
    """Return the first instant of a day."""
    return datetime.combine(day, time.min, zone)


def instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def page_of(day: Day, answer: Json, pages: Paging, zone: tzinfo, recent: list[Json]) -> StartPage:
    activity, counts, before = answer["day"], answer["day"]["counts"], answer["before"]["counts"]
    previous = activity["previous"]
    return StartPage(
        query="",
        recent=recent,
        day=day,
        activity=activity,
        orders=(total(counts, orders=True), total(before, orders=True)),
        sales=(sales(activity["stores"]), sales(answer["before"].get("stores", []))),
        interactions=(total(counts, orders=False), total(before, orders=False)),
        channels=by_channel(counts, before),
        last=datetime.fromisoformat(previous).astimezone(zone).date() if previous else None,
        paging=pages,
    )


def total(counts: list[Json], *, orders: bool) -> int:
    return sum(each["count"] for each in counts if (each["kind"] == "ORDER") == orders)


def sales(stores: list[Json]) -> list[Json]:
    """Return what all stores sold, in each currency."""
    sums: dict[str, Decimal] = {}
    for sold in (each for store in stores for each in store.get("sales", ())):
        sums[sold["currency"]] = sums.get(sold["currency"], Decimal(0)) + Decimal(sold["amount"])
    return [{"amount": str(amount), "currency": currency} for currency, amount in sorted(sums.items())]


def by_channel(counts: list[Json], before: list[Json]) -> list[ChannelCount]:
    """Return the channels that brought anything on one of the days, most of the day first."""
    now, then = Counter[str](), Counter[str]()
    for counted, found in ((now, counts), (then, before)):
        for each in found:
            counted[each["channel"]] += each["count"]
    kinds = sorted(counts, key=lambda each: (-each["count"], each["kind"]))
    return [
        ChannelCount(
            channel,
            now[channel],
            then[channel],
            [(each["kind"], each["count"]) for each in kinds if each["channel"] == channel],
        )
        for channel in sorted({*now, *then}, key=lambda channel: (-now[channel], -then[channel], channel))
    ]


PAGES = (Page("", start),)
