"""What people of the demo town do: they buy, visit, call, chat, browse, write and answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from demo.catalogue import ARTICLES, SHOPS, Article
from demo.envelope import END, RawEvent, event
from demo.people import LINE_SOURCE, Resident

QUESTIONS = ("在庫の問い合わせ", "配送日の変更", "サイズ交換の相談", "返品の手続き", "お直しの仕上がり確認", "ポイントの残高")


def orders(person: Resident, random: Random) -> Iterator[RawEvent]:
    """Yield purchases at the till and in the web shop; some by the number of an identifier only."""
    for number in range(1, 1 + random.choice((0, 1, 2, 3, 5, 8, 12))):
        at = _moment(person, random, first_day=70)
        in_shop = "pos" in person.systems and ("ec" not in person.systems or random.random() < 0.6)
        yield order(person, f"{person.number:04d}-{number:02d}", at, random, in_shop=in_shop)


def order(person: Resident, number: str, at: datetime, random: Random, *, in_shop: bool) -> RawEvent:
    """Return one order whose amounts add up: 10 % off a line now and then, shipping below 10,000 yen."""
    lines = [_line(index, article, random) for index, article in enumerate(random.sample(ARTICLES, random.randint(1, 4)), 1)]
    goods = sum(int(line["amount"]) for line in lines)
    data: dict[str, Any] = {"status": "FULFILLED", "currency": "JPY", "lines": lines}
    if in_shop:
        data |= {"channel": "STORE", "store": SHOPS[person.shop].code, "total": str(goods), "by": _by("/pos", person.member)}
        return event("order", f"/pos/{SHOPS[person.shop].code}", f"receipt-{number}", at, data, subject=f"POS-{number}")
    shipping = 0 if goods >= 10_000 else 550
    data |= {
        "channel": "WEB",
        "store": "web",
        "shipping": str(shipping),
        "total": str(goods + shipping),
        "by": _by("/ec", person.account),
    }
    return event("order", "/ec", f"order-{number}", at, data, subject=f"EC-{number}")


def _line(index: int, article: Article, random: Random) -> dict[str, Any]:
    quantity = random.choice((1, 1, 1, 2))
    discount = article.price * quantity // 10 if random.random() < 0.2 else 0
    return {
        "line": index,
        "sku": article.sku,
        "name": article.name,
        "quantity": quantity,
        "unitPrice": str(article.price),
        "discount": str(discount),
        "amount": str(article.price * quantity - discount),
    }


def contacts(person: Resident, random: Random) -> Iterator[RawEvent]:
    """Yield what the systems that know a person saw of them."""
    for number in range(1, 1 + random.choice((1, 2, 4, 6, 9))):
        at = _moment(person, random, first_day=70)
        contact = f"{person.number:04d}-{number:02d}"
        system = random.choice(sorted(person.systems))
        yield _CONTACTS[system](person, contact, at, random)


def _moment(person: Resident, random: Random, first_day: int) -> datetime:
    begin = person.since + timedelta(days=first_day)
    day = begin + timedelta(days=random.randrange((END - begin).days))
    return day.replace(hour=random.randint(10, 19), minute=random.randrange(60), second=0, microsecond=0)


def _by(source: str, subject: str) -> dict[str, Any]:
    return {"record": {"source": source, "subject": subject}}


def _at_the_shop(person: Resident, contact: str, at: datetime, random: Random) -> RawEvent:
    shop, article = SHOPS[person.shop], random.choice(ARTICLES)
    data: dict[str, Any] = {"store": shop.code, "by": _by("/pos", person.member)}
    if random.random() < 0.8:
        data |= {"kind": "STORE_VISIT", "askedFor": [article.sku], "triedOn": [article.sku], "products": [article.sku]}
        data |= {
            "size": random.choice(("S", "M", "L")),
            "advice": "ワンサイズ上もお試しいただいた",
            "staff": f"st-{person.shop + 1}",
        }
    else:
        data |= {"kind": "APPOINTMENT", "attended": True, "scheduledFor": at.isoformat(), "result": "お直しの採寸"}
    return event("interaction", f"/pos/{shop.code}", f"visit-{contact}", at, data)


def _in_the_web_shop(person: Resident, contact: str, at: datetime, random: Random) -> RawEvent:
    seen = random.sample(ARTICLES, 3)
    choices: tuple[dict[str, Any], ...] = (
        {
            "kind": "WEB_SESSION",
            "device": random.choice(("スマートフォン", "パソコン")),
            "products": [article.sku for article in seen],
            "pages": [
                {"at": (at + timedelta(minutes=2 * index)).isoformat(), "url": f"/products/{article.sku}", "sku": article.sku}
                for index, article in enumerate(seen)
            ],
        },
        {
            "kind": "CHAT_THREAD",
            "topic": random.choice(QUESTIONS),
            "messages": [
                {"at": at.isoformat(), "from": "customer", "text": f"{seen[0].name}の在庫はありますか。"},
                {"at": (at + timedelta(minutes=1)).isoformat(), "from": "staff", "text": "はい、ございます。"},
            ],
        },
        {"kind": "EMAIL", "direction": "INBOUND", "subject": random.choice(QUESTIONS), "text": "お手数ですがご返信ください。"},
        {"kind": "NEWSLETTER", "direction": "OUTBOUND", "campaign": f"{at.year}年{at.month}月号", "subject": "今月のおすすめ"},
        {"kind": "SURVEY", "score": random.randint(5, 10), "scale": "10", "answers": {"またお買い物をされますか": "はい"}},
        {"kind": "CATALOG_REQUEST", "channel": "WEB", "document": f"{at.year}年総合カタログ", "pageCount": 96},
    )
    data = {**random.choice(choices), "by": _by("/ec", person.account)}
    return event("interaction", "/ec", f"contact-{contact}", at, data)


def _on_line(person: Resident, contact: str, at: datetime, random: Random) -> RawEvent:
    data = {
        "kind": "SOCIAL_MESSAGE",
        "channel": "LINE",
        "direction": "INBOUND",
        "messages": [{"at": at.isoformat(), "from": "customer", "text": f"{random.choice(QUESTIONS)}です。"}],
        "by": _by(LINE_SOURCE, person.line_id),
    }
    return event("interaction", LINE_SOURCE, f"message-{contact}", at, data)


def _by_telephone(person: Resident, contact: str, at: datetime, random: Random) -> RawEvent:
    """A call is known by its number only."""
    seconds = random.randint(40, 900)
    data = {
        "kind": "CALL",
        "direction": "INBOUND",
        "durationSeconds": seconds,
        "endedAt": (at + timedelta(seconds=seconds)).isoformat(),
        "queue": "ご注文",
        "outcome": "解決",
        "summary": random.choice(QUESTIONS),
        "staff": f"op-{random.randint(1, 12)}",
        "by": {"identifiers": [{"kind": "PHONE", "value": person.mobile.replace("-", "")}]},
    }
    return event("interaction", "/cti", f"call-{contact}", at, data)


_CONTACTS = {"pos": _at_the_shop, "ec": _in_the_web_shop, "line": _on_line, "cti": _by_telephone}
