"""The golden record: which value survives and why, surnames that change, contact points, counts folded."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identity.counts import Counts, fold, share_of
from graph.identity.golden import golden_record
from graph.identity.record_view import Reach, RecordView
from graph.identity.trust import trust_in
from graph.keys import record_id, store_id
from graph.search.forms import search_names

HANAKO = {"name_given": "花子", "birth_date": "1988-08-08"}
OLD_NAME = {**HANAKO, "name_full": "旧姓 花子", "name_family": "旧姓", "kana_full": "キュウセイ ハナコ"}
NEW_NAME = {**HANAKO, "name_full": "新姓 花子", "name_family": "新姓"}


def told(
    key: str, time: str, *reach: Reach, counts: Counts | None = None, verified: bool = False, **properties: Any
) -> RecordView:
    stamps = dict.fromkeys(("name", "kana", "birthDate", "address", "gender"), f"{time}\t/ec\te1")
    return RecordView(key, properties, stamps, reach, counts or Counts(), key.partition(":")[0], verified)


def origin(golden: dict[str, Any], field: str) -> tuple[str, str, str]:
    """Return rule, time and record of a golden field."""
    [found] = [text.split("\t") for text in golden["origins"] if text.startswith(field + "\t")]
    return found[1], found[2], found[3]


def test_the_newest_name_wins_with_all_its_parts() -> None:
    old = told("/a:1", "2025", name_full="旧姓 花子", name_family="旧姓", name_given="花子")
    new = told("/b:1", "2026", name_full="新姓花子")
    golden = golden_record([old, new])
    assert (golden["name"], golden["name_family"], golden["name_given"]) == ("新姓花子", None, None)
    assert origin(golden, "name") == ("NEWEST", "2026", record_id("/b:1"))


@pytest.mark.parametrize(
    ("rule", "winner", "others"),
    [
        ("ONLY_VALUE", told("/b:1", "2025", address_full="甲"), [told("/a:1", "2026", address_full=None)]),
        ("ALL_AGREE", told("/b:1", "2026", address_full="甲 乙"), [told("/c:1", "2025", address_full="甲乙")]),
        ("TRUSTED_SOURCE", told("/pos/x:1", "2024", address_full="甲"), [told("/a:1", "2026", verified=True, address_full="乙")]),
        ("VERIFIED", told("/b:1", "2025", verified=True, address_full="甲"), [told("/a:1", "2026", address_full="乙")]),
        ("NEWEST", told("/b:1", "2026", address_full="甲"), [told(f"/a:{n}", "2025", address_full="乙") for n in "123"]),
        ("MOST_FREQUENT", told("/c:1", "2026", address_full="甲"), [told(f"/{n}:1", "2026", address_full=n) for n in "甲乙"]),
        ("RECORD_KEY", told("/a:1", "2026", address_full="甲"), [told("/b:1", "2026", address_full="乙")]),
    ],
)  # fmt: skip
def test_a_field_says_by_which_rule_its_value_won(rule: str, winner: RecordView, others: list[RecordView]) -> None:
    for ordered in ([winner, *others], [*others, winner]):
        golden = golden_record(ordered, {"/pos": 1})
        assert golden["address"][0] == "甲"
        assert origin(golden, "address")[0] == rule


@pytest.mark.parametrize(
    ("source", "rank"), [("/pos", 3), ("/pos/ginza", 5), ("/pos/umeda", 3), ("/position", 0), ("/line/165", -1), ("/ec", 0)]
)
def test_a_source_has_the_rank_of_the_longest_name_that_it_lies_under(source: str, rank: int) -> None:
    assert trust_in(source, {"/pos": 3, "/pos/ginza": 5, "/line": -1}) == rank


@pytest.mark.parametrize(
    ("field", "default", "real"),
    [
        ("birth_date", "1970-01-01", "1988-08-08"),
        ("birth_date", "1900-01-01", "1988-08-08"),
        ("name_full", "未設定", "試験 花子"),
        ("name_full", "不明 不明", "試験 花子"),
        ("kana_full", "ﾐｾｯﾃｲ", "シケン ハナコ"),
        ("address_full", "－", "東京都試験区1-1"),
        ("gender", "UNKNOWN", "FEMALE"),
    ],
)
def test_what_programs_write_when_they_know_nothing_is_no_value(field: str, default: str, real: str) -> None:
    golden_field = field.removesuffix("_full")
    for others, expected in (([told("/a:1", "2020", **{field: real})], real), ([], None)):
        golden = golden_record([told("/b:1", "2026", verified=True, **{field: default}), *others])
        assert golden[golden_field] == expected


def test_a_record_that_says_nothing_leaves_the_field_to_the_others() -> None:
    golden = golden_record([told("/a:1", "2025", birth_date="1988-08-08"), told("/b:1", "2026", birth_date=None)])
    assert (golden["birth_date"], golden["address"]) == ("1988-08-08", None)
    assert [text for text in golden["origins"] if text.startswith("address")] == []


def test_after_a_marriage_the_newest_surname_counts_whatever_is_trusted_and_the_old_one_is_kept() -> None:
    golden = golden_record([told("/a:1", "2025", verified=True, **OLD_NAME), told("/b:1", "2026", **NEW_NAME)], {"/a": 9})
    assert (golden["name"], golden["former_names"]) == ("新姓 花子", ["旧姓 花子"])
    assert origin(golden, "name")[0] == "SURNAME_CHANGED"
    assert golden["kana"] is None, "the reading is that of the old surname"
    assert golden["search_names"] == search_names(["旧姓 花子", "新姓 花子", "キュウセイ ハナコ"])


def test_a_surname_that_changed_within_one_record_is_a_former_name_too() -> None:
    golden = golden_record([told("/a:1", "2026", **NEW_NAME, earlier_names=["旧姓 花子", "新姓 華子", "Hanako Kyusei"])])
    assert golden["former_names"] == ["旧姓 花子"]
    assert golden["search_names"] == search_names(["新姓 花子", "旧姓 花子", "新姓 華子", "Hanako Kyusei"])


@pytest.mark.parametrize(
    "changed",
    [
        {"birth_date": "1990-01-01"},
        {"birth_date": None},
        {"birth_date": "1970-01-01"},
        {"name_given": "太郎", "name_full": "旧姓 太郎"},
        {"name_family": "新姓", "name_full": "新姓 花子"},
        {"name_family": "Kyusei", "name_full": "Hanako Kyusei"},
    ],
)
def test_without_given_name_and_birth_date_another_surname_is_no_marriage(changed: dict[str, Any]) -> None:
    golden = golden_record([told("/a:1", "2025", **{**OLD_NAME, **changed}), told("/b:1", "2026", **NEW_NAME)], {"/a": 9})
    assert golden["former_names"] is None
    assert origin(golden, "name")[0] in ("TRUSTED_SOURCE", "ALL_AGREE")


def test_old_forms_of_the_same_kanji_are_no_other_surname() -> None:
    golden = golden_record(
        [told("/a:1", "2025", **{**OLD_NAME, "name_family": "渡邊", "name_full": "渡邊 花子"}),
         told("/b:1", "2026", **{**NEW_NAME, "name_family": "渡辺", "name_full": "渡辺 花子"})]
    )  # fmt: skip
    assert (golden["former_names"], origin(golden, "name")[0], golden["kana"]) == (None, "ALL_AGREE", "キュウセイ ハナコ")


def test_a_mobile_number_is_preferred_to_a_newer_landline_and_a_verified_mail_to_a_newer_one() -> None:
    mobile = Reach("PHONE", "+819000000001", True, "2025", False)
    landline = Reach("PHONE", "+81300000001", False, "2026", True)
    mail, checked = Reach("EMAIL", "a@example.jp", False, "2026", False), Reach("EMAIL", "b@example.jp", False, "2025", True)
    golden = golden_record([told("/a:1", "2025", mobile, mail), told("/b:1", "2026", landline, checked)])
    assert (golden["phone"], golden["email"]) == ("+819000000001", "b@example.jp")
    assert (origin(golden, "phone")[0], origin(golden, "email")[0]) == ("MOBILE_FIRST", "VERIFIED")


def test_counts_are_folded_over_all_records() -> None:
    tokyo = Counts(2, Counter({"JPY": 300}), Counter({"STORE": 2}), Counter({"tokyo": 2}))
    web = Counts(1, Counter({"JPY": 50, "USD": 7}), Counter({"WEB": 2}), Counter())
    golden = golden_record([told("/a:1", "2025", counts=tokyo), told("/b:1", "2026", counts=web)])
    assert (golden["order_count"], golden["spend"]) == (3, ["JPY:350", "USD:7"])
    assert (golden["favourite_channel"], golden["favourite_store"]) == ("STORE", store_id("tokyo"))


def test_a_cancelled_order_is_a_touchpoint_but_neither_order_nor_spend() -> None:
    share = share_of(channel="WEB", store=None, is_order=True, status="CANCELLED", total=100, currency="JPY")
    assert share == Counts(channels=Counter({"WEB": 1}))


_COUNTERS = st.dictionaries(st.sampled_from("abc"), st.integers(1, 9)).map(Counter[str])
_COUNTS = st.builds(Counts, st.integers(0, 9), _COUNTERS, _COUNTERS, _COUNTERS)


@given(st.lists(_COUNTS), _COUNTS)
def test_what_is_added_and_taken_away_leaves_nothing_behind(parts: list[Counts], moved: Counts) -> None:
    whole = fold(parts)
    whole.add(moved)
    whole.add(moved, -1)
    assert whole == fold(parts)
    assert Counts.from_json(whole.to_json()) == whole
