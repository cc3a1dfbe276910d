"""How many accounts, cards, mobiles and mails one customer can have before a person is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.identity.limits import exceeded, values_of
from graph.identity.members import Holding, Member
from graph.identity.partition import partition
from graph.identity.strength import Strength

BORN = "1988-08-08"


def member(key: str, *values: str, until: str = "") -> Member:
    holdings: list[Holding] = []
    for value in values:
        how = Strength.NEARLY if value.startswith(("PHONE", "EMAIL")) else Strength.EXCLUSIVE
        holdings.append(Holding(value.replace(" ", ":", 1), how, valid_to=until))
    return Member(key, holdings=tuple(holdings))


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


@pytest.mark.parametrize("names", ["N:検体|真由", "K:ケンタイ|マユ"])
def test_two_accounts_in_one_shop_under_one_mobile_are_asked_about(names: str) -> None:
    records = [
        replace(member(f"/ec:{number}", f"EC_ACCOUNT_ID :U{number}", "PHONE :+81901"), names=frozenset([names]), birth_date=BORN)
        for number in (1, 2)
    ]
    found = partition({record.key: record for record in records})
    assert [reason for _, reason in found.refused] == ["TOO_MANY_VALUES"]
    assert len(found.clusters) == 2
