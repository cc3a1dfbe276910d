"""The customer page in Chromium, in both languages, with and without scripts."""

from __future__ import annotations

from playwright.async_api import expect

from tests.admin.conftest import Shop, Visit
from tests.admin.people import HANAKO, INTERACTIONS, MARRIED, NEWCOMER, ORDERS, SCRIPT, SECOND_JIRO

PAGE = 20
ORIGIN = {"ja": "/ec の登録 U-hanako から", "en": "from /ec, record U-hanako"}
JOINED = {"ja": "確認済みのメールアドレスが一致しました。", "en": "It shares a verified email address."}
NAME = {"ja": "氏名", "en": "Name"}
FORMERLY = {"ja": "旧姓・以前のお名前：改姓前 良子", "en": "Formerly 改姓前 良子"}
GIVEN_NAMES = {"ja": "名が異なるため統合していません", "en": "their given names differ"}
TWO_PEOPLE = {"ja": "2人で利用", "en": "2 people"}
WORRIES = {
    "ja": ["対応中の注文", "未返信", "低い評価", "遅れている注文", "返品"],
    "en": ["Order under way", "Not answered yet", "Low score", "Order is late", "Order returned"],
}
REFUSED = {"ja": "広告・ご案内: お断り", "en": "Advertising: refused"}
SAID_NO = {"ja": "この連絡先について本人が断っています。", "en": "They refused for this contact point."}
NO_WORRIES = {"ja": "対応待ちや最近のトラブルはありません", "en": "Nothing is waiting"}
FACTS = {
    "ja": ["試験 花子", "シケン ハナコ", "1988年8月8日", "女性", "090-5555-0101", "hanako@example.jp", "東京都試験区見本1-2-3"],
    "en": [
        "試験 花子",
        "シケン ハナコ",
        "8 August 1988",
        "Female",
        "090-5555-0101",
        "hanako@example.jp",
        "東京都試験区見本1-2-3",
    ],
}
TAKEN_FROM = {"ja": f"直近の注文{ORDERS}件", "en": f"From the newest {ORDERS} orders"}
SHARED = {"ja": "家族共有", "en": "Shared by a family"}
MERGED = {"ja": "統合されました", "en": "was merged"}
NO_ORDERS = {"ja": "購入履歴はありません", "en": "No purchases yet"}
NO_TIMELINE = {"ja": "まだ記録がありません", "en": "No entries yet"}
MISSING = {"ja": "該当するページがありません", "en": "Page not found"}
NOTHING_OF_THIS_KIND = {"ja": "この条件に合う記録はありません", "en": "No entries match this filter"}


async def opened(visit: Visit, address: str) -> str:
    """Open a page and return its language."""
    await visit.page.goto(address)
    return await visit.page.locator("html").get_attribute("lang") or ""


async def test_who_it_is_and_how_to_reach_them(visit: Visit, shop: Shop) -> None:
    language = await opened(visit, shop.page(HANAKO))
    for fact in FACTS[language]:
        await expect(visit.page.locator(".who")).to_contain_text(fact)
    identifiers = visit.page.locator(".identifiers li")
    await expect(identifiers.filter(has_text="03-5555-0100")).to_contain_text(SHARED[language])
    await expect(identifiers.filter(has_text="090-5555-0101").locator(".flag-good")).to_have_count(1)
    await expect(identifiers.filter(has_text="090-5555-0101").locator(".flag-bad")).to_have_text(REFUSED[language])
    await expect(identifiers.filter(has_text="hanako@example.jp").locator(".flag-bad")).to_have_count(0)
    await expect(visit.page.locator(".who .flag-bad")).to_have_text(REFUSED[language])
    refusal = visit.page.locator("#consents li").filter(has_text="090-5555-0101")
    await expect(refusal).to_contain_text(SAID_NO[language])
    await refusal.locator("summary").click()
    await expect(refusal.locator("details")).to_contain_text("試験の申込書")
    assert visit.complaints == []


async def test_the_figures_are_those_of_the_orders(visit: Visit, shop: Shop) -> None:
    await opened(visit, shop.page(HANAKO))
    total = sum(range(1, ORDERS + 1)) * 10_000
    await expect(visit.page.locator(".metrics")).to_contain_text(f"¥{total:,}")
    await expect(visit.page.locator(".metrics dd").first).to_have_text(str(ORDERS))


async def test_what_they_tend_to_buy_says_which_orders_it_is_taken_from(visit: Visit, shop: Shop) -> None:
    language = await opened(visit, shop.page(HANAKO))
    card = visit.page.locator("section:has(> #preferences-title)")
    await expect(card).to_contain_text(f"¥{sum(range(1, ORDERS + 1)) * 10_000 // ORDERS:,}")
    await expect(card.locator("p")).to_contain_text(TAKEN_FROM[language])
    await opened(visit, shop.page(NEWCOMER))
    await expect(card).to_have_count(0)


async def test_orders_show_where_how_much_and_their_lines(visit: Visit, shop: Shop) -> None:
    await opened(visit, shop.page(HANAKO))
    newest = visit.page.locator("details.order").first
    await expect(newest.locator("summary")).to_contain_text("試験渋谷店")
    await expect(newest.locator("summary")).to_contain_text("¥70,000")
    await expect(newest.locator("tbody tr")).to_contain_text(["試験ジャケット"])


async def test_more_orders_come_on_demand(visit: Visit, shop: Shop) -> None:
    await opened(visit, shop.page(HANAKO))
    numbers = visit.page.locator(".order-number")
    before = await numbers.all_inner_texts()
    await visit.page.locator("#orders .more a").click()
    await expect(visit.page.locator("#orders .more")).to_have_count(0)
    after = await numbers.all_inner_texts()
    assert [*before, *(number for number in after if number not in before)] == [
        f"T-2025-{each:04d}" for each in range(ORDERS, 0, -1)
    ]


async def test_the_timeline_is_newest_first_and_earlier_rows_come_on_demand(visit: Visit, shop: Shop) -> None:
    await opened(visit, shop.page(HANAKO))
    times = visit.page.locator(".touchpoint > time")
    before = [await each.get_attribute("datetime") for each in await times.all()]
    assert len(before) == PAGE
    await visit.page.locator("#timeline .more a").click()
    await expect(visit.page.locator("#timeline .more")).to_have_count(0)
    shown = [await each.get_attribute("datetime") for each in await times.all()]
    together = [*before, *(each for each in shown if each not in before)]
    assert len(together) == INTERACTIONS + ORDERS
    assert together == sorted(together, key=str, reverse=True)
    assert visit.complaints == []


async def test_the_timeline_is_narrowed_by_kind_and_by_channel(visit: Visit, shop: Shop) -> None:
    await opened(visit, shop.page(HANAKO))
    await choose(visit, "kind", "CALL")
    await expect(visit.page.locator(".touchpoint.channel-phone")).to_have_count(INTERACTIONS // 2)
    await expect(visit.page.locator(".touchpoint")).to_have_count(INTERACTIONS // 2)
    assert "kind=CALL" in visit.page.url
    await visit.page.reload()
    await expect(visit.page.locator(".touchpoint")).to_have_count(INTERACTIONS // 2)
    await choose(visit, "kind", "")
    await choose(visit, "channel", "LINE")
    await expect(visit.page.locator(".touchpoint.channel-line")).to_have_count(INTERACTIONS - INTERACTIONS // 2)
    assert visit.complaints == []


async def choose(visit: Visit, name: str, value: str) -> None:
    """Choose in a list of the filter, and press its button where there is one (without scripts)."""
    await visit.page.locator(f"#filter-{name}").select_option(value)
    button = visit.page.locator(".filter button")
    if await button.is_visible():
        await button.click()


async def test_a_filter_that_leaves_nothing_says_so(visit: Visit, shop: Shop) -> None:
    language = await opened(visit, f"{shop.page(HANAKO)}?kind=WEBINAR")
    await expect(visit.page.locator("#timeline .empty-line")).to_contain_text(NOTHING_OF_THIS_KIND[language])
    await visit.page.locator("#timeline .empty-line a").click()
    await expect(visit.page.locator(".touchpoint")).to_have_count(PAGE)


async def test_back_after_a_filter_shows_the_whole_page_again(scripted: Visit, shop: Shop) -> None:
    await opened(scripted, shop.page(HANAKO))
    await choose(scripted, "kind", "CALL")
    await expect(scripted.page.locator(".touchpoint")).to_have_count(INTERACTIONS // 2)
    await scripted.page.go_back()
    await expect(scripted.page.locator(".touchpoint")).to_have_count(PAGE)
    await expect(scripted.page.locator("header.bar")).to_have_count(1)
    await expect(scripted.page.locator("h1")).to_contain_text("試験 花子")


async def test_a_merged_id_shows_the_living_customer_and_says_so(visit: Visit, shop: Shop) -> None:
    language = await opened(visit, f"{shop.server.address}/admin/customers/{shop.merged}")
    await expect(visit.page.locator(".notice:not(.live-state)")).to_contain_text(MERGED[language])
    await expect(visit.page.locator("h1")).to_contain_text("見本 次郎")
    await expect(visit.page.locator(".sources li")).to_have_count(2)
    await opened(visit, shop.page("U-jiro"))
    await expect(visit.page.locator(".notice:not(.live-state)")).to_have_count(0)


async def test_a_customer_without_history_gets_designed_empty_parts(visit: Visit, shop: Shop) -> None:
    language = await opened(visit, shop.page(NEWCOMER))
    await expect(visit.page.locator("#orders .empty-line")).to_contain_text(NO_ORDERS[language])
    await expect(visit.page.locator("#timeline .empty-line")).to_contain_text(NO_TIMELINE[language])


async def test_an_address_of_nobody_is_a_designed_404(visit: Visit, shop: Shop) -> None:
    for wrong in ("nobody", "Q3VzdG9tZXI6bm9ib2R5", "%00"):
        answer = await visit.page.goto(f"{shop.server.address}/admin/customers/{wrong}")
        assert answer is not None
        assert answer.status == 404
        language = await visit.page.locator("html").get_attribute("lang") or ""
        await expect(visit.page.locator(".problem h1")).to_have_text(MISSING[language])


async def test_markup_in_a_name_is_only_text(visit: Visit, shop: Shop) -> None:
    await opened(visit, shop.page(SCRIPT))
    await expect(visit.page.locator("h1")).to_contain_text("<script>alert(1)</script>")
    assert visit.complaints == []


async def test_a_golden_value_says_where_it_comes_from_under_the_mouse_and_in_a_list(visit: Visit, shop: Shop) -> None:
    language = await opened(visit, shop.page(HANAKO))
    told = visit.page.locator(".who h1 .told")
    tip = told.locator(".tip")
    await expect(tip).to_be_hidden()
    await told.hover()
    await expect(tip).to_be_visible()
    await expect(tip).to_contain_text(ORIGIN[language])
    await visit.page.mouse.move(0, 0)
    await expect(tip).to_be_hidden()
    origins = visit.page.locator(".origins")
    await expect(origins).to_be_hidden()
    await visit.page.locator("details:has(> .origins) summary").press("Enter")
    await expect(origins.locator("dt").first).to_have_text(NAME[language])
    await expect(origins.locator("dd").first).to_contain_text("U-hanako")
    assert await visit.page.locator(".who [tabindex]").count() == 0


async def test_an_identifier_of_several_people_says_so_and_leads_to_them(visit: Visit, shop: Shop) -> None:
    language = await opened(visit, shop.page(HANAKO))
    landline = visit.page.locator(".identifiers li").filter(has_text="03-5555-0100")
    await expect(landline).to_contain_text(TWO_PEOPLE[language])
    await landline.locator("button").click()
    await expect(visit.page.locator("a.candidate")).to_have_count(2)
    assert [address for address in visit.addresses if "5555" in address] == []


async def test_who_else_has_a_number_is_told_without_leaving_the_customer(scripted: Visit, shop: Shop) -> None:
    await opened(scripted, shop.page(HANAKO))
    await scripted.page.locator(".identifiers li").filter(has_text="03-5555-0100").locator("button").press("Enter")
    await expect(scripted.page.locator(".bar a.candidate")).to_have_count(2)
    await expect(scripted.page.locator(".bar a.candidate").first).to_be_focused()
    assert scripted.page.url == shop.page(HANAKO)


async def test_a_number_is_called_from_the_head_of_the_page_and_copied(scripted: Visit, shop: Shop) -> None:
    await scripted.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await opened(scripted, shop.page(HANAKO))
    await expect(scripted.page.locator(".who a[href^='tel:']")).to_have_attribute("href", "tel:+819055550101")
    await scripted.page.locator(".who [data-copy]").click()
    await expect(scripted.page.locator(".who [data-said]")).to_have_attribute("data-said", "コピーしました")
    assert await scripted.page.evaluate("navigator.clipboard.readText()") == "090-5555-0101"


async def test_on_a_phone_numbers_come_on_demand_and_purchases_before_the_timeline(scripted: Visit, shop: Shop) -> None:
    await scripted.page.set_viewport_size({"width": 390, "height": 844})
    await opened(scripted, shop.page(HANAKO))
    await expect(scripted.page.locator(".identifiers").first).to_be_hidden()
    await scripted.page.locator(".fold summary").click()
    await expect(scripted.page.locator(".identifiers").first).to_be_visible()
    await scripted.page.set_viewport_size({"width": 1280, "height": 844})
    await expect(scripted.page.locator(".fold summary")).to_be_hidden()
    await opened(scripted, shop.page(HANAKO))
    await expect(scripted.page.locator(".identifiers").first).to_be_visible()


async def test_what_waits_or_went_wrong_comes_first_and_more_on_demand(visit: Visit, shop: Shop) -> None:
    language = await opened(visit, shop.page(SECOND_JIRO))
    reasons = visit.page.locator("#attention .waits strong")
    await expect(reasons).to_have_text(WORRIES[language][:4])
    await visit.page.locator("#attention .more a").click()
    await expect(reasons.last).to_have_text(WORRIES[language][4])
    await expect(visit.page.locator("#attention .more")).to_have_count(0)
    sections = await visit.page.locator("main h2").all_inner_texts()
    ids = await visit.page.locator("main .main > section").evaluate_all("all => all.map(each => each.id)")
    assert ids == ["owed", "attention", "orders", "basket", "offers", "timeline"], sections


async def test_nothing_waiting_is_said(visit: Visit, shop: Shop) -> None:
    language = await opened(visit, shop.page(NEWCOMER))
    await expect(visit.page.locator("#attention .empty-line")).to_contain_text(NO_WORRIES[language])


async def test_the_timeline_is_narrowed_by_a_period(visit: Visit, shop: Shop) -> None:
    await opened(visit, shop.page(SECOND_JIRO))
    await expect(visit.page.locator(".touchpoint")).to_have_count(5)
    await choose(visit, "period", "30d")
    await expect(visit.page.locator(".touchpoint")).to_have_count(3)
    await visit.page.reload()
    await expect(visit.page.locator(".touchpoint")).to_have_count(3)
    await expect(visit.page.locator("#filter-period")).to_have_value("30d")


async def test_a_touchpoint_opens_in_a_panel_with_all_that_was_said(visit: Visit, shop: Shop) -> None:
    await opened(visit, f"{shop.page(HANAKO)}?channel=LINE")
    await visit.page.locator(".happening-head").first.click()
    panel = visit.page.locator("#detail")
    await expect(panel).to_contain_text(f"{INTERACTIONS}日の長い文章")
    await expect(panel.locator(".message-theirs")).to_contain_text(f"{INTERACTIONS}日の質問です")
    await panel.locator(".close").click()
    await expect(panel).to_be_hidden()
    assert visit.complaints == []


async def test_the_panel_takes_the_focus_and_gives_it_back(scripted: Visit, shop: Shop) -> None:
    await opened(scripted, shop.page(HANAKO))
    first = scripted.page.locator(".happening-head").first
    await first.focus()
    await scripted.page.keyboard.press("Enter")
    await expect(scripted.page.locator("#detail h2")).to_be_focused()
    await scripted.page.keyboard.press("Escape")
    await expect(scripted.page.locator("#detail")).to_be_hidden()
    await expect(first).to_be_focused()


async def test_a_filter_keeps_the_focus_when_it_has_narrowed_the_timeline(scripted: Visit, shop: Shop) -> None:
    await opened(scripted, shop.page(SECOND_JIRO))
    period = scripted.page.locator("#filter-period")
    await period.focus()
    await period.select_option("30d")
    await expect(scripted.page.locator(".touchpoint")).to_have_count(3)
    await expect(period).to_be_focused()


async def test_a_touchpoint_of_somebody_else_is_not_shown_under_this_name(visit: Visit, shop: Shop) -> None:
    await opened(visit, shop.page(HANAKO))
    address = await visit.page.locator(".happening-head").first.get_attribute("href") or ""
    touchpoint = address.partition("?")[2].partition("#")[0]
    for wrong in (touchpoint, "touchpoint=nonsense", "touchpoint=" + shop.customers[HANAKO]):
        answer = await visit.page.goto(f"{shop.page(NEWCOMER)}?{wrong}")
        assert answer is not None
        assert answer.status == 404


async def test_each_chart_has_its_table(visit: Visit, shop: Shop) -> None:
    await opened(visit, shop.page(HANAKO))
    mix = visit.page.locator("section:has(> #channels-title)")
    await expect(mix.locator("svg")).to_have_attribute("role", "img")
    await mix.locator("summary").click()
    rows = mix.locator("tbody tr")
    assert sum([int(text) for text in await rows.locator("td:nth-child(2)").all_inner_texts()]) == INTERACTIONS + ORDERS
    spend = visit.page.locator("section:has(> #spend-title-JPY)")
    await spend.locator("summary").click()
    await expect(spend.locator("tbody td").nth(1)).to_have_text(f"¥{sum(range(1, ORDERS + 1)) * 10_000:,}")


async def test_on_paper_stand_the_facts_and_no_controls(visit: Visit, shop: Shop) -> None:
    await opened(visit, shop.page(HANAKO))
    await visit.page.emulate_media(media="print")
    for there in (".printed", ".who", ".identifiers >> nth=0", "#orders", "#timeline"):
        await expect(visit.page.locator(there)).to_be_visible()
    for gone in ("header.bar", ".filter", "#timeline .more", ".sharers"):
        await expect(visit.page.locator(gone)).to_be_hidden()


async def test_the_page_says_why_its_records_are_one_person(visit: Visit, shop: Shop) -> None:
    language = await opened(visit, shop.page(SECOND_JIRO))
    identity = visit.page.locator("#identity")
    await expect(identity.locator(".chain").first).to_be_hidden()
    await identity.locator("summary").first.click()
    [link] = await identity.locator(".chain").first.locator("li").all()
    for told in (JOINED[language], "U-jiro", "P-jiro", "jiro@example.jp"):
        await expect(link).to_contain_text(told)
    assert [address for address in visit.addresses if "example.jp" in address] == []
    assert visit.complaints == []


async def test_a_former_name_and_who_else_it_may_be_are_shown(visit: Visit, shop: Shop) -> None:
    language = await opened(visit, shop.page(MARRIED))
    await expect(visit.page.locator(".who .former")).to_have_text(FORMERLY[language])
    match = visit.page.locator("#identity > ul.chain li")
    await expect(match).to_contain_text(GIVEN_NAMES[language])
    await match.locator("a").first.click()
    await expect(visit.page.locator("h1")).to_contain_text("改姓後 次郎")
