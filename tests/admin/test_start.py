"""The start page in Chromium: what happened on one day, in both languages, with and without scripts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect

from admin.pages.start.page import ChannelCount, Day, by_channel, instant, local, sales, times
from tests.admin.conftest import Shop, Visit
from tests.admin.days import DAY, EMPTY_DAY, ORDERED, WEEK_BEFORE

TOKYO = ZoneInfo("Asia/Tokyo")
NOTHING = {"ja": "この日の記録はありません", "en": "Nothing happened on this day"}
NOTHING_YET = {"ja": "本日の記録はまだありません", "en": "Nothing has happened yet on this day"}
WAITING = {"ja": "返信待ち", "en": "Waiting for an answer"}
SOLD = 9_000 * (ORDERED - 2) + 18_080 + 495_000
LONG_AGO = {"ja": "これより前の記録もありません", "en": "Nothing is known of any time before it"}


async def opened(visit: Visit, shop: Shop, query: str = "") -> str:
    """Open the start page and return its language."""
    await visit.page.goto(f"{shop.server.address}/admin{query}")
    return await visit.page.locator("html").get_attribute("lang") or ""


async def test_a_day_says_how_much_happened_beside_the_week_before(visit: Visit, days: Shop) -> None:
    await opened(visit, days, f"?day={DAY}")
    figures = visit.page.locator(".day-metrics dd")
    await expect(figures.nth(0)).to_contain_text(str(ORDERED + 1))
    await expect(figures.nth(0).locator("small")).to_contain_text("1")
    await expect(figures.nth(1)).to_contain_text(f"¥{SOLD:,}")
    await expect(figures.nth(1).locator("small")).to_contain_text("¥9,000")
    await expect(figures.nth(2)).to_contain_text("6")
    await expect(figures.nth(3)).to_have_text("1")
    assert visit.complaints == []


async def test_a_day_begins_and_ends_at_midnight_of_the_business(visit: Visit, days: Shop) -> None:
    await opened(visit, days, f"?day={DAY}")
    await expect(visit.page.locator("#orders .event").first).to_contain_text("GUEST-1")
    await expect(visit.page.locator("#orders .event time").first).to_have_text("23:59")
    await expect(visit.page.locator("#interactions .event time").last).to_have_text("00:00")
    await opened(visit, days, f"?day={WEEK_BEFORE}")
    await expect(visit.page.locator("#interactions .event")).to_contain_text(["前の週のメモ"])


async def test_only_a_letter_without_an_answer_waits(visit: Visit, days: Shop) -> None:
    language = await opened(visit, days, f"?day={DAY}")
    waiting = visit.page.locator("#unanswered")
    await expect(waiting.locator("h2")).to_contain_text(WAITING[language])
    await expect(waiting.locator(".event")).to_have_count(1)
    await expect(waiting.locator(".event")).to_contain_text("返事を待つメール")


async def test_stores_show_what_they_sold(visit: Visit, days: Shop) -> None:
    await opened(visit, days, f"?day={DAY}")
    row = visit.page.locator("tbody tr").filter(has_text="試験横浜店")
    await expect(row.locator("td")).to_have_text([str(ORDERED), f"¥{SOLD:,}"])
    await row.locator("a").click()
    await expect(visit.page.locator("h1")).to_contain_text("試験横浜店")


async def test_later_rows_come_below_or_on_a_page_of_their_own(visit: Visit, days: Shop) -> None:
    await opened(visit, days, f"?day={DAY}")
    rows = visit.page.locator("#orders .event")
    await expect(rows).to_have_count(8)
    await visit.page.locator("#orders .more a").click()
    await expect(rows.filter(has_text="D-0001")).to_be_visible()
    await expect(visit.page.locator("#orders .more")).to_have_count(0)
    assert visit.complaints == []


async def test_one_walks_from_day_to_day(visit: Visit, days: Shop) -> None:
    await opened(visit, days, f"?day={DAY}")
    await visit.page.locator("a[rel=next]").click()
    await expect(visit.page).to_have_url(f"{days.server.address}/admin?day={EMPTY_DAY}#day")
    await visit.page.locator("a[rel=prev]").click()
    await expect(visit.page.locator(".day-metrics")).to_be_visible()


async def test_an_empty_day_offers_the_last_one_with_events(visit: Visit, days: Shop) -> None:
    language = await opened(visit, days, f"?day={EMPTY_DAY}")
    await expect(visit.page.locator(".empty")).to_contain_text(NOTHING[language])
    await visit.page.locator(".empty .actions a").click()
    await expect(visit.page).to_have_url(f"{days.server.address}/admin?day={DAY}#day")


async def test_today_is_shown_without_being_asked_for_and_has_no_later_day(visit: Visit, days: Shop) -> None:
    language = await opened(visit, days)
    await expect(visit.page.locator(".empty")).to_contain_text(NOTHING_YET[language])
    await expect(visit.page.locator("a[rel=next]")).to_have_count(0)


async def test_a_day_before_all_events_says_so(visit: Visit, days: Shop) -> None:
    language = await opened(visit, days, "?day=1999-01-01")
    await expect(visit.page.locator(".empty")).to_contain_text(LONG_AGO[language])


@pytest.mark.parametrize("query", ["?day=tomorrow", "?day=2025-02-30", "?day=0001-01-01", "?day=9999-12-31", "?orders=nonsense"])
async def test_what_is_no_day_and_no_cursor_is_a_400(days: Shop, query: str) -> None:
    assert (await days.server.client.get(f"/admin{query}")).status_code == 400


async def test_an_order_that_nobody_is_known_by_is_found_by_its_number(visit: Visit, days: Shop) -> None:
    await opened(visit, days)
    await visit.page.locator("#query").fill("guest-1")
    await visit.page.locator(".box button").click()
    await visit.page.locator("a.found-order").click()
    await expect(visit.page.locator("h1")).to_contain_text("GUEST-1")
    assert not any("guest" in address.lower() for address in visit.addresses)


def a_day(day: str, today: str) -> Day:
    begins = local(date.fromisoformat(day), TOKYO)
    return Day(date.fromisoformat(day), instant(begins), instant(begins + timedelta(days=1)), date.fromisoformat(today))


def test_a_day_that_is_over_is_compared_with_a_whole_day_and_today_with_a_part() -> None:
    now = datetime(2025, 6, 20, 9, 30, tzinfo=TOKYO)
    over, going_on = times(a_day("2025-06-15", "2025-06-20"), now), times(a_day("2025-06-20", "2025-06-20"), now)
    assert over == {
        "from": "2025-06-14T15:00:00+00:00", "to": "2025-06-15T15:00:00+00:00",
        "weekBefore": "2025-06-07T15:00:00+00:00", "untilBefore": "2025-06-08T15:00:00+00:00",
    }  # fmt: skip
    assert going_on["to"] == "2025-06-20T15:00:00+00:00"
    assert datetime.fromisoformat(going_on["untilBefore"]) == datetime(2025, 6, 13, 0, 30, tzinfo=UTC)


def test_channels_of_both_days_are_listed_most_of_the_day_first() -> None:
    day = [{"channel": "WEB", "kind": "ORDER", "count": 2}, {"channel": "PHONE", "kind": "CALL", "count": 3}]
    day.append({"channel": "WEB", "kind": "CHAT_THREAD", "count": 4})
    before = [{"channel": "FAX", "kind": "FAX", "count": 1}, {"channel": "WEB", "kind": "ORDER", "count": 5}]
    assert by_channel(day, before) == [
        ChannelCount("WEB", 6, 5, [("CHAT_THREAD", 4), ("ORDER", 2)]),
        ChannelCount("PHONE", 3, 0, [("CALL", 3)]),
        ChannelCount("FAX", 0, 1, []),
    ]


def test_sales_are_added_up_for_each_currency() -> None:
    yen, dollars = {"amount": "1200", "currency": "JPY"}, {"amount": "9.90", "currency": "USD"}
    stores = [{"sales": [yen, dollars]}, {"sales": []}, {"sales": [{"amount": "0.15", "currency": "USD"}]}]
    assert sales(stores) == [yen, {"amount": "10.05", "currency": "USD"}]
    assert sales([]) == []
