"""Honorifics and titles are no part of a name, and a company is no person."""

from __future__ import annotations

import pytest

from graph.identity.normalising.titles import company_name, without_titles


@pytest.mark.parametrize(
    "told",
    [
        "例題 花子",
        "例題 花子様",
        "例題 花子 様",
        "例題 花子樣",
        "例題 花子さま",
        "例題 花子さん",
        "例題 花子 殿",
        "例題 花子先生",
        "例題 花子女史",
        "例題 花子様\u200b",
        "例題 花子 先生様",
        "例題 花子ちゃん",
        "例題 花子 くん",
        "例題 花子 氏",
        "例題 花子 君",
        "例題 花子 御侍史",
        "例題 花子（はなこ）",
        "例題 花子 (Hanako)",
    ],
)
def test_an_honorific_behind_a_japanese_name_is_cut(told: str) -> None:
    assert without_titles(told) == "例題 花子"


@pytest.mark.parametrize(
    "told",
    [
        "Mr. Taro Reidai",
        "MR Taro Reidai",
        "Mrs Taro Reidai",
        "Ms.Taro Reidai",
        "Dr. Taro Reidai",
        "Prof. Dr. Taro Reidai",
        "Taro Reidai-san",
        "Taro Reidai sama",
        "Taro Reidai Jr.",
        "Taro Reidai, PhD",
    ],
)
def test_a_title_around_a_latin_name_is_cut(told: str) -> None:
    assert without_titles(told) == "Taro Reidai"


@pytest.mark.parametrize("name", ["様", "殿村", "さん", "Drew Probe", "検体 ハサン", "見本 くんじ", "Mister", "氏家", "君塚 例"])
def test_what_only_looks_like_a_title_stays(name: str) -> None:
    assert without_titles(name) == name


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("株式会社例題", "例題"),
        ("例題株式会社", "例題"),
        ("(株)例題", "例題"),
        ("㈱例題", "例題"),
        ("例題（有）", "例題"),
        ("㈲例題", "例題"),
        ("有限会社 例題 御中", "例題"),
        ("合同会社例題", "例題"),
        ("医療法人例題", "例題"),
        ("社会福祉法人例題", "例題"),
        ("特定非営利活動法人例題", "例題"),
        ("カ)レイダイ", "レイダイ"),
        ("レイダイ(カ", "レイダイ"),
        ("カブシキガイシャ レイダイ", "レイダイ"),
        ("Reidai Inc.", "reidai"),
        ("Reidai Co., Ltd.", "reidai"),
        ("Reidai GmbH", "reidai"),
        ("REIDAI K.K.", "reidai"),
        ("Reidai Holdings LLC", "reidaiholdings"),
        ("例題商店", "例題商店"),
        ("例題様 御中", "例題様"),
    ],
)
def test_the_legal_form_makes_a_name_a_companys_and_is_no_part_of_it(told: str, name: str) -> None:
    assert company_name(told) == name


@pytest.mark.parametrize("name", ["例題 花子", "検体 株子", "Anna Co", "Marcus Incze", "Ag Test", "商店", "見本 法人"])
def test_a_person_is_no_company(name: str) -> None:
    assert company_name(name) is None
