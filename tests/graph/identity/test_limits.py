"""How many accounts, cards, mobiles and mails one customer can have before a person is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.identity.composites import composites
from graph.identity.limits import exceeded, values_of
from graph.identity.members import Holding, Member
from graph.identity.partition import partition
from graph.identity.strength import Strength


def member(key: str, *values: str, until: str = "", names: str = "", born: str | None = None) -> Member:
    holdings: list[Holding] = []
    for value in values:
        how = Strength.NEARLY if value.startswith(("PHONE", "EMAIL")) else Strength.EXCLUSIVE
        holdings.append(Holding(value.replace(" ", ":", 1), how, valid_to=until))
    return Member(key, frozenset(names.split()), born, tuple(holdings))


def phones(first: int, last: int) -> list[str]:
    return [f"PHONE :+8190{number}" for number in range(first, last)]


@pytest.mark.parametrize(
    ("one", "other", "too_many"),
    [
        (member("/ec:1", "EC_ACCOUNT_ID :U1"), member("/ec:2", "EC_ACCOUNT_ID :U2"), True),
        (member("/ec:1", "EC_ACCOUNT_ID :U1"), member("/ec:2", "EC_ACCOUNT_ID :U1"), False),
        (member("/ec:1", "EC_ACCOUNT_ID :U1"), member("/outlet:2", "EC_ACCOUNT_ID :U2"), False),
        (member("/ec:1", "EC_ACCOUNT_ID :U1"), member("/ec:2", "APP_USER_ID :U2"), False),
        (member("/line:1", "LINE_USER_ID 165:U1"), member("/line:2", "LINE_USER_ID 166:U2"), False),
        (member("/ec:1", "POS_CARD :C1", until="2026"), member("/ec:2", "POS_CARD :C2"), False),
        (member("/ec:1", "POS_CARD :C1", "POS_CARD :C2"), member("/ec:2", "POS_CARD :C1"), False),
        (member("/ec:1", "POS_CARD :C1", "POS_CARD :C2"), member("/ec:2", "POS_CARD :C3"), True),
        (member("/ec:1", *phones(0, 3)), member("/pos:2", *phones(2, 5)), False),
        (member("/ec:1", *phones(0, 3)), member("/pos:2", *phones(2, 6)), True),
        (member("/ec:1", *phones(0, 5)), member("/pos:2", "EMAIL :a@example.jp"), False),
    ],
)
def test_a_customer_has_one_account_in_a_system_and_five_mobiles(one: Member, other: Member, too_many: bool) -> None:
    ones, others = values_of([one], frozenset()), values_of([other], frozenset())
    assert exceeded(ones, others) is exceeded(others, ones) is too_many


def test_a_closed_value_does_not_count() -> None:
    blocked = frozenset({"EC_ACCOUNT_ID::U1"})
    ones = values_of([member("/ec:1", "EC_ACCOUNT_ID :U1")], blocked)
    assert not exceeded(ones, values_of([member("/ec:2", "EC_ACCOUNT_ID :U2")], blocked))


WRITTEN, READ = "N:検体|真由", "K:ケンタイ|マユ"
BORN = "1988-08-08"


@pytest.mark.parametrize(
    ("one", "other", "born", "reasons"),
    [
        (WRITTEN, WRITTEN, None, []),
        (f"{WRITTEN} {READ}", READ, None, ["TOO_MANY_VALUES"]),
        (f"{WRITTEN} {READ}", READ, BORN, []),
        ("N:|真由", "N:|真由", BORN, ["TOO_MANY_VALUES"]),
        ("N:検体|真由", "N:検体|真美", BORN, ["GIVEN_NAME_DIFFERS"]),
        ("", "", None, ["NOTHING_TO_COMPARE"]),
    ],
)
def test_a_second_account_in_one_shop_under_one_mobile_is_of_whoever_is_called_the_same(
    one: str, other: str, born: str | None, reasons: list[str]
) -> None:
    first = member("/ec:1", "EC_ACCOUNT_ID :U1", "PHONE :+81901", names=one, born=born)
    second = member("/ec:2", "EC_ACCOUNT_ID :U2", "PHONE :+81901", names=other, born=born)
    found = partition({record.key: record for record in (first, second)})
    assert [reason for _, reason in found.refused] == reasons
    assert len(found.clusters) == 1 + len(reasons)


def test_namesakes_of_one_birth_date_whom_one_shop_knows_as_two_are_asked_about() -> None:
    both = [
        replace(
            member(f"/ec:{number}", f"EC_ACCOUNT_ID :U{number}", names=WRITTEN, born=BORN),
            composites=composites([WRITTEN], BORN, None),
        )
        for number in (1, 2)
    ]
    assert [reason for _, reason in partition({record.key: record for record in both}).refused] == ["TOO_MANY_VALUES"]
