"""The registry of touchpoint kinds. A new kind is one row here: models, GraphQL types and summaries follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from graph.touchpoints.concerns import (
    Concern,
    Rule,
    always,
    by_company,
    by_customer,
    by_staff,
    complaint,
    low_score,
    meeting,
    missed,
    order_state,
)
from graph.touchpoints.fields import BROWSING, CONVERSATION, COUNTER, DOCUMENT, OPINION, SCHEDULED, TELEPHONE, WRITTEN, Field

ORDER = "ORDER"


@dataclass(frozen=True, slots=True)
class TouchpointKind:
    """One row. `label` is the node label and the GraphQL type; `ja` and `en` are the pieces of its summary line.

    A piece is text with places `{property}` or `{property:form}` (forms stand in `summaries.py`); a piece with an
    empty place is left out. `{said}` is the first of summary, subject, topic and text that is there. `asks` and
    `answers` tell whether one asks for an answer and gives one (None: never), `concerns` what can be wrong with one,
    the gravest first.
    """

    kind: str
    label: str
    channel: str
    fields: tuple[Field, ...]
    ja: tuple[str, ...]
    en: tuple[str, ...]
    asks: Rule | None = None
    answers: Rule | None = None
    concerns: tuple[Concern, ...] = ()


_SIDE = "{direction:side}"
_CALL = (_SIDE, "{duration_seconds:duration}", "{queue}", "{outcome}", "{said}")
_TALK = (_SIDE, "{messages:messages}", "{said}")
_MAIL = (_SIDE, "{campaign}", "{form}", "{said}")
_COUNTER_JA = ("希望 {asked_for:list}", "試着 {tried_on:list}", "サイズ {size}", "{said}")
_COUNTER_EN = ("asked for {asked_for:list}", "tried on {tried_on:list}", "size {size}", "{said}")
_PAGES = ("{pages:pages}", "{device}", "{said}")
_PAPER = (_SIDE, "{document}", "{page_count:sheets}", "{said}")
_OPINION = ("{score:score}", "{sentiment}", "{said}")
_MEETING = ("{attended:attended}", "{result}", "{serial}", "{said}")

_ROWS = (
    TouchpointKind(
        ORDER,
        "Order",
        "WEB",
        (),
        ("注文", "{number}", "{total:money}", "{status:status}", "{said}"),
        ("Order", "{number}", "{total:money}", "{status:status}", "{said}"),
        concerns=(order_state,),
    ),
    TouchpointKind(
        "CALL",
        "Call",
        "PHONE",
        TELEPHONE,
        ("電話", *_CALL),
        ("Call", *_CALL),
        asks=missed,
        answers=by_staff,
        concerns=(complaint,),
    ),
    TouchpointKind(
        "IVR_SESSION",
        "IvrSession",
        "PHONE",
        TELEPHONE,
        ("自動音声応答", "{menu_path:path}", *_CALL),
        ("Voice menu", "{menu_path:path}", *_CALL),
    ),
    TouchpointKind(
        "EMAIL",
        "Email",
        "EMAIL",
        WRITTEN,
        ("メール", *_MAIL),
        ("E-mail", *_MAIL),
        asks=by_customer,
        answers=by_company,
        concerns=(complaint,),
    ),
    TouchpointKind(
        "SMS",
        "Sms",
        "SMS",
        WRITTEN,
        ("SMS", *_MAIL),
        ("SMS", *_MAIL),
        asks=by_customer,
        answers=by_company,
        concerns=(complaint,),
    ),
    TouchpointKind("NEWSLETTER", "Newsletter", "EMAIL", WRITTEN, ("メールマガジン", *_MAIL), ("Newsletter", *_MAIL)),
    TouchpointKind(
        "WEB_FORM",
        "WebForm",
        "WEB",
        WRITTEN,
        ("ウェブフォーム", *_MAIL),
        ("Web form", *_MAIL),
        asks=always,
        concerns=(complaint,),
    ),
    TouchpointKind(
        "CHAT_THREAD",
        "ChatThread",
        "CHAT",
        CONVERSATION,
        ("チャット", *_TALK),
        ("Chat", *_TALK),
        asks=by_customer,
        answers=by_company,
        concerns=(complaint,),
    ),
    TouchpointKind("BOT_SESSION", "BotSession", "CHAT", CONVERSATION, ("チャットボット", *_TALK), ("Chatbot", *_TALK)),
    TouchpointKind(
        "SOCIAL_MESSAGE",
        "SocialMessage",
        "SOCIAL",
        CONVERSATION,
        ("SNS", *_TALK),
        ("Social message", *_TALK),
        asks=by_customer,
        answers=by_company,
        concerns=(complaint,),
    ),
    TouchpointKind(
        "FAX",
        "Fax",
        "FAX",
        DOCUMENT,
        ("ファクス", *_PAPER),
        ("Fax", *_PAPER),
        asks=by_customer,
        answers=by_company,
        concerns=(complaint,),
    ),
    TouchpointKind(
        "CATALOG_REQUEST", "CatalogRequest", "POSTAL", DOCUMENT, ("カタログ請求", *_PAPER), ("Catalogue request", *_PAPER)
    ),
    TouchpointKind(
        "STORE_VISIT",
        "StoreVisit",
        "STORE",
        COUNTER,
        ("来店", *_COUNTER_JA),
        ("Store visit", *_COUNTER_EN),
        answers=by_staff,
        concerns=(complaint,),
    ),
    TouchpointKind("CHECK_IN", "CheckIn", "STORE", COUNTER, ("チェックイン", *_COUNTER_JA), ("Check-in", *_COUNTER_EN)),
    TouchpointKind("WEB_SESSION", "WebSession", "WEB", BROWSING, ("ウェブ閲覧", *_PAGES), ("Web session", *_PAGES)),
    TouchpointKind("APP_SESSION", "AppSession", "APP", BROWSING, ("アプリ利用", *_PAGES), ("App session", *_PAGES)),
    TouchpointKind("PRODUCT_USE", "ProductUse", "APP", BROWSING, ("製品の利用", *_PAGES), ("Product use", *_PAGES)),
    TouchpointKind("VIRTUAL_TOUR", "VirtualTour", "WEB", BROWSING, ("バーチャル見学", *_PAGES), ("Virtual tour", *_PAGES)),
    TouchpointKind("WEBINAR", "Webinar", "EVENT", SCHEDULED, ("ウェビナー", *_MEETING), ("Webinar", *_MEETING)),
    TouchpointKind(
        "APPOINTMENT",
        "Appointment",
        "STORE",
        SCHEDULED,
        ("予約", *_MEETING),
        ("Appointment", *_MEETING),
        concerns=(complaint, meeting),
    ),
    TouchpointKind(
        "SERVICE_VISIT",
        "ServiceVisit",
        "ONSITE",
        SCHEDULED,
        ("訪問サービス", *_MEETING),
        ("Service visit", *_MEETING),
        concerns=(complaint, meeting),
    ),
    TouchpointKind(
        "SURVEY", "Survey", "WEB", OPINION, ("アンケート", *_OPINION), ("Survey", *_OPINION), concerns=(complaint, low_score)
    ),
    TouchpointKind(
        "FEEDBACK", "Feedback", "WEB", OPINION, ("ご意見", *_OPINION), ("Feedback", *_OPINION), concerns=(complaint, low_score)
    ),
    TouchpointKind("DOWNLOAD", "Download", "WEB", DOCUMENT, ("ダウンロード", *_PAPER), ("Download", *_PAPER)),
    TouchpointKind("NOTE", "Note", "PORTAL", (), ("メモ", "{said}"), ("Note", "{said}")),
)

TOUCHPOINTS: Mapping[str, TouchpointKind] = MappingProxyType({row.kind: row for row in _ROWS})
"""Kind name -> its row; the order of the rows is the order of the GraphQL enum."""

INTERACTION_KINDS = tuple(kind for kind in TOUCHPOINTS if kind != ORDER)
"""The kinds that an interaction event may name; orders have an event type of their own."""
