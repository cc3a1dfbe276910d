"""The registry of touchpoint kinds: every row is complete, and its summary can be told in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from graph.touchpoints import TOUCHPOINTS, FieldType, TouchpointKind, summarize
from graph.touchpoints.summaries import FORMS, LONGEST_PIECE, places
from graph.vocabulary import CHANNELS
from graph.words import CATALOGUE, LANGUAGES

COMMON = {"direction", "said", "number", "total", "status"}
SAMPLES: dict[FieldType, Any] = {
    FieldType.TEXT: "テスト",
    FieldType.TEXTS: ["一", "二"],
    FieldType.INTEGER: 61,
    FieldType.NUMBER: 4.5,
    FieldType.BOOLEAN: True,
    FieldType.TIME: "2026-04-01T01:00:00.000000Z",
    FieldType.MESSAGES: '[{"text":"a"},{"text":"b"}]',
    FieldType.PAGES: '[{"url":"/a"}]',
    FieldType.ANSWERS: '[{"question":"q","answer":1}]',
}


@pytest.mark.parametrize("row", TOUCHPOINTS.values(), ids=TOUCHPOINTS.keys())
def test_a_row_has_a_known_channel_unique_fields_and_pieces_that_can_be_filled(row: TouchpointKind) -> None:
    names = [field.name for field in row.fields]
    assert row.channel in CHANNELS
    assert len(set(names)) == len(names)
    assert all(field.description.endswith(".") for field in row.fields)
    for language in LANGUAGES:
        for name, form in places(row.kind, language):
            assert name in {*names, *COMMON}
            assert form in FORMS


@pytest.mark.parametrize("row", TOUCHPOINTS.values(), ids=TOUCHPOINTS.keys())
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_summary_tells_with_every_field_and_with_none(row: TouchpointKind, language: Any) -> None:
    full = {field.name: SAMPLES[field.type] for field in row.fields} | {"summary": "要約", "direction": "INBOUND"}
    assert "要約" in summarize(row.kind, full, language)
    bare = summarize(row.kind, {}, language)
    assert bare == CATALOGUE.name("TouchpointKind", row.kind, language)
    assert "{" not in summarize(row.kind, full, language) + bare


def test_labels_are_unique() -> None:
    assert len({row.label for row in TOUCHPOINTS.values()}) == len(TOUCHPOINTS)


@pytest.mark.parametrize(
    ("kind", "properties", "ja", "en"),
    [
        (
            "CALL",
            {"direction": "INBOUND", "duration_seconds": 192, "summary": "在庫の問い合わせ"},
            "電話 · お客様から · 3分12秒 · 在庫の問い合わせ",
            "Call · from the customer · 3 min 12 s · 在庫の問い合わせ",
        ),
        (
            "ORDER",
            {"number": "POS-1", "total": 19800, "currency": "JPY", "status": "FULFILLED"},
            "注文 · POS-1 · ¥19,800 · お渡し済み・発送済み",
            "Order · POS-1 · ¥19,800 · fulfilled",
        ),
        (
            "CALL",
            {"direction": "INBOUND", "outcome": "MISSED"},
            "電話 · お客様から · 不在着信",
            "Call · from the customer · missed",
        ),
        ("CALL", {"direction": "INBOUND", "outcome": "解決"}, "電話 · お客様から · 解決", "Call · from the customer · 解決"),
        ("SURVEY", {"score": 4, "scale": "5"}, "アンケート · 評価 4/5", "Survey · score 4/5"),
        (
            "WEB_SESSION",
            {"pages": '[{"url":"/a"}]', "device": "iPhone"},
            "ウェブ閲覧 · 1ページ · iPhone",
            "Web session · 1 page · iPhone",
        ),
        ("SOCIAL_MESSAGE", {"channel": "LINE", "direction": "INBOUND"}, "LINE · お客様から", "LINE · from the customer"),
        ("SOCIAL_MESSAGE", {"direction": "INBOUND"}, "SNS · お客様から", "Social message · from the customer"),
        ("WEBINAR", {"attended": False}, "ウェビナー · 不参加", "Webinar · not attended"),
        ("APPOINTMENT", {"attended": False}, "予約 · ご来店なし", "Appointment · not attended"),
        ("SERVICE_VISIT", {"attended": True}, "訪問サービス · 実施済み", "Service visit · done"),
        ("STORE_VISIT", {"tried_on": ["SKU-1", "SKU-2"]}, "来店 · ご試着：SKU-1、SKU-2", "Store visit · tried on SKU-1, SKU-2"),
        ("NOTE", {"text": "折り返し\n待ち"}, "メモ · 折り返し 待ち", "Note · 折り返し 待ち"),
    ],
)
def test_summaries_read_as_a_person_would_say_it(kind: str, properties: dict[str, Any], ja: str, en: str) -> None:
    assert summarize(kind, properties, "ja") == ja
    assert summarize(kind, properties, "en") == en


def test_a_long_text_is_cut() -> None:
    assert summarize("NOTE", {"text": "あ" * 500}, "ja") == "メモ · " + "あ" * (LONGEST_PIECE - 1) + "…"
