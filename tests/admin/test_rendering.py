"""Templates: what they may contain under the strict policy, and when a fragment is answered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.requests import Request

import admin
from admin.parts.rendering import ICONS, icon, wants_fragment

ROOM = Path(admin.__file__).parent
TEMPLATES = sorted(path for folder in ("pages", "parts") for path in (ROOM / folder).rglob("*.html"))
FORBIDDEN = re.compile(
    r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\shx-on|\sjs:|javascript:|\son[a-z]+=|hx-vals|\shx-trigger=\"[^\"]*\[|\|\s*safe\b|https?://"
)


def found(pattern: re.Pattern[str]) -> dict[str, list[str]]:
    """Return what a pattern finds in the templates: name of the template -> texts."""
    assert TEMPLATES
    told = {path.relative_to(ROOM).as_posix(): pattern.findall(path.read_text("utf-8")) for path in TEMPLATES}
    return {name: texts for name, texts in told.items() if texts}


def test_the_templates_hold_nothing_that_the_policy_forbids() -> None:
    assert found(FORBIDDEN) == {}


def test_a_store_and_an_item_have_one_way_to_be_called() -> None:
    named = found(re.compile(r"\b(?:store|favouriteStore|line)\.name\b", re.IGNORECASE))
    assert {Path(name).name for name in named} <= {"_store.html", "_line.html"}


def test_every_icon_that_a_template_names_is_vendored_and_none_is_left_over() -> None:
    words = {word for path in TEMPLATES for word in re.findall(r'"([a-z][a-z0-9-]*)"', path.read_text("utf-8"))}
    vendored = {path.stem for path in ICONS.glob("*.svg")}
    assert vendored <= words
    for path in TEMPLATES:
        for name in re.findall(r'icon\("([a-z0-9-]+)"\)', path.read_text("utf-8")):
            assert icon(name).startswith('<svg class="icon"')


@pytest.mark.parametrize(
    ("headers", "fragment"),
    [
        ({}, False),
        ({"hx-request": "true"}, True),
        ({"hx-request": "true", "hx-history-restore-request": "true"}, False),
    ],
)
def test_htmx_gets_a_fragment_except_when_it_restores_history(headers: dict[str, str], fragment: bool) -> None:
    scope = {"type": "http", "headers": [(name.encode(), value.encode()) for name, value in headers.items()]}
    assert wants_fragment(Request(scope)) is fragment


def test_vendored_packages_bring_their_licences() -> None:
    for folder in (ROOM / "static" / "vendor").iterdir():
        assert folder.is_file() or list(folder.glob("LICENSE*")), folder.name
