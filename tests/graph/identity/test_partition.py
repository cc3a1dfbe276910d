"""Which source records are one customer."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identity.guards import BIRTH_DATE, GIVEN_NAME, NOT_SAME, NOTHING_TO_COMPARE, SURNAME, conflict
from graph.identity.members import Holding, Member
from graph.identity.partition import Partition, partition
from graph.identity.strength import Strength, strength

CARD, MOBILE, LANDLINE = "POS_CARD::C1", "PHONE::+819000000001", "PHONE::+81300000001"


def holding(identifier: str, how: Strength = Strength.EXCLUSIVE, valid_from: str = "", valid_to: str = "") -> Holding:
    return Holding(identifier, how, valid_from, valid_to)


def member(key: str, *holdings: Holding, names: str = "", born: str | None = None, apart_from: str = "") -> Member:
    return Member(key, frozenset(names.split()), born, holdings, frozenset(apart_from.split()))


def clusters(*members: Member, blocked: frozenset[str] = frozenset(), bound: int = 200) -> set[frozenset[str]]:
    return set(result(*members, blocked=blocked, bound=bound).clusters)


def result(*members: Member, blocked: frozenset[str] = frozenset(), bound: int = 200) -> Partition:
    return partition({one.key: one for one in members}, blocked=blocked, bound=bound)


def groups(*keys: str) -> set[frozenset[str]]:
    return {frozenset(group) for group in keys}


@pytest.mark.parametrize(
    ("kind", "mobile", "sharing", "verified", "expected"),
    [
        ("MEMBER_NUMBER", False, "UNKNOWN", False, Strength.EXCLUSIVE),
        ("POS_CARD", False, "HOUSEHOLD", False, Strength.SHARED),
        ("LINE_USER_ID", False, "PERSONAL", False, Strength.EXCLUSIVE),
        ("PHONE", True, "UNKNOWN", False, Strength.NEARLY),
        ("PHONE", True, "KIOSK", False, Strength.SHARED),
        ("PHONE", False, "UNKNOWN", True, Strength.SHARED),
        ("EMAIL", False, "UNKNOWN", True, Strength.NEARLY),
        ("EMAIL", False, "UNKNOWN", False, Strength.WITH_NAME),
        ("EMAIL", False, "HOUSEHOLD", True, Strength.SHARED),
        ("DEVICE_ID", False, "PERSONAL", True, Strength.SHARED),
    ],
)
def test_strength_follows_kind_and_how_it_is_held(
    kind: str, mobile: bool, sharing: str, verified: bool, expected: Strength
) -> None:
    assert strength(kind, mobile=mobile, sharing=sharing, verified=verified) is expected


def test_records_that_share_an_exclusive_identifier_are_one_customer() -> None:
    assert clusters(member("a", holding(CARD)), member("b", holding(CARD)), member("c")) == groups("ab", "c")


def test_a_shared_identifier_joins_nobody() -> None:
    family = holding(LANDLINE, Strength.SHARED)
    assert clusters(member("a", family), member("b", family)) == groups("a", "b")


def test_a_link_needs_both_ends_to_hold_it_well_enough() -> None:
    mail = "EMAIL::a@example.jp"
    verified, claimed = holding(mail, Strength.NEARLY), holding(mail, Strength.SHARED)
    assert clusters(member("a", verified), member("b", claimed)) == groups("a", "b")
    assert clusters(member("a", verified), member("b", verified)) == groups("ab")


def test_a_blocked_identifier_joins_nobody() -> None:
    assert clusters(member("a", holding(CARD)), member("b", holding(CARD)), blocked=frozenset({CARD})) == groups("a", "b")


def test_a_number_that_was_given_up_before_does_not_join_its_next_owner() -> None:
    former = holding(MOBILE, Strength.NEARLY, valid_to="2026-03-01")
    later = holding(MOBILE, Strength.NEARLY, valid_from="2026-03-01")
    meanwhile = holding(MOBILE, Strength.NEARLY, valid_from="2026-02-01")
    assert clusters(member("a", former), member("b", later)) == groups("a", "b")
    assert clusters(member("a", former), member("b", meanwhile)) == groups("ab")


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (member("a", names="N:太郎"), member("b", names="N:花子"), GIVEN_NAME),
        (member("a", names="N:太郎"), member("b", names="K:ハナコ"), None),
        (member("a", names="N:裕介 K:ユウスケ"), member("b", names="N:祐介 K:ユウスケ"), None),
        (member("a", names="N:太郎 N:一郎"), member("b", names="N:一郎"), None),
        (member("a"), member("b", names="N:花子"), None),
        (member("a", born="1988-08-08"), member("b", born="1988-08-09"), BIRTH_DATE),
        (member("a", born="1988-08-08"), member("b", born="1970-01-01"), None),
        (member("a", born="1988-08-08"), member("b"), None),
        (member("a", apart_from="b"), member("b"), NOT_SAME),
    ],
)
def test_what_speaks_against_one_person_is_named(one: Member, other: Member, reason: str | None) -> None:
    assert conflict(one, other) == reason
    assert conflict(other, one) == reason


@pytest.mark.parametrize(
    ("one", "other", "sure", "unsure"),
    [
        (
            member("a", names="K:ケンタイ|マユミ", born="1988-08-08"),
            member("b", names="K:ケンタイ|マユコ", born="1988-08-08"),
            None,
            GIVEN_NAME,
        ),
        (member("a", names="K:ケンタイ|マユミ"), member("b", names="K:ケンタイ|マユコ"), GIVEN_NAME, GIVEN_NAME),
        (
            member("a", names="N:検体|真由", born="1988-08-08"),
            member("b", names="N:検体|真由", born="1988-08-09"),
            None,
            BIRTH_DATE,
        ),
        (
            member("a", names="N:検体|真由", born="1988-08-03"),
            member("b", names="N:検体|真由", born="1988-03-08"),
            None,
            BIRTH_DATE,
        ),
        (member("a", born="1988-08-08"), member("b", born="1988-08-09"), BIRTH_DATE, BIRTH_DATE),
        (member("a", names="N:検体|"), member("b", names="N:見本|"), SURNAME, SURNAME),
    ],
)
def test_a_slip_is_borne_where_an_exclusive_identifier_and_the_rest_agree(
    one: Member, other: Member, sure: str | None, unsure: str | None
) -> None:
    assert (conflict(one, other, how=Strength.EXCLUSIVE), conflict(one, other)) == (sure, unsure)


def test_names_that_cannot_be_compared_are_not_joined_by_a_mobile_but_asked_about() -> None:
    mobile = holding(MOBILE, Strength.NEARLY)
    kanji, latin = member("a", mobile, names="N:検体|真由"), member("b", mobile, names="L:kentai|mayu")
    found = result(kanji, latin)
    assert set(found.clusters) == groups("a", "b")
    assert [reason for _, reason in found.refused] == [NOTHING_TO_COMPARE]
    assert clusters(kanji, member("b", mobile)) == groups("ab"), "who tells no name is joined"
    assert clusters(member("a", holding(CARD), names="N:検体|真由"), member("b", holding(CARD), names="L:|mayu")) == groups("ab")


NAMED = member("a", holding(MOBILE, Strength.NEARLY), names="N:検体|真由", born="1988-08-08")
ACCOUNT, MAIL = holding("LINE_USER_ID:1:U1"), holding("EMAIL::a@example.jp", Strength.NEARLY)


@pytest.mark.parametrize(
    ("account", "joined"),
    [
        (member("b", holding(MOBILE, Strength.NEARLY)), True),
        (member("b", holding(MOBILE, Strength.NEARLY), ACCOUNT), False),
        (member("b", holding(MOBILE, Strength.NEARLY), ACCOUNT, born="1988-08-08"), True),
        (member("b", holding(MOBILE, Strength.NEARLY), ACCOUNT, names="N:|真由"), True),
        (member("b", holding(MOBILE, Strength.NEARLY), ACCOUNT, MAIL), True),
    ],
    ids=["a number alone", "an account", "with a birth date", "with a name", "with a second value"],
)
def test_an_account_that_tells_a_mobile_alone_is_asked_about(account: Member, joined: bool) -> None:
    owner = replace(NAMED, holdings=(*NAMED.holdings, MAIL))
    found = result(owner, account)
    assert set(found.clusters) == (groups("ab") if joined else groups("a", "b"))
    assert [reason for _, reason in found.refused] == ([] if joined else [NOTHING_TO_COMPARE])


def test_a_blocked_value_is_no_second_one() -> None:
    owner = replace(NAMED, holdings=(*NAMED.holdings, MAIL))
    account = member("b", holding(MOBILE, Strength.NEARLY), ACCOUNT, MAIL)
    assert clusters(owner, account, blocked=frozenset({MAIL.identifier})) == groups("a", "b")


def test_a_record_that_tells_both_scripts_brings_the_two_together() -> None:
    mobile = holding(MOBILE, Strength.NEARLY)
    kanji, latin = member("a", mobile, names="N:検体|真由"), member("b", mobile, names="L:kentai|mayu")
    both = member("c", mobile, names="N:検体|真由 K:ケンタイ|マユ")
    found = result(kanji, latin, both)
    assert (set(found.clusters), found.refused) == (groups("abc"), ())


def test_a_conflict_anywhere_between_two_clusters_keeps_them_apart() -> None:
    taro = member("a", holding(CARD), names="N:太郎")
    nameless = member("b", holding(CARD), holding(MOBILE, Strength.NEARLY))
    hanako = member("c", holding(MOBILE, Strength.NEARLY), names="N:花子")
    found = result(taro, nameless, hanako)
    assert set(found.clusters) == groups("ab", "c")
    assert [(edge.record, edge.other, edge.identifier, reason) for edge, reason in found.refused] == [
        ("b", "c", MOBILE, GIVEN_NAME)
    ]


def test_the_stronger_identifier_is_heard_first_whatever_the_order_of_arrival() -> None:
    taro = member("z", holding(CARD), names="N:太郎")
    nameless = member("m", holding(CARD), holding(MOBILE, Strength.NEARLY))
    hanako = member("a", holding(MOBILE, Strength.NEARLY), names="N:花子")
    assert clusters(hanako, nameless, taro) == groups("mz", "a")


def test_a_component_over_its_bound_is_joined_nowhere_and_reported() -> None:
    found = result(*(member(key, holding(CARD)) for key in "abcd"), member("x"), bound=3)
    assert set(found.clusters) == groups(*"abcdx")
    assert found.over_bound == frozenset("abcd")


def test_quarantine_spreads_to_whoever_hangs_on_to_it() -> None:
    stained = Member("a", holdings=(holding(CARD),), quarantined=True)
    found = result(stained, member("b", holding(CARD)))
    assert found.over_bound == frozenset("ab")


def test_each_joined_record_can_tell_the_edge_that_joined_it() -> None:
    found = result(member("a", holding(CARD)), member("b", holding(CARD), holding(MOBILE)), member("c", holding(MOBILE)))
    assert {key: edge.identifier for key, edge in found.joined_by.items()} == {"a": CARD, "b": CARD, "c": MOBILE}


_HOLDINGS = st.builds(
    holding,
    st.sampled_from([CARD, MOBILE, "LINE_USER_ID:1:U1", "EMAIL::a@example.jp"]),
    st.sampled_from([Strength.EXCLUSIVE, Strength.NEARLY, Strength.SHARED]),
    st.sampled_from(["", "2026-01-01", "2026-03-01"]),
    st.sampled_from(["", "2026-02-01", "2026-04-01"]),
)


@st.composite
def _members(draw: st.DrawFn) -> list[Member]:
    keys = [f"r{number}" for number in range(draw(st.integers(1, 8)))]
    return [
        Member(
            key,
            frozenset(draw(st.sets(st.sampled_from(["N:太郎", "N:花子", "K:タロウ"]), max_size=2))),
            draw(st.sampled_from([None, "1988-08-08", "1990-01-01", "1970-01-01"])),
            tuple(draw(st.lists(_HOLDINGS, max_size=3, unique_by=lambda one: one.identifier))),
            frozenset(draw(st.sets(st.sampled_from(keys), max_size=1))) - {key},
        )
        for key in keys
    ]


@given(_members(), st.randoms(use_true_random=False))
def test_order_of_records_cannot_matter(members: list[Member], random: Random) -> None:
    shuffled = list(members)
    random.shuffle(shuffled)
    assert result(*shuffled) == result(*members)


@given(_members())
def test_no_customer_holds_two_records_in_conflict_and_every_record_has_one_customer(members: list[Member]) -> None:
    by_key = {one.key: one for one in members}
    found = result(*members)
    assert sorted(key for cluster in found.clusters for key in cluster) == sorted(by_key)
    for cluster in found.clusters:
        assert not any(conflict(by_key[one], by_key[other]) for one, other in combinations(sorted(cluster), 2))


def said(decision: str) -> Holding:
    return Holding(decision, Strength.PERSON)


def test_what_a_person_joined_is_one_whatever_speaks_against_it() -> None:
    assert clusters(member("a", said("d"), names="N:太郎"), member("b", said("d"), names="N:花子")) == groups("ab")


def test_a_no_outranks_a_yes_and_every_rule_and_is_not_asked_again() -> None:
    one = member("a", said("d"), holding(CARD), names="N:太郎", apart_from="b")
    other = member("b", said("d"), holding(CARD), names="N:花子")
    found = result(one, other)
    assert set(found.clusters) == groups("a", "b")
    assert found.refused == ()


def test_a_no_within_what_a_person_joined_leaves_the_others_together() -> None:
    one = member("a", said("d"), apart_from="b c")
    assert clusters(one, member("b", said("d")), member("c", said("d"))) == groups("a", "bc")
