"""The page of a case shows what was set by itself and what is suggested, with reasons, in both languages; one press takes it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from graph.cases.priority_rules import Rule
from graph.cases.sorting.sorter import NO_SORTER, Sorter
from resolvers.access.roles import Role
from resolvers.cases.sorting import use_sorter
from resolvers.engine import ids
from tests.admin.test_case_page import done
from tests.admin.test_cases import opened, server
from tests.admin.test_jobs import browser_of
from tests.graph.cases.models import by_hand
from tests.running import Running

__all__ = ["server"]


@pytest.fixture(autouse=True)
def none_afterwards() -> Iterator[None]:
    yield
    use_sorter(lambda: NO_SORTER)


def section(page: str) -> str:
    found = re.search(r'<section class="card stack" id="suggestions".*?</section>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


async def suggested(server: Running) -> tuple[str, str]:
    """Open a case with a suggestion, and return its id and the number of the one that is like it."""
    like, number = await opened(server, "荷物が届きません", topic="配送 遅れ")
    known = [(ids.decode_as("Case", like), "荷物が届きません")]
    model = by_hand({"topic": {"配送 遅れ": "荷物が届きません", "RETURNS": "返品"}}, known)
    use_sorter(lambda: Sorter((Rule("急ぎ", words=("至急",), sets_priority="URGENT"),), model))
    case, _ = await opened(server, "至急 荷物が届きません")
    return case, number


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", ("過去の案件をもとにした提案", "用件: 配送 遅れ", "確度", "根拠になった語句:", "似た案件:", "適用")),
        ("en", ("Suggested from past cases", "Topic: 配送 遅れ", "% likely", "Because of:", "Similar cases:", "Apply")),
    ],
)
async def test_a_suggestion_is_shown_with_its_words_and_similar_cases(
    server: Running, language: str, words: tuple[str, ...]
) -> None:
    case, number = await suggested(server)
    async with browser_of(server, Role.CALL_CENTER) as browser:
        page = (await browser.get(f"/admin/cases/{case}", headers={"Accept-Language": language})).text
        assert [each for each in (*words, "届きません", number) if each not in section(page)] == []


async def test_one_press_takes_a_suggestion_and_it_is_there_no_more(server: Running) -> None:
    case, _ = await suggested(server)
    async with browser_of(server, Role.CALL_CENTER) as browser:
        page = await done(browser, case, "topic 配送 遅れ")
        assert section(page) == ""
        assert re.search(r"Topic (was )?(set|changed).*?配送 遅れ", page, re.DOTALL | re.IGNORECASE)


@pytest.mark.parametrize(("language", "words"), [("ja", ("ルール「急ぎ」:", "語句")), ("en", ("By rule 急ぎ:", "words"))])
async def test_the_history_says_by_which_rule_a_priority_was_set_and_why(
    server: Running, language: str, words: tuple[str, ...]
) -> None:
    case, _ = await suggested(server)
    async with browser_of(server, Role.CALL_CENTER) as browser:
        page = (await browser.get(f"/admin/cases/{case}", headers={"Accept-Language": language})).text
        assert [each for each in (*words, "<q>至急</q>") if each not in page] == []


async def test_who_only_reads_cases_has_no_button(server: Running) -> None:
    case, _ = await suggested(server)
    async with browser_of(server, Role.ANALYST) as browser:
        page = (await browser.get(f"/admin/cases/{case}")).text
        assert 'value="topic ' not in page
