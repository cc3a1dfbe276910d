"""The pages of an export, opened as files in a browser: they read and print without anything beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from admin.documents.document import documents
from graph.exports.package import head_of
from graph.exports.sections import SECTIONS
from graph.words import CATALOGUE, LANGUAGES

CALL = {
    "id": "t1", "at": "2026-04-01T01:00:00.000000Z", "kind": "CALL", "channel": "PHONE", "summary": "サイズの問い合わせ",
    "text": "<script>document.title = 'ran'</script>\n二行目", "rule": "SOLE_HOLDER",
    "messages": [{"from": "bot", "text": "はい"}], "attended": False,
}  # fmt: skip
PERSON = {"id": "c1", "name": "試験 花子", "gender": "FEMALE", "former_names": [], "phone": "+819012345678"}


@dataclass(slots=True)
class Held:
    """What an export has, from lists."""

    columns: dict[str, list[str]]
    counts: dict[str, int]
    listed: dict[str, list[dict[str, Any]]]

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        return iter(self.listed[name])


def held() -> Held:
    listed = {section.name: list[dict[str, Any]]() for section in SECTIONS} | {"customer": [PERSON], "touchpoints": [CALL] * 40}
    columns = {
        section.name: list(dict.fromkeys((*section.columns, *(name for row in listed[section.name] for name in row))))
        for section in SECTIONS
    }
    return Held(columns, {name: len(rows) for name, rows in listed.items()}, listed)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_page_is_whole_in_itself_and_fits(chromium: Browser, tmp_path: Path, language: str, width: int) -> None:
    head = head_of("c1", "2026-04-02T00:00:00.000000Z", own=True)
    path = tmp_path / f"{language}.html"
    path.write_text("".join(documents(CATALOGUE, UTC)[path.name](head, held())), encoding="utf-8")
    context = await chromium.new_context(viewport={"width": width, "height": 900})
    page = await context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    await page.goto(path.as_uri())
    assert (asked, complaints) == ([path.as_uri()], [])
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert await page.title() == {"ja": "保有しているお客様のデータ", "en": "Data that is held of you"}[language]
    assert await page.locator("article").count() == 41
    text = await page.locator("#touchpoints article").first.inner_text()
    assert "<script>document.title = 'ran'</script>\n二行目" in text
    assert {"ja": "電話", "en": "Call"}[language] in text
    assert {"ja": "いいえ", "en": "No"}[language] in text
    assert await page.locator("#customer dd.none").count() > 3
    assert len(await page.pdf()) > 10_000
    await context.close()


def test_every_value_has_a_title_in_each_language_and_none_is_a_name_of_the_program() -> None:
    pieces = {name: "".join(make(head_of("c1", "2026", own=False), held())) for name, make in documents(CATALOGUE, UTC).items()}
    assert [name for name, page in pieces.items() if "<dt>birth_date</dt>" in page or "<dt>birth date</dt>" in page] == []
    assert json.dumps(sorted(pieces)) == '["en.html", "ja.html"]'
