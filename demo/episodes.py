"""What belongs together in a customer's life: asking and then buying, buying and then asking, bringing something back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from demo.cases import desk_case
from demo.catalogue import ARTICLES
from demo.contacts import call, chat, line_message, mail, opinion, session, visit
from demo.envelope import RawEvent, by_identifier
from demo.hours import later
from demo.life import Life, skus
from demo.purchases import order, returned
from demo.shops import SHOPS
from demo.talk import AFTER_BUYING, BEFORE_BUYING, SMALL_TALK

Events = Iterator[RawEvent]

ALTERED = ("ジャケット", "ワンピース", "パンツ", "コート")


def shop_purchase(life: Life, at: datetime) -> Events:
    shop, articles = life.shop(), life.articles(at, 4)
    if life.chance(0.3):
        yield visit(life, at - timedelta(minutes=25), shop, articles)
    coupon = f"SHOP{at:%y%m}" if life.chance(0.12) else None
    yield order(life, at, "STORE", articles, life.by("pos"), shop=shop, coupon=coupon)


def shop_visit(life: Life, at: datetime) -> Events:
    """Look and try on; a third of those with a web account buy at home."""
    articles = life.articles(at, 3)
    yield visit(life, at, life.shop(), articles)
    if life.knows("ec", at) and life.chance(0.33):
        yield order(life, later(life.random, at, 4, "ONLINE"), "WEB", articles[:1], life.by("ec"))


def web_purchase(life: Life, at: datetime) -> Events:
    articles = life.articles(at, 5)
    yield session(life, at - timedelta(minutes=18), articles, "ec")
    shop = SHOPS[life.person.shop] if life.chance(0.12) else None
    coupon = f"WEB{at:%y%m}" if life.chance(0.15) else None
    placed = order(life, at, "WEB", articles, life.by("ec"), shop=shop, coupon=coupon)
    yield placed
    if shop and life.knows("pos", at):
        yield visit(
            life, later(life.random, at, 5, "STORE"), shop, articles[:1], orders=[placed["subject"]], summary="店頭受け取り"
        )


def app_purchase(life: Life, at: datetime) -> Events:
    articles = life.articles(at, 3)
    yield session(life, at - timedelta(minutes=9), articles, "app")
    yield order(life, at, "APP", articles, life.by("app"), coupon=f"APP{at:%y%m}" if life.chance(0.25) else None)


def browsing(life: Life, at: datetime) -> Events:
    known = [system for system in ("ec", "app") if life.knows(system, at)]
    yield session(life, at, life.articles(at, 5), life.random.choice(known))


def asks_then_buys(life: Life, at: datetime) -> Events:
    """Ask by telephone, then buy in a shop: most of them within the week."""
    articles = life.articles(at, 2)
    yield call(life, at, life.random.choice(BEFORE_BUYING), articles)
    if life.knows("pos", at) and life.chance(0.7):
        shop, coming = life.shop(), later(life.random, at, 6, "STORE")
        yield visit(life, coming, shop, articles)
        yield order(life, coming + timedelta(minutes=20), "STORE", articles, life.by("pos"), shop=shop)


def chat_then_order(life: Life, at: datetime) -> Events:
    articles = life.articles(at, 2)
    yield chat(life, at, life.random.choice(BEFORE_BUYING), articles[0])
    if life.chance(0.6):
        channel, system = ("WEB", "ec") if life.knows("ec", at) else ("APP", "app")
        yield order(life, at + timedelta(minutes=life.random.randint(15, 90)), channel, articles, life.by(system))


def line_talk(life: Life, at: datetime) -> Events:
    article = life.articles(at, 1)[0]
    exchange = life.random.choice(BEFORE_BUYING + SMALL_TALK)
    yield line_message(life, at, exchange, article)
    if exchange in BEFORE_BUYING and life.knows("pos", at) and life.chance(0.35):
        yield order(
            life, later(life.random, at, 5, "STORE"), "STORE", [article], life.by("pos"), shop=life.shop(), coupon="LINE10"
        )


def service_case(life: Life, at: datetime) -> Events:
    """Buy, and ask about it: by mail, telephone, chat or LINE, under one reference."""
    articles = life.articles(at, 2)
    channel, system = ("WEB", "ec") if life.knows("ec", at) else ("PHONE", "cti")
    placed = order(life, at, channel, articles, life.by(system))
    yield placed
    asked, exchange = later(life.random, at, 6, "PHONE"), life.random.choice(AFTER_BUYING)
    yield from desk_case(life, asked, exchange, articles[0], placed)
    more = {"orders": [placed["subject"]], "reference": f"Q-{placed['subject']}"}
    if life.chance(0.45):
        yield mail(life, asked, exchange, articles[0], **more)
    elif life.knows("line", asked) and life.chance(0.5):
        yield line_message(life, asked, exchange, articles[0], **more)
    elif system == "ec" and life.chance(0.5):
        yield chat(life, asked, exchange, articles[0], **more)
    if life.chance(0.6):
        yield call(life, later(life.random, asked, 3, "PHONE"), exchange, articles, **more)


def goods_back(life: Life, at: datetime) -> Events:
    """Buy and bring it back, sometimes to another shop than the one that sold it."""
    articles = life.articles(at, 1)
    if life.knows("pos", at):
        placed = order(life, at, "STORE", articles, life.by("pos"), shop=SHOPS[life.person.shop])
        back = later(life.random, at, 12, "STORE")
        yield visit(life, back, life.shop(), articles, orders=[placed["subject"]], summary="返品の受付", advice="返金をご案内")
    else:
        placed = order(life, at, "WEB", articles, life.by("ec"))
        back = later(life.random, at, 12, "PHONE")
        yield mail(life, back, AFTER_BUYING[1], articles[0], orders=[placed["subject"]])
    yield placed
    yield returned(placed, back)


def alteration(life: Life, at: datetime) -> Events:
    """Buy, have it measured, and be told by SMS that it is ready."""
    shop, articles = life.shop(), [life.random.choice([one for one in ARTICLES if one.category in ALTERED])]
    placed = order(life, at, "STORE", articles, life.by("pos"), shop=shop)
    yield placed
    more = {"orders": [placed["subject"]], "store": shop.code, "products": skus(articles)}
    measured = {"attended": True, "scheduledFor": at.isoformat(), "result": "お直しの採寸", "staff": f"{shop.code}-1"}
    yield life.said("APPOINTMENT", f"/pos/{shop.code}", at, life.by("pos"), **measured, **more)
    ready = later(life.random, at, 8, "PHONE")
    told = {"direction": "OUTBOUND", "text": "お直しが仕上がりました。ご来店をお待ちしております。"}
    yield life.said("SMS", "/sms", ready, by_identifier("PHONE", life.person.mobile), **told, **more)


def check_in(life: Life, at: datetime) -> Events:
    shop = life.shop()
    yield life.said("CHECK_IN", "/app", at, life.by("app"), store=shop.code)
    if life.knows("pos", at) and life.chance(0.4):
        yield order(life, at + timedelta(minutes=30), "STORE", life.articles(at, 2), life.by("pos"), shop=shop, coupon="CHECKIN5")


def newsletter(life: Life, at: datetime) -> Events:
    sent = at.replace(hour=8, minute=0)
    told = {"direction": "OUTBOUND", "campaign": f"{at.year}年{at.month}月号", "subject": "今月のおすすめ"}
    yield life.said("NEWSLETTER", "/newsletter", sent, life.by("ec"), **told)
    if life.chance(0.4):
        read = sent + timedelta(hours=life.random.randint(1, 12))
        yield session(life, read, life.articles(at, 3), "ec", referrer="newsletter")


def catalogue_order(life: Life, at: datetime) -> Events:
    """Ask for the catalogue, and order from it by post, fax or telephone."""
    season = "春夏" if at.month < 8 else "秋冬"
    told = {"document": f"{at.year}年{season}カタログ", "pageCount": 96}
    yield life.said("CATALOG_REQUEST", "/catalog", at, life.by("catalog"), **told)
    if life.chance(0.75):
        channel = life.random.choices(("POSTAL", "FAX", "PHONE"), weights=(3, 4, 3))[0]
        when, articles = later(life.random, at, 20, "PHONE"), life.articles(at, 4)
        if channel == "FAX":
            sheet = {"direction": "INBOUND", "document": "注文用紙", "pageCount": 1, "products": skus(articles)}
            yield life.said("FAX", "/cti", when - timedelta(minutes=40), life.by("catalog"), **sheet)
        yield order(life, when, channel, articles, life.by("catalog"))


def phone_order(life: Life, at: datetime) -> Events:
    articles = life.articles(at, 3)
    placed = order(life, at + timedelta(minutes=6), "PHONE", articles, life.by("cti"))
    yield call(life, at, BEFORE_BUYING[0], articles, orders=[placed["subject"]], summary="電話でのご注文")
    yield placed


def office_order(life: Life, at: datetime) -> Events:
    """Order for the company: a form or a fax first, then a larger order."""
    articles = life.articles(at, 5)
    if life.chance(0.5):
        form = {"form": "法人のお問い合わせ", "subject": "制服の見積もり", "text": "十名分の見積もりをお願いします。"}
        yield life.said("WEB_FORM", "/forms", at - timedelta(hours=1), life.by("ec"), **form)
    else:
        sheet = {"direction": "INBOUND", "document": "法人注文書", "pageCount": 2}
        yield life.said("FAX", "/cti", at - timedelta(hours=2), life.by("ec"), **sheet)
    yield order(life, at, "WEB", articles, life.by("ec"), coupon="BIZ10" if life.chance(0.4) else None)


def voiced_opinion(life: Life, at: datetime) -> Events:
    system = next(name for name in ("ec", "app", "pos") if life.knows(name, at))
    yield opinion(life, at, life.by(system))


@dataclass(frozen=True, slots=True)
class Episode:
    """`needs` are systems of which one must know the person; `place` says at which hours it begins."""

    happens: Callable[[Life, datetime], Events]
    needs: tuple[str, ...]
    place: str


EPISODES: Mapping[str, Episode] = {
    "shop_purchase": Episode(shop_purchase, ("pos",), "STORE"),
    "shop_visit": Episode(shop_visit, ("pos",), "STORE"),
    "web_purchase": Episode(web_purchase, ("ec",), "ONLINE"),
    "app_purchase": Episode(app_purchase, ("app",), "ONLINE"),
    "browsing": Episode(browsing, ("ec", "app"), "ONLINE"),
    "asks_then_buys": Episode(asks_then_buys, ("pos", "catalog", "cti"), "PHONE"),
    "chat_then_order": Episode(chat_then_order, ("ec", "app"), "ONLINE"),
    "line_talk": Episode(line_talk, ("line",), "ONLINE"),
    "service_case": Episode(service_case, ("ec", "cti"), "ONLINE"),
    "goods_back": Episode(goods_back, ("pos", "ec"), "STORE"),
    "alteration": Episode(alteration, ("pos",), "STORE"),
    "check_in": Episode(check_in, ("app",), "STORE"),
    "newsletter": Episode(newsletter, ("ec",), "ONLINE"),
    "catalogue_order": Episode(catalogue_order, ("catalog",), "PHONE"),
    "phone_order": Episode(phone_order, ("cti",), "PHONE"),
    "office_order": Episode(office_order, ("ec",), "PHONE"),
    "opinion": Episode(voiced_opinion, ("ec", "app", "pos"), "ONLINE"),
}
"""The names that a habit weighs."""
