"""Chains and obstacles: what is told of two records is what the partition decided about them."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identity.chain import chain
from graph.identity.members import Holding, Member
from graph.identity.obstacles import Obstacle, Value, obstacles
from graph.identity.partition import Edge, Partition, partition
from graph.identity.strength import Strength

CARD, MOBILE, MAIL, LANDLINE = "POS_CARD::C1", "PHONE::+819010004101", "EMAIL::a@example.jp", "PHONE::+81355550100"
MEMBER = "MEMBER_NUMBER::M1"
VALUES = {key: Value("ACTIVE", key != LANDLINE) for key in (CARD, MOBILE, MAIL, LANDLINE)}
BLOCKED = {key: Value("BLOCKED", value.could_link) for key, value in VALUES.items()}

_HOLDINGS = st.just(Holding("said", Strength.PERSON)) | st.builds(
    Holding,
    st.sampled_from([CARD, MOBILE, MAIL]),
    st.sampled_from([Strength.EXCLUSIVE, Strength.NEARLY, Strength.SHARED]),
    st.sampled_from(["", "2026-01-01", "2026-03-01"]),
    st.sampled_from(["", "2026-02-01", "2026-04-01"]),
)


@st.composite
def people(draw: st.DrawFn) -> dict[str, Member]:
    keys = [f"r{number}" for number in range(draw(st.integers(2, 7)))]
    return {
        key: Member(
            key,
            frozenset(draw(st.sets(st.sampled_from(["N:太郎", "N:花子"]), max_size=1))),
            draw(st.sampled_from([None, None, "1988-08-08", "1990-01-01"])),
            tuple(draw(st.lists(_HOLDINGS, max_size=3, unique_by=lambda one: one.identifier))),
            frozenset(draw(st.sets(st.sampled_from(keys), max_size=1))) - {key},
        )
        for key in keys
    }


def cluster_of(result: Partition, key: str) -> frozenset[str]:
    [found] = [cluster for cluster in result.clusters if key in cluster]
    return found


@given(people(), st.sampled_from([2, 200]))
def test_there_is_a_chain_exactly_between_records_of_one_customer(members: dict[str, Member], bound: int) -> None:
    result = partition(members, bound=bound)
    for one, other in combinations(members, 2):
        links = chain(result.joins, [one, other])
        assert (links is not None) == (cluster_of(result, one) == cluster_of(result, other))
        if links:
            assert [links[0].start, links[-1].end] == [one, other]
            assert [link.end for link in links[:-1]] == [link.start for link in links[1:]]
            assert all({link.start, link.end} == {link.edge.record, link.edge.other} for link in links)


@given(people())
def test_all_records_of_a_customer_are_tied_by_one_link_fewer_than_they_are(members: dict[str, Member]) -> None:
    result = partition(members)
    for cluster in result.clusters:
        links = chain(result.joins, sorted(cluster))
        assert links is not None
        assert {link.end for link in links} | {min(cluster)} == cluster
        assert len(links) == len(cluster) - 1


@given(people(), st.sampled_from([2, 200]))
def test_for_what_the_partition_refused_something_else_than_nothing_in_common_is_told(
    members: dict[str, Member], bound: int
) -> None:
    result = partition(members, bound=bound)
    values = {**VALUES, "said": Value("ACTIVE", could_link=True)}
    for ours, theirs in combinations(result.clusters, 2):
        told = obstacles([members[key] for key in ours], [members[key] for key in theirs], result, values)
        kinds = {obstacle.kind for obstacle in told}
        refused = {
            reason
            for edge, reason in result.refusals
            if len({edge.record, edge.other} & ours) == 1 == len({edge.record, edge.other} & theirs)
        }
        assert refused <= kinds
        held = [
            {holding.identifier for key in side for holding in members[key].holdings if holding.strength >= 0}
            for side in (ours, theirs)
        ]
        if refused or held[0] & held[1]:
            assert "NOTHING_IN_COMMON" not in kinds
        assert told


def test_a_chain_of_three_goes_by_the_strongest_links() -> None:
    members = {
        "a": Member("a", holdings=(Holding(MOBILE, Strength.NEARLY), Holding(CARD, Strength.EXCLUSIVE))),
        "b": Member("b", holdings=(Holding(CARD, Strength.EXCLUSIVE), Holding(MEMBER, Strength.EXCLUSIVE))),
        "c": Member("c", holdings=(Holding(MOBILE, Strength.NEARLY), Holding(MEMBER, Strength.EXCLUSIVE))),
    }
    links = chain(partition(members).joins, ["a", "c"])
    assert links is not None
    assert [link.edge for link in links] == [
        Edge(Strength.EXCLUSIVE, "a", "b", CARD),
        Edge(Strength.EXCLUSIVE, "b", "c", MEMBER),
    ]


def held(key: str, identifier: str, how: Strength, valid_from: str = "", valid_to: str = "", **more: object) -> Member:
    return Member(key, holdings=(Holding(identifier, how, valid_from, valid_to),), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "values", "kind"),
    [
        (held("a", CARD, Strength.EXCLUSIVE), held("b", CARD, Strength.EXCLUSIVE), BLOCKED, "BLOCKED_VALUE"),
        (held("a", LANDLINE, Strength.SHARED), held("b", LANDLINE, Strength.SHARED), VALUES, "SHARED_VALUE"),
        (held("a", MAIL, Strength.NEARLY), held("b", MAIL, Strength.SHARED), VALUES, "NOT_VERIFIED"),
        (held("a", MAIL, Strength.NEARLY, "", "2026"), held("b", MAIL, Strength.NEARLY, "2026"), VALUES, "AT_DIFFERENT_TIMES"),
        (held("a", MOBILE, Strength.NEARLY), held("b", CARD, Strength.EXCLUSIVE), VALUES, "NOTHING_IN_COMMON"),
        (
            held("a", CARD, Strength.EXCLUSIVE, birth_date="1988-08-08"),
            held("b", CARD, Strength.EXCLUSIVE, birth_date="1990-01-01"),
            VALUES,
            "BIRTH_DATE_DIFFERS",
        ),
        (held("a", CARD, Strength.EXCLUSIVE), held("b", MOBILE, Strength.NEARLY, apart_from=frozenset("a")), VALUES, "NOT_SAME"),
    ],
)  # fmt: skip
def test_what_keeps_two_apart_is_told(one: Member, other: Member, values: dict[str, Value], kind: str) -> None:
    blocked = {key for key, value in values.items() if value.state == "BLOCKED"}
    result = partition({"a": one, "b": other}, blocked=blocked)
    [told] = obstacles([one], [other], result, values)
    assert told.kind == kind
    [mirrored] = obstacles([other], [one], result, values)
    assert mirrored == Obstacle(kind, told.other, told.record, told.evidence)


def test_of_too_large_a_component_it_is_told_that_it_is_quarantined() -> None:
    members = {key: held(key, CARD, Strength.EXCLUSIVE) for key in "abc"}
    result = partition(members, bound=2)
    told = obstacles([members["a"]], [members["b"]], result, {CARD: Value("QUARANTINED", could_link=True)})
    assert [obstacle.kind for obstacle in told] == ["TOO_LARGE", "QUARANTINED_VALUE"]
