"""The golden record: newest, then the smallest record key; contact points; counts folded."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.identity.counts import Counts, fold, share_of
from graph.identity.golden import Reach, RecordView, golden_record
from graph.keys import record_id, store_id


def told(key: str, time: str, *reach: Reach, counts: Counts | None = None, **properties: Any) -> RecordView:
    stamps = dict.fromkeys(("name", "kana", "birthDate", "address"), f"{time}\t/ec\te1")
    return RecordView(key, properties, stamps, reach, counts or Counts())


def test_the_newest_name_wins_with_all_its_parts() -> None:
    old = told("/a:1", "2025", name_full="旧姓 花子", name_family="旧姓", name_given="花子")
    new = told("/b:1", "2026", name_full="新姓花子")
    golden = golden_record([old, new])
    assert (golden["name"], golden["name_family"], golden["name_given"]) == ("新姓花子", None, None)
    assert golden["origins"]["name"] == record_id("/b:1")


def test_among_equally_new_values_the_smallest_record_key_wins() -> None:
    records = [told("/b:1", "2026", name_full="乙"), told("/a:1", "2026", name_full="甲")]
    assert golden_record(records)["name"] == golden_record(reversed(records))["name"] == "甲"


def test_a_record_that_says_nothing_leaves_the_field_to_the_others() -> None:
    golden = golden_record([told("/a:1", "2025", birth_date="1988-08-08"), told("/b:1", "2026", birth_date=None)])
    assert (golden["birth_date"], golden["address"]) == ("1988-08-08", None)
    assert "address" not in golden["origins"]


def test_a_mobile_number_is_preferred_to_a_newer_landline() -> None:
    mobile, landline = Reach("PHONE", "+819000000001", True, "2025"), Reach("PHONE", "+81300000001", False, "2026")
    mail = Reach("EMAIL", "a@example.jp", False, "2026")
    golden = golden_record([told("/a:1", "2025", mobile, mail), told("/b:1", "2026", landline)])
    assert (golden["phone"], golden["email"]) == ("+819000000001", "a@example.jp")


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
