"""A number that changes hands: whose it is at which time, without any date from a source."""

from __future__ import annotations

from itertools import permutations

import pytest

from graph.identity.members import Holding, Member
from graph.identity.ownership import dated
from graph.identity.partition import partition
from graph.identity.strength import Strength

NUMBER, MAIL = "PHONE::+819000000001", "EMAIL::a@example.jp"
Claim = tuple[Member, Holding]


def claim(
    key: str,
    reported: str,
    name: str = "",
    *,
    told: str = "..",
    born: str | None = None,
    how: Strength = Strength.NEARLY,
    no: str = "",
    home: str | None = None,
    mail: bool = False,
    script: str = "N",
) -> Claim:
    """`reported` is a month or two, `01-03`; `told` is what the source says of its time, `02..` or `..03`."""
    first, _, last = reported.partition("-")
    since, _, until = told.partition("..")
    holding = Holding(NUMBER, how, since, until, first, last or first)
    held = (holding, Holding(MAIL, Strength.NEARLY)) if mail else (holding,)
    return Member(key, frozenset({f"{script}:{name}"} if name else ()), born, held, frozenset(no.split()), home=home), holding


def windows(*claims: Claim) -> dict[str, str]:
    found = [dated(order) for order in permutations(claims)]
    assert all(one == found[0] for one in found)
    return {key: f"{holding.valid_from}..{holding.valid_to}" for key, holding in found[0].items()}


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([claim("a", "01-02", "太郎"), claim("b", "05", "花子")], {"a": "..05", "b": "05.."}),
        ([claim("a", "01-06", "太郎"), claim("b", "05", "花子")], {"a": "..", "b": ".."}),
        ([claim("a", "01", "太郎"), claim("b", "05", "太郎")], {"a": "..", "b": ".."}),
        ([claim("a", "01", "太郎"), claim("b", "05")], {"a": "..", "b": ".."}),
        ([claim("a", "01", "太郎", born="1988-08-08"), claim("b", "05", born="1990-10-10")], {"a": "..05", "b": "05.."}),
        # Where a name agrees, or a surname, a person looks at it.
        ([claim("a", "01", "太郎", born="1988-08-08"), claim("b", "05", "太郎", born="1990-10-10")], {"a": "..", "b": ".."}),
        ([claim("a", "01", "試験|太郎"), claim("b", "05", "試験|花子")], {"a": "..", "b": ".."}),
        ([claim("a", "01", "試験|太郎"), claim("b", "05", "見本|花子")], {"a": "..05", "b": "05.."}),
        ([claim("a", "01", "太郎", born="1988-08-08"), claim("b", "05", "花子", born="1988-08-08")], {"a": "..", "b": ".."}),
        ([claim("a", "01", "太郎", home="1"), claim("b", "05", "花子", home="1")], {"a": "..", "b": ".."}),
        ([claim("a", "01", "太郎", home="1"), claim("b", "05", "花子", home="2")], {"a": "..05", "b": "05.."}),
        ([claim("a", "01", "太郎", mail=True), claim("b", "05", "花子", mail=True)], {"a": "..", "b": ".."}),
        ([claim("a", "01", "太郎", mail=True), claim("b", "05", "花子")], {"a": "..05", "b": "05.."}),
        # In other scripts there is no conflict, so nothing changes hands unseen.
        ([claim("a", "01", "試験|太郎"), claim("b", "05", "siken|hanako", script="L")], {"a": "..", "b": ".."}),
        ([claim("a", "01", "太郎", no="b"), claim("b", "05", "太郎")], {"a": "..05", "b": "05.."}),
        # The owner is a person, not a record: what agrees in name goes on reporting for them.
        ([claim("a", "01", "太郎"), claim("b", "05", "花子"), claim("c", "06", "太郎")], {"a": "..", "b": "..", "c": ".."}),
        (
            [claim("a", "01", "太郎"), claim("b", "05", "花子"), claim("c", "08", "花子")],
            {"a": "..05", "b": "05..", "c": "05.."},
        ),
        # Twice handed on; whoever has no name goes with the owner of the time.
        (
            [claim("a", "01", "太郎"), claim("b", "05", "花子"), claim("c", "09", "次郎")],
            {"a": "..05", "b": "05..09", "c": "09.."},
        ),
        ([claim("a", "01", "太郎"), claim("n", "02"), claim("b", "05", "花子")], {"a": "..05", "n": "..05", "b": "05.."}),
        ([claim("a", "01", "太郎"), claim("n", "06"), claim("b", "05", "花子")], {"a": "..05", "n": "05..", "b": "05.."}),
        # What sources say of their time stands, and is a change for whoever does not conflict with them.
        ([claim("a", "01", "太郎", told="..03"), claim("n", "04")], {"a": "..03", "n": "03.."}),
        ([claim("b", "05", "花子", told="03.."), claim("n", "02")], {"b": "03..", "n": "..03"}),
        ([claim("a", "01", "太郎", told="..09"), claim("b", "05", "花子")], {"a": "..09", "b": ".."}),
        ([claim("a", "01", "太郎", told="..03"), claim("b", "05", "花子")], {"a": "..03", "b": "05.."}),
        ([claim("a", "01", "太郎"), claim("b", "05", "花子", told="03..")], {"a": "..03", "b": "03.."}),
        ([claim("a", "06", told="..03"), claim("b", "06", told="02..")], {"a": "02..03", "b": "02.."}),
        ([claim("a", "06", "太郎", told="..03"), claim("b", "05", "花子")], {"a": "..03", "b": "05.."}),
        # A mail that nobody verified takes none from its owner.
        ([claim("a", "01", "太郎"), claim("b", "05", "花子", how=Strength.SHARED)], {"a": "..", "b": ".."}),
        ([claim("a", "01", "太郎", told="05..03"), claim("b", "05", "花子")], {"a": "05..03", "b": ".."}),
    ],
)
def test_the_time_of_an_owner_ends_where_a_conflicting_one_is_reported_later(
    claims: list[Claim], expected: dict[str, str]
) -> None:
    assert windows(*claims) == expected


def test_a_record_of_april_is_not_joined_to_whoever_gave_the_number_up_in_march() -> None:
    former, new, april = claim("a", "01", "太郎"), claim("b", "03", "花子"), claim("c", "04")
    found = partition({member.key: member for member, _ in (former, new, april)})
    assert found.clusters == (frozenset("a"), frozenset("bc"))
    given_up = claim("a", "01", "太郎", told="..03")
    assert partition({"a": given_up[0], "c": april[0]}).clusters == (frozenset("a"), frozenset("c"))
