# ruff: noqa: E501  (a row of a table is a line)
"""Who is found by what people really type: names in every script, parts of numbers and addresses, what stands beside a name."""

from __future__ import annotations

from typing import Any

import pytest

from graph.intake.reading import read_event
from graph.intake.record import record
from graph.store import Store
from resolvers.execution import execute
from tests.conftest import wipe
from tests.resolvers.conftest import ADMIN
from tests.searchable import until_searchable

KEY = b"a key for tests"
LOOK_UP = """query ($typed: String!) { customerLookup(input: {query: $typed, first: 25}) {
  customer { sourceRecords(first: 1) { edges { node { externalId } } } } reasons { kind matchedSpans { text typed } } } }"""

PEOPLE: dict[str, dict[str, Any]] = {
    "onoke": {"kana": {"full": "オオノケ ショウタ"}},
    "hommake": {"kana": {"full": "ホンマケ ジュンヤ"}},
    "huzituke": {"kana": {"full": "フジツケ ツヨシ"}},
    "sinichi": {"kana": {"full": "タナカケ シンイチ"}},
    "kazuko": {"kana": {"full": "ケンタイ カヅコ"}},
    "yuko": {"kana": {"full": "ケンタイ ユーコ"}},
    "half": {"kana": {"full": "ｼｹﾝ ｼﾖｳｷﾁ"}},
    "dang": {"name": {"full": "Đặng Văn Kiểm"}},
    "lukasz": {"name": {"full": "Łukasz Próbny"}},
    "soren": {"name": {"full": "Søren Prøve"}},
    "thor": {"name": {"full": "Þór Dæmi"}},
    "ivan": {"name": {"full": "Иван Образцов"}},
    "eleni": {"name": {"full": "Ελένη Δείγμα"}},
    "thai": {"name": {"full": "สมชาย ตัวอย่าง"}},
    "arab": {"name": {"full": "محمد عينة"}},
    "kim": {"name": {"full": "김 견본"}},
    "marta": {"name": {"full": "マルタ・ケンタイ"}},
    "abc": {"name": {"full": "ABC検査商会"}},
    "john": {"name": {"full": "検体林 John"}},
    "wide": {"name": {"full": "Ｋ検査屋"}},
    "corp": {"name": {"full": "株式会社ＮＳ検体業"}},
    "junior": {"name": {"full": "検体森 太郎Jr"}},
    "bracket": {"name": {"full": "検体沢 花子 (Hanako)"}},
    "cassandra": {"name": {"full": "Cassandra Kentaiman"}},
    "kasandra": {"kana": {"full": "ケンタイマン カサンドラ"}},
    "taro": {"name": {"full": "試験 太郎"}, "kana": {"full": "シケン タロウ"}},
    "gapless": {"name": {"full": "山田一郎"}},
    "old": {"name": {"full": "檢體 眞一"}},
    "told": {
        "name": {"full": "検証 誕乃"}, "birthDate": "1987-06-05", "address": {"full": "〒999-0001 見本県例市試験町8-9-10"},
        "identifiers": [{"kind": "PHONE", "value": "070-2222-5006"}, {"kind": "MEMBER_NUMBER", "value": "KNR2555"}],
    },
    "mailed": {"name": {"full": "例文 花子"}, "identifiers": [{"kind": "EMAIL", "value": "hanako.kentai@l04.example.jp"}]},
}  # fmt: skip


def event(sort: str, subject: str, data: dict[str, Any]) -> dict[str, Any]:
    own = {"specversion": "1.0", "type": f"customer360.{sort}.v1", "source": "/ec", "id": f"{sort}-{subject}", "subject": subject}
    return {**own, "time": "2026-04-01T10:00:00Z", "data": data}


@pytest.fixture(scope="module")
async def crowd(store: Store) -> Store:
    await wipe(store)
    order = {"by": {"record": {"source": "/ec", "subject": "taro"}}, "lines": [], "total": "0", "currency": "JPY"}
    events = [event("person", subject, data) for subject, data in PEOPLE.items()]
    receipts = await record(store, [read_event(each, KEY) for each in (*events, event("order", "#POS-Story-0077", order))])
    assert [receipt.error for receipt in receipts if receipt.error] == []
    await until_searchable(store)
    return store


async def found(store: Store, typed: str) -> dict[str, list[str]]:
    """Return the kinds of reasons by person, the best person first."""
    body = (await execute(store, LOOK_UP, {"typed": typed}, None, ADMIN)).body
    return {
        each["customer"]["sourceRecords"]["edges"][0]["node"]["externalId"]: [reason["kind"] for reason in each["reasons"]]
        for each in body["data"]["customerLookup"]
    }


@pytest.mark.parametrize(
    ("person", "typed"),
    [
        ("onoke", "Ohnoke Shohta"), ("onoke", "Onoke Shota"), ("onoke", "Oonoke Shouta"), ("onoke", "Onoke Syota"), ("onoke", "ŌNOKE SHŌTA"),
        ("cassandra", "Kassandra Kentaiman"), ("hommake", "Hommake Junya"), ("hommake", "Honmake Jyunya"), ("hommake", "Honmake Zyunya"),
        ("huzituke", "Huzituke Tuyosi"), ("sinichi", "Tanakake Sinichi"), ("sinichi", "Tanakake Shin-ichi"),
        ("kazuko", "ケンタイ カズコ"), ("yuko", "ケンタイ ユ-コ"), ("yuko", "ケンタイ ユウコ"), ("half", "ショウキチ"),
        ("dang", "Đặng Văn Kiểm"), ("dang", "Dang Van Kiem"), ("dang", "kiem"), ("lukasz", "Łukasz Próbny"), ("lukasz", "Lukasz Probny"),
        ("soren", "Søren Prøve"), ("soren", "Soren Prove"), ("thor", "Þór Dæmi"), ("thor", "Thor Daemi"),
        ("ivan", "Иван Образцов"), ("ivan", "Образцов"), ("ivan", "Иван"), ("ivan", "ИванОбразцов"),
        ("eleni", "Ελένη Δείγμα"), ("eleni", "Δειγμα"), ("thai", "สมชาย ตัวอย่าง"), ("thai", "ตัวอย่าง"), ("arab", "محمد عينة"), ("arab", "عينة"),
        ("kim", "김 견본"), ("kim", "김견본"), ("kim", "견본"), ("kim", "견본 김"),
        ("marta", "マルタケンタイ"), ("marta", "マルタ ケンタイ"), ("marta", "ケンタイ マルタ"), ("marta", "マルタ=ケンタイ"), ("marta", "まるた"),
        ("abc", "ABC検査商会"), ("abc", "検査商会"), ("abc", "abc検査"), ("abc", "ABC"),
        ("john", "検体林 John"), ("john", "検体林"), ("john", "john"), ("wide", "Ｋ検査屋"), ("wide", "検査屋"),
        ("corp", "株式会社ＮＳ検体業"), ("corp", "NS検体業"), ("corp", "検体業"),
        ("junior", "検体森 太郎"), ("bracket", "検体沢 花子"), ("bracket", "hanako"),
        ("taro", "試験太郎"), ("taro", "試験 太郎 様"), ("taro", "試験太郎さん"), ("taro", "しけん"), ("taro", "shiken taro"), ("taro", "taro"), ("taro", "太郎 試験"),
        ("gapless", "山田 一郎"), ("gapless", "一郎"), ("gapless", "山"), ("old", "検体 真一"), ("old", "檢體"),
    ],
)  # fmt: skip
async def test_a_name_is_found_as_it_is_written_by_its_parts_and_by_its_reading(crowd: Store, person: str, typed: str) -> None:
    assert person in await found(crowd, typed)


@pytest.mark.parametrize(
    ("person", "typed", "kind"),
    [
        ("told", "5006", "LAST_DIGITS"), ("told", "25006", "LAST_DIGITS"), ("told", "2222-5006", "LAST_DIGITS"), ("told", "(2222)5006", "LAST_DIGITS"),
        ("told", "*5006", "LAST_DIGITS"), ("told", "…5006", "LAST_DIGITS"), ("told", "070-2222", "FIRST_DIGITS"), ("told", "0702222", "FIRST_DIGITS"),
        ("told", "2555", "LAST_DIGITS"), ("told", "knr2", "FIRST_DIGITS"), ("told", "TEL 070-2222-5006", "PHONE"), ("told", "☎070−2222−5006（携帯）", "PHONE"),
        ("told", "tel:+817022225006", "PHONE"), ("told", "070-2222-5006 誕乃", "PHONE"),
        ("told", "1987-06-05", "BIRTH_DATE"), ("told", "1987/6/5", "BIRTH_DATE"), ("told", "昭和62年6月5日", "BIRTH_DATE"), ("told", "検証 誕乃 S62.6.5", "NAME"),
        ("told", "検証 1987年6月5日", "NAME"), ("told", "検証 例市", "NAME"), ("told", "検証 999-0001", "NAME"), ("told", "999-0001", "ADDRESS"),
        ("told", "〒9990001", "ADDRESS"), ("told", "例市試験町8-9-10", "ADDRESS"), ("told", "例市", "ADDRESS"), ("told", "検証 誕乃 KNR2555", "CARD"), ("told", "検証 555", "NAME"),
        ("mailed", "hanako.kentai", "EMAIL_PART"), ("mailed", "hanako.kentai@", "EMAIL_PART"), ("mailed", "hanako.kentai@l04.example", "EMAIL_PART"),
        ("mailed", "@l04.example.jp", "EMAIL_PART"), ("mailed", "l04.example.jp", "EMAIL_PART"), ("mailed", "HANAKO.KENTAI@L04.EXAMPLE.JP", "EMAIL"),
        ("taro", "#POS-Story-0077", "ORDER_NUMBER"), ("taro", "pos story 0077", "ORDER_NUMBER"), ("taro", "ＰＯＳＳＴＯＲＹ００７７", "ORDER_NUMBER"),
        ("taro", "0077", "ORDER_NUMBER"), ("taro", "pos-story-00", "ORDER_NUMBER"),
    ],
)  # fmt: skip
async def test_what_else_people_can_tell_finds_them_and_says_by_what(crowd: Store, person: str, typed: str, kind: str) -> None:
    assert (await found(crowd, typed))[person][0] == kind


@pytest.mark.parametrize(
    ("typed", "nobody"),
    [
        ("検証 1987-06-06", "told"),
        ("検証 例外市", "told"),
        ("検証 999-0002", "told"),
        ("太郎 John", "john"),
        ("070-2223", "told"),
        ("anako.kentai", "mailed"),
    ],
)
async def test_what_does_not_agree_finds_nobody(crowd: Store, typed: str, nobody: str) -> None:
    assert nobody not in await found(crowd, typed)


@pytest.mark.parametrize(
    ("person", "typed"),
    [
        ("cassandra", "Casandra Kentaimann"), ("cassandra", "Cassandra Kentiamann"), ("kasandra", "ケンタイマン カザンドラ"), ("kasandra", "ケンタイメン カサンドラ"), ("taro", "試験 太朗"), ("taro", "試験太朗"), ("gapless", "山田一朗"), ("yuko", "ケンタイ ユウカ"),
    ],
)  # fmt: skip
async def test_a_name_of_similar_spelling_is_found_and_said_to_be_one(crowd: Store, person: str, typed: str) -> None:
    assert (await found(crowd, typed))[person] == ["SIMILAR_NAME"]


async def test_similar_names_come_behind_exact_ones_and_are_no_second_reason(crowd: Store) -> None:
    people = await found(crowd, "ケンタイ ユウコ")
    assert (next(iter(people)), people["yuko"]) == ("yuko", ["KANA"])
    assert all(kinds == ["SIMILAR_NAME"] for person, kinds in people.items() if person != "yuko")
