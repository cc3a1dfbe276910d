"""Single contacts of the demo town: a call, a visit, a chat, a session, as the system that saw it tells it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from demo.catalogue import Article
from demo.envelope import RawEvent
from demo.life import Life, skus
from demo.purchases import staff_of
from demo.shops import Shop
from demo.talk import OPINIONS, Exchange, messages


def call(life: Life, at: datetime, exchange: Exchange, articles: Sequence[Article], **more: Any) -> RawEvent:
    """Return a call, known by its number only."""
    seconds = int(life.random.lognormvariate(5.2, 0.6))
    told = {"direction": "INBOUND", "durationSeconds": seconds, "endedAt": (at + timedelta(seconds=seconds)).isoformat()}
    told |= {"queue": "ご注文" if articles else "ご案内", "outcome": "解決", "store": "center", "staff": operator(life)}
    told |= {"topic": exchange.topic, "summary": exchange.summary, "products": skus(articles)}
    return life.said("CALL", "/cti", at, life.by_phone(), **{**told, **more})


def chat(life: Life, at: datetime, exchange: Exchange, article: Article, **more: Any) -> RawEvent:
    """Return a chat in the web shop with an operator, or with the bot that answers at night and hands on by day."""
    system = "ec" if life.knows("ec", at) else "app"
    kind = "BOT_SESSION" if at.hour < 9 or at.hour >= 21 or life.chance(0.2) else "CHAT_THREAD"
    talk = messages(life.random, at, exchange, article, "bot" if kind == "BOT_SESSION" else operator(life))
    told: dict[str, Any] = {"topic": exchange.topic, "messages": talk, "endedAt": talk[-1]["at"], "products": [article.sku]}
    if kind == "BOT_SESSION" and 9 <= at.hour < 21:
        told["handedOverTo"] = operator(life)
    return life.said(kind, "/chat", at, life.by(system), **told, **more)


def line_message(life: Life, at: datetime, exchange: Exchange, article: Article, **more: Any) -> RawEvent:
    source = life.person.record("line")[0]
    talk = messages(life.random, at, exchange, article, operator(life))
    told: dict[str, Any] = {"channel": "LINE", "direction": "INBOUND", "topic": exchange.topic, "messages": talk}
    return life.said("SOCIAL_MESSAGE", source, at, life.by("line"), **told, **more)


def mail(life: Life, at: datetime, exchange: Exchange, article: Article, **more: Any) -> RawEvent:
    """Return a mail, known by its address only."""
    text = f"お世話になっております。{exchange.question.format(article=article.name)}"
    by = {"identifiers": [{"kind": "EMAIL", "value": life.person.mail, "verified": True}]}
    told = {"direction": "INBOUND", "subject": f"{exchange.topic}について", "text": text, "topic": exchange.topic}
    return life.said("EMAIL", "/mail", at, by, **told, **more)


def visit(life: Life, at: datetime, shop: Shop, articles: Sequence[Article], **more: Any) -> RawEvent:
    """Return a visit that the staff wrote down: asked for, tried on, size, advice."""
    tried = skus(articles)
    told: dict[str, Any] = {"store": shop.code, "staff": staff_of(life, shop), "products": tried}
    told |= {"askedFor": [one.name for one in articles[:1]], "triedOn": tried, "size": life.random.choice("SMML")}
    told["advice"] = life.random.choice(
        ("ワンサイズ上もお試しいただいた", "裾上げをご案内", "色違いをお勧め", "お手入れ方法をご説明")
    )
    return life.said("STORE_VISIT", f"/pos/{shop.code}", at, life.by("pos"), **{**told, **more})


def session(life: Life, at: datetime, articles: Sequence[Article], system: str, **more: Any) -> RawEvent:
    """Return a visit to the web shop (`ec`) or to the app (`app`)."""
    pages = [
        {"at": (at + timedelta(minutes=index)).isoformat(), "url": f"/products/{one.sku}", "sku": one.sku}
        for index, one in enumerate(articles)
    ]
    told: dict[str, Any] = {"pages": pages, "products": skus(articles)}
    if system == "app":
        return life.said("APP_SESSION", "/app", at, life.by("app"), device="スマートフォン", **told, **more)
    device = "スマートフォン" if life.chance(0.7) else "パソコン"
    return life.said("WEB_SESSION", "/ec", at, life.by("ec"), device=device, **told, **more)


def opinion(life: Life, at: datetime, by: dict[str, Any], **more: Any) -> RawEvent:
    """Return an answer to a survey, or what somebody wrote unasked."""
    score, sentiment, text = life.random.choices(OPINIONS, weights=(5, 6, 5, 3, 2, 1))[0]
    if life.chance(0.75):
        answers = [{"question": "またお買い物をされますか", "answer": "はい" if score > 5 else "わからない"}]
        return life.said("SURVEY", "/survey", at, by, score=score, scale="10", answers=answers, **more)
    return life.said("FEEDBACK", "/survey", at, by, score=score, scale="10", sentiment=sentiment, text=text, **more)


def operator(life: Life) -> str:
    return f"op-{life.random.randint(1, 12)}"
