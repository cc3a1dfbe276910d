"""Addresses: notations of one place read as one place, neighbours stay apart, and a guess is not made."""

from __future__ import annotations

import pytest

from graph.identity.normalising.addresses import Address, read_address

HERE = "杉並区天沼 3-10-5"


@pytest.mark.parametrize(
    "text",
    [
        "東京都杉並区天沼3-10-5",
        "杉並区天沼3-10-5",
        "東京都杉並区天沼三丁目10番5号",
        "東京都杉並区天沼３丁目１０番５号",
        "東京都杉並区天沼三丁目十番五号",
        "東京都杉並区天沼３－１０－５",
        "東京都杉並区天沼３ー１０ー５",
        "東京都杉並区天沼3丁目10-5",
        "東京都 杉並区 天沼 3-10-5",
        "東京都杉並区天沼3の10の5",
        "東京都杉並区天沼三ー十ー五",
        "〒167-0032 東京都杉並区天沼3-10-5",
        "1670032東京都杉並区天沼3-10-5",
        "東京都杉並区天沼3丁目10番地5号",
        "日本 東京都杉並区天沼03-10-05",
    ],
)
def test_notations_of_one_place_read_as_one(text: str) -> None:
    assert read_address(text) == Address(HERE)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("一番町一丁目１番１号", None),
        ("東京都千代田区一番町1番1号", "千代田区一番町 1-1"),
        ("千代田区丸の内一丁目１番１号", "千代田区丸ノ内 1-1-1"),
        ("東京都港区六本木6-10-1", "港区六本木 6-10-1"),
        ("千代田区九段北1-1-1", "千代田区九段北 1-1-1"),
        ("東京都港区麻布十番1-2-3", "港区麻布十番 1-2-3"),
        ("東京都港区麻布十番一丁目2番3号", "港区麻布十番 1-2-3"),
        ("愛知県蒲郡市見本町1-2", "蒲郡市見本町 1-2"),
        ("新宿区四谷三栄町1-2", "新宿区四谷三栄町 1-2"),
        ("東京都千代田区霞が関1-2-3", "千代田区霞ケ関 1-2-3"),
        ("東京都千代田区霞ヶ関一丁目2-3", "千代田区霞ケ関 1-2-3"),
        ("東京都港区虎の門1-1-1", "港区虎ノ門 1-1-1"),
        ("東京都港区虎ノ門1丁目1番1号", "港区虎ノ門 1-1-1"),
        ("神奈川県横浜市西区見本町5-2", "横浜市西区見本町 5-2"),
        ("横浜市西区見本町5番地2", "横浜市西区見本町 5-2"),
        ("横浜市西区見本町5番地の2", "横浜市西区見本町 5-2"),
        ("千葉県市川市見本1-1", "市川市見本 1-1"),
        ("三重県四日市市見本町12", "四日市市見本町 12"),
        ("町田市見本町100番地", "町田市見本町 100"),
        ("東京都武蔵村山市見本1-2-3", "武蔵村山市見本 1-2-3"),
        ("奈良県大和郡山市見本町1", "大和郡山市見本町 1"),
        ("静岡県周智郡森町見本50-1", "静岡県森町見本 50-1"),
        ("静岡県森町見本50番地1", "静岡県森町見本 50-1"),
        ("北海道森町見本50-1", "北海道森町見本 50-1"),
        ("北海道余市郡余市町見本1-2", "北海道余市町見本 1-2"),
        ("群馬県佐波郡玉村町大字見本12-3", "群馬県玉村町見本 12-3"),
        ("北海道札幌市中央区北一条西二丁目1番3号", "札幌市中央区北1条西 2-1-3"),
        ("札幌市中央区北1条西2-1-3", "札幌市中央区北1条西 2-1-3"),
        ("東京都府中市見本町1-2-3", "東京都府中市見本町 1-2-3"),
        ("広島県府中市見本町1-2-3", "広島県府中市見本町 1-2-3"),
        ("大阪府大阪市北区見本1-2-3", "大阪市北区見本 1-2-3"),
        ("東京都北区見本1-2-3", "北区見本 1-2-3"),
        ("茨城県龍ケ崎市見本1-1", "竜ケ崎市見本 1-1"),
        ("京都府京都市上京区見本通例町上る試験町1番地", "京都市上京区見本通例町上ル試験町 1"),
    ],
)
def test_municipality_town_and_block_are_told_apart(text: str, place: str | None) -> None:
    found = read_address(text)
    assert (found and found.place) == place


@pytest.mark.parametrize(
    ("text", "building", "room", "home"),
    [
        ("杉並区天沼3-10-5 見本マンション203号室", "見本マンション", "203", f"{HERE}#203"),
        ("杉並区天沼3-10-5 見本ﾏﾝｼｮﾝ 203", "見本マンション", "203", f"{HERE}#203"),
        ("杉並区天沼3-10-5-203", None, "203", f"{HERE}#203"),
        ("杉並区天沼三丁目10番5-203号", None, "203", f"{HERE}#203"),
        ("杉並区天沼3-10-5-203 見本マンション", "見本マンション", "203", f"{HERE}#203"),
        ("杉並区天沼3丁目10番5号 203号室", None, "203", f"{HERE}#203"),
        ("杉並区天沼3-10-5 コーポ例A-12", "コーポ例", "a12", f"{HERE}#a12"),
        ("杉並区天沼3-10-5 見本ビル５階", "見本ビル", "5f", f"{HERE}#5f"),
        ("杉並区天沼3-10-5 見本ビル5F", "見本ビル", "5f", f"{HERE}#5f"),
        ("杉並区天沼3-10-5 見本マンション", "見本マンション", None, None),
        ("杉並区天沼3-10-5", None, None, HERE),
    ],
)
def test_building_and_room_stand_apart_and_a_building_without_a_room_is_nobodys_home(
    text: str, building: str | None, room: str | None, home: str | None
) -> None:
    assert read_address(text) == Address(HERE, building, room)
    assert Address(HERE, building, room).home == home


@pytest.mark.parametrize(
    "text",
    [
        "",
        "不明",
        "東京都",
        "東京都杉並区",
        "東京都杉並区天沼",
        "杉並区天沼3丁目",
        "中央区見本1-2-3",
        "北区見本1-2-3",
        "大阪府北区見本1-2-3",
        "府中市見本町1-2-3",
        "森町見本50-1",
        "見本町1-2-3",
        "杉並区天沼3-10-203",
        "1-2-3",
        "10 Downing Street, London",
        "局留め",
    ],
)
def test_what_would_be_a_guess_stays_unresolved(text: str) -> None:
    assert read_address(text) is None


def test_a_large_house_number_is_read_where_its_sign_stands_behind_it() -> None:
    assert read_address("杉並区天沼3丁目10番203号") == Address("杉並区天沼 3-10-203")
