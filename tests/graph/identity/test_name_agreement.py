"""Whether two can be one person by what they are called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identity.name_agreement import Agreement, agreement, given_names, slip, surnames_agree
from graph.identity.normalising.told_names import told_name

AGREE, DIFFER = Agreement.AGREE, Agreement.GIVEN_NAMES_DIFFER
SURNAMES_AGREE, SURNAMES_DIFFER, NOTHING = Agreement.SURNAMES_AGREE, Agreement.SURNAMES_DIFFER, Agreement.NOTHING
TOLD = """検体 真由, 検体真由, 真由 検体, 検体, ケンタイ マユ, マユ, Mayu Kentai, KENTAI Mayu, Mayu, 見本 太郎, ミホン タロウ,
Taro, Michael Probe, Иван Образцов, 株式会社例題, 김 견본""".replace("\n", " ").split(", ")


def called(*told: str) -> frozenset[str]:
    return frozenset(filter(None, (told_name(name, None, None) for name in told)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # with and without a gap
        ("検体 真由", "検体真由", AGREE),
        ("検体 真由", "検体花江", DIFFER),
        ("検体真由", "検体真由", AGREE),
        ("検体真由", "検体花江", DIFFER),
        ("検体 美愛", "見本 愛", DIFFER),
        ("検体美愛", "見本 愛", DIFFER),
        ("見本真由", "検体 真由", AGREE),
        # the other way round
        ("検体 真由", "真由 検体", AGREE),
        ("検体 真由", "真由検体", AGREE),
        # one part alone
        ("検体 様", "検体 花子", SURNAMES_AGREE),
        ("見本", "検体 花子", DIFFER),
        ("検体", "検体花子", SURNAMES_AGREE),
        ("まゆ", "ケンタイ マユ", AGREE),
        # kana and Latin letters
        ("ケンタイ マユ", "Mayu Kentai", AGREE),
        ("ケンタイ マユ", "KENTAI MAYU", AGREE),
        ("ケンタイ ショウタ", "Syota Kentai", AGREE),
        ("ｹﾝﾀｲ ﾃﾂﾍﾟｲ", "Teppei Kentai", AGREE),
        ("ケンタイ マユ", "Hanae Kentai", DIFFER),
        ("ケンタイ マユ", "Mayu", AGREE),
        ("ケンタイ マイケル", "Michael Probe", NOTHING),
        ("シュウヤマアヤホ", "Ayaho SHUUYAMA", AGREE),
        # Latin letters in both orders
        ("Mayu Kentai", "Kentai Mayu", AGREE),
        ("Kentai Mayu", "Kentai Hanae", DIFFER),
        ("Mayu Kentai", "Hanae Kentai", DIFFER),
        ("Mayu Kentai", "Mayu", AGREE),
        ("Mary Jane Probe", "Probe, Mary", AGREE),
        ("YAMADA Mayu", "Mayu Yamada", AGREE),
        ("YAMADA Mayu", "KENTAI Mayu", AGREE),
        ("YAMADA Mayu", "Kentai Mayu", DIFFER),
        ("KENTAI Mayu", "Mayu Hanae", DIFFER),
        # nothing of each other
        ("検体 真由", "ケンタイ マユ", NOTHING),
        ("検体 真由", "Mayu Kentai", NOTHING),
        ("検体 真由", "Иван Образцов", NOTHING),
        ("検体 真由", "김 견본", NOTHING),
        ("株式会社例題", "例題 真由", NOTHING),
        ("株式会社例題", "例題㈱", AGREE),
        ("株式会社例題", "株式会社見本", DIFFER),
        # other scripts, as written
        ("Иван Образцов", "Образцов Иван", AGREE),
        ("Иван Образцов", "Пётр Образцов", DIFFER),
        ("김 견본", "김 견본", AGREE),
        ("สมชาย ตัวอย่าง", "สมชาย ตัวอย่าง", AGREE),
        ("محمد عينة", "علي عينة", DIFFER),
    ],
)
def test_two_names_say_together(one: str, other: str, expected: Agreement) -> None:
    assert agreement(called(one), called(other)) is expected
    assert agreement(called(other), called(one)) is expected


def test_where_given_names_agree_in_one_script_no_other_speaks_against_it() -> None:
    assert agreement(called("検体 裕介", "ケンタイ ユウスケ"), called("検体 祐介", "ケンタイ ユウスケ")) is AGREE


def test_surnames_alone_can_differ() -> None:
    one, other = (frozenset({f"N:{family}|"}) for family in ("検体", "見本"))
    assert agreement(one, other) is SURNAMES_DIFFER
    assert agreement(one, frozenset({"N:|検体"})) is NOTHING


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("検体 真由", "検体 花江", True),
        ("検体 真由", "検体花江", True),
        ("検体 真由", "見本 花江", False),
        ("Mayu Kentai", "Hanae Kentai", True),
        ("ケンタイ マユ", "Hanae Kentai", True),
        ("KENTAI Mayu", "Mayu Hanae", True),
        ("検体 真由", "Mayu Kentai", False),
    ],
)
def test_surnames_are_compared_beside_given_names(one: str, other: str, agree: bool) -> None:
    assert surnames_agree(called(one), called(other)) is agree
    assert surnames_agree(called(other), called(one)) is agree


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("ケンタイ マユミ", "ケンタイ マユコ", True),
        ("KENTAI Mayumi", "KENTAI Mayum", True),
        ("ケンタイ マユミ", "ケンタイ ハナエ", False),
        ("検体 真由", "検体 真央", False),
        ("ケンタイ マユミ", "ケンタイ マユミ", False),
    ],
)
def test_a_slip_is_one_wrong_kana_or_nearly_the_same_letters(one: str, other: str, is_one: bool) -> None:
    assert slip(called(one), called(other)) is is_one


def test_people_are_counted_by_given_names_and_by_whole_names_apart() -> None:
    names = called("検体 真由", "見本 真由", "検体真由", "ケンタイ マユ", "Mayu Kentai", "Kentai Mayu")
    assert given_names(names) == {"N:真由", "N*:検体真由", "K:マユ", "L*:kentai mayu"}


@given(st.sets(st.sampled_from(TOLD), max_size=3), st.sets(st.sampled_from(TOLD), max_size=3))
def test_agreement_is_the_same_both_ways_and_everybody_agrees_with_themselves(one: set[str], other: set[str]) -> None:
    assert agreement(called(*one), called(*other)) is agreement(called(*other), called(*one))
    assert surnames_agree(called(*one), called(*other)) is surnames_agree(called(*other), called(*one))
    if one:
        assert agreement(called(*one), called(*one)) in {AGREE, SURNAMES_AGREE}
