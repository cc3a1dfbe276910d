"""What records are linked by that share no identifier: a whole name with a birth date, a home or a mail."""

from __future__ import annotations

import pytest

from graph.identity.composites import MOST_HOLDERS, composites, whole_names
from graph.identity.members import Holding, Member
from graph.identity.partition import partition
from graph.identity.strength import Strength

BORN, HOME = "1988-08-08", "home-1"
MAIL = "EMAIL::shiken@example.jp"


def kinds(names: str, *, born: str = "", home: str = "") -> set[str]:
    return {key.partition(":")[0] for key in composites(names.split(","), born or None, home or None)}


@pytest.mark.parametrize(
    ("names", "born", "home", "expected"),
    [
        ("N:検体|真由", BORN, "", {"NAME_AND_BIRTH_DATE"}),
        ("N:検体|真由", BORN, HOME, {"NAME_AND_BIRTH_DATE", "NAME_BIRTH_DATE_AND_HOME", "NAME_AND_HOME"}),
        ("K:ケンタイ|マユ", BORN, HOME, {"NAME_AND_BIRTH_DATE", "NAME_BIRTH_DATE_AND_HOME"}),
        ("N:|真由", BORN, HOME, {"NAME_BIRTH_DATE_AND_HOME"}),
        ("N:検体|", BORN, HOME, set[str]()),
        ("N:検体|真由", "", HOME, {"NAME_AND_HOME"}),
        ("K:ケンタイ|マユ", "", HOME, set[str]()),
        ("N:検体|真由", "1970-01-01", HOME, {"NAME_AND_HOME"}),
        ("ORGANIZATION:例", BORN, HOME, set[str]()),
    ],
)
def test_a_record_has_the_keys_that_what_it_was_told_makes(names: str, born: str, home: str, expected: set[str]) -> None:
    assert kinds(names, born=born, home=home) == expected


def test_each_script_in_which_a_name_was_ever_told_makes_keys() -> None:
    assert len(composites(["N:検体|真由", "N:見本|真由", "K:ケンタイ|マユ"], BORN, HOME)) == 3 + 2 + 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("N:検体|真由", "N:検体真由", True),
        ("K:ケンタイ|マユ", "L:kentai|mayu", True),
        ("K:ケンタイ|マユ", "L:mayu kentai", True),
        ("N:検体|真由", "K:ケンタイ|マユ", False),
        ("N:検体|真由", "N:検体|真美", False),
        ("N:検体", "N:検体", False),
        ("N:久保田", "N:久保田", False),
        ("L:|mayu", "L:|mayu", False),
        ("L:smith|michael", "L:michael smith", True),
        ("L:o'hara|zoe", "L:o'hara|zoe", True),
        ("CYRILLIC:иванов|иван", "CYRILLIC:иванов|иван", True),
    ],
)
def test_a_whole_name_is_one_in_whatever_way_a_script_writes_it(one: str, other: str, same: bool) -> None:
    assert (not whole_names(frozenset([one])).isdisjoint(whole_names(frozenset([other])))) is same


def member(key: str, names: str, *holdings: Holding, born: str | None = None, home: str | None = None) -> Member:
    lines = frozenset(names.split(","))
    return Member(key, lines, born, holdings, home=home, composites=composites(lines, born, home))


def clusters(*members: Member) -> set[frozenset[str]]:
    return set(partition({each.key: each for each in members}).clusters)


MAYU, HANAKO = "N:検体|真由,K:ケンタイ|マユ", "N:検体|花子"
UNVERIFIED, VERIFIED = Holding(MAIL, Strength.WITH_NAME), Holding(MAIL, Strength.NEARLY)


def test_one_name_and_one_birth_date_are_one_person() -> None:
    assert clusters(member("a", MAYU, born=BORN), member("b", "K:ケンタイ|マユ", born=BORN)) == {frozenset("ab")}


def test_one_name_in_writing_and_one_home_are_one_person_and_one_reading_is_not() -> None:
    found = clusters(
        member("a", "N:検体|真由,K:ケンタイ|マユ", home=HOME), member("b", "N:検体真由", home=HOME),
        member("c", "N:検体|麻友,K:ケンタイ|マユ", home=HOME),
    )  # fmt: skip
    assert found == {frozenset("ab"), frozenset("c")}


@pytest.mark.parametrize("other", [UNVERIFIED, VERIFIED])
def test_a_mail_that_is_not_verified_links_those_of_one_name_and_nobody_else(other: Holding) -> None:
    found = clusters(member("a", MAYU, UNVERIFIED), member("b", MAYU, other), member("c", HANAKO, other), member("d", "", other))
    assert frozenset("ab") in found
    assert {len(each) for each in found} <= {1, 2}


def test_a_name_with_one_birth_date_that_more_have_than_could_be_one_person_links_nobody() -> None:
    enough = [member(f"{number:02}", MAYU, born=BORN) for number in range(MOST_HOLDERS)]
    assert len(clusters(*enough)) == 1
    assert len(clusters(*enough, member("one more", MAYU, born=BORN))) == MOST_HOLDERS + 1
