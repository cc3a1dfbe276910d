"""One name, however it is spelled: kana, old kanji, romanisations, marks."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.search.folding import fold_name, fold_romaji, fold_signs, fold_text, romaji, sounding

NAMES = st.text(
    st.sampled_from("あいうおけこしじずづっゃょゔゝアイウエオカコシショッツデヴィヅヲヱー-゛・ ｶｷﾞ髙眞々太郎aohnSyōđ'"), max_size=8
)


@pytest.mark.parametrize(
    "spellings",
    [
        "ショウコ シヨウコ ｼﾖｳｺ しょうこ ショーコ ｼｮｰｺ",
        "キュウヨ キユウヨ ｷﾕｳﾖ きゅうよ",
        "テッペイ テツペイ ﾃﾂﾍﾟｲ",
        "コウヘイ コーヘイ コ-ヘイ コ−ヘイ コ―ヘイ ｺｰﾍｲ ｺ-ﾍｲ コ一ヘイ",
        "ユウコ ユーコ ユ-コ ユ‐コ",
        "オオノ オーノ オウノ ｵｵﾉ",
        "ヤマダ ヤマタ゛ ﾔﾏﾀﾞ やまだ ヤマタ\u3099",
        "ペコ ヘ゜コ ﾍﾟｺ",
        "カズコ カヅコ かづこ",
        "チジミ チヂミ",
        "ミオ ミヲ",
        "チエ チヱ",
        "イネ ヰネ",
        "デイビッド デイヴィッド ディビッド ﾃﾞｲﾋﾞﾂﾄﾞ",
        "バイオラ ヴァイオラ ヷイオラ",
        "ケイコ ケーコ ケエコ",
        "みすず みすゞ ミスヾ",
        "ささき さゝき",
        "佐々木 佐佐木",
        "龍ヶ崎 龍ケ崎 竜ヶ﨑",
        "髙橋 高橋",
        "渡邊 渡邉 渡辺",
        "齋藤 斎藤 齊藤 斉藤",
        "𠮷田 吉田",
        "神⾕ 神谷",
        "長島 長嶋 長嶌",
        "檢象 検象",
        "花子 花子\ufe00 花子\U000e0100",
    ],
)
def test_spellings_of_one_name_are_one(spellings: str) -> None:
    assert len({fold_name(spelling) for spelling in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ユカ", "ユウカ"),
        ("ユミ", "ユウミ"),
        ("オノ", "オオノ"),
        ("ハルト", "ハルカ"),
        ("ヒロシ", "ヒロキ"),
        ("裕介", "祐介"),
        ("栞", "刊"),
        ("煌", "皇"),
        ("谷", "矢"),
    ],
)
def test_names_that_only_look_or_sound_alike_stay_two(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


def test_every_old_form_of_the_civil_register_is_one_with_the_common_form() -> None:
    pairs = """
        亞亜 薰薫 愼慎 衞衛 氣気 兒児 壞壊 樂楽 價価 檢検 權権 嚴厳 巢巣 卽即 專専 單単 彈弾 晝昼 鎭鎮 轉転
        黨党 燈灯 賣売 變変 每毎 滿満 默黙 埜野 餘余 樣様 綠緑 曆暦 鍊錬 郞郎 淨浄 禪禅 爭争 乘乗 讓譲 盡尽
        經経 繼継 獻献 觀観 歡歓 歸帰 堯尭 巖巌 黃黄 繪絵 畫画 醫医 敍叙 從従 肅粛 贊賛 體体 凜凛 晄晃 薗園
        盃杯 德徳 眞真 惠恵 廣広 榮栄 櫻桜 淸清 龍竜 瀧滝 壽寿 聰聡 彌弥 禮礼 濱浜 澤沢 國国 圓円 學学 舘館
        冨富 嶋島 曻昇 福福
    """
    assert [pair for pair in pairs.split() if fold_name(pair[0]) != fold_name(pair[1])] == []


@pytest.mark.parametrize(
    "name",
    [
        "マルタ・ケンタイ",
        "マルタ=ケンタイ",
        "マルタ＝ケンタイ",
        "ﾏﾙﾀ･ｹﾝﾀｲ",
        "マルタ　ケンタイ",
        "マルタ ケンタイ",
        "マルタ_ケンタイ",
        "マルタ/ケンタイ",
        "\u202aマル\u200bタ ケンタイ\ufeff",
    ],
)
def test_a_dot_or_a_double_hyphen_is_a_space(name: str) -> None:
    assert fold_name(name) == "マルタ ケンタイ"


@pytest.mark.parametrize(
    ("kana", "spellings"),
    [
        ("オオノケ ショウタ", "Ohnoke Shohta, Onoke Shota, Oonoke Shouta, Onoke Syota, ŌNOKE SHŌTA, Onoke Syouta"),
        ("ホンマケ ジュンヤ", "Hommake Junya, Honmake Jyunya, Honmake Zyunya, HONMAKE JUN'YA"),
        ("フジツケ ツヨシ", "Fujitsuke Tsuyoshi, Huzituke Tuyosi"),
        ("タナカケ シンイチ", "Tanakake Shin-ichi, Tanakake Shin'ichi, Tanakake Sinichi, TANAKAKE SHINICHI"),
        ("マツウラケ リョウ", "Matsuurake Ryo, Matsurake Ryoh, Matuurake Ryou"),
        ("レイダイ テッペイ", "Reidai Teppei"),
        ("ﾚｲﾀﾞｲ ﾃﾂﾍﾟｲ", "Reidai Teppei"),
        ("ハットリ キッチ", "Hattori Kitchi, Hattori Kicchi"),
        ("コウヤマ リュウイチ", "Kohyama Ryuichi, Koyama Ryuuichi"),
        ("ニイヤマ ケンヤ", "Niiyama Kenya, Niyama Ken'ya"),
        ("チヅル シェリー", "Chizuru Sheri"),
        ("アンナ フミエ", "Anna Fumie"),
        ("ナンバ イッセイ", "Namba Issei, Nanba Issei"),
        ("ケンサキ エエ", "Kensaki Ee, Kensaki Ei"),
    ],
)
def test_every_romanisation_sounds_like_the_kana(kana: str, spellings: str) -> None:
    assert {spelling: sounding(spelling) for spelling in spellings.split(", ") if sounding(spelling) != sounding(kana)} == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Taro", "Jiro"), ("Hanako", "Hanae"), ("Yuki", "Yuka"), ("Kenta", "Kento"), ("シンヤ", "Shinji"), ("アキ", "Yuki")],
)
def test_other_names_sound_otherwise(one: str, other: str) -> None:
    assert sounding(one) != sounding(other)


@pytest.mark.parametrize("text", ["試験 太郎", "検体林 John", "Иван", "김 견본", "4649", "", "・"])
def test_what_is_neither_kana_nor_latin_letters_has_no_sound(text: str) -> None:
    assert sounding(text) == ""


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Đặng Văn Kiểm", "dang van kiem"),
        ("Łukasz Próbny", "lukasz probny"),
        ("Søren Prøve", "soren prove"),
        ("Þór Dæmi", "thor daemi"),
        ("Weiß", "weiss"),
        ("Ωμέγα Δείγμα", "ωμεγα δειγμα"),
        ("Андрей", "андреи"),
        ("Yūko O’Hara", "yuko ohara"),
        ("สมชาย ตัวอย่าง", "สมชาย ตัวอย่าง"),
        ("محمد عينة", "محمد عينة"),
        ("김 견본", "김 견본"),
    ],
)
def test_latin_greek_and_cyrillic_lose_their_marks_and_other_scripts_stay_as_written(name: str, bare: str) -> None:
    assert fold_romaji(fold_name(name)) == bare


def test_a_text_that_is_no_name_keeps_its_kana() -> None:
    assert fold_text("メゾン・ド・ショウワ1-2") == "メゾン・ド・ショウワ1-2"


@pytest.mark.parametrize(("kana", "latin"), [("シケン ユウコ", "shiken yuko"), ("シケン ユ-コ", "shiken yuko"), ("試験", "")])
def test_a_reading_is_shown_in_hepburn(kana: str, latin: str) -> None:
    assert romaji(kana) == latin


@given(NAMES)
def test_folding_again_changes_nothing(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)


@given(NAMES)
def test_each_sign_of_a_folded_name_has_a_place_in_the_name(name: str) -> None:
    signs = fold_signs(name)
    places = [place for _, place in signs]
    assert places == sorted(places)
    assert all(0 <= place < len(name) for place in places)
    assert bool(signs) or not any(unicodedata.category(sign).startswith("L") and sign != "ー" for sign in fold_name(name))
