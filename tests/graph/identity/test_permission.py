"""Whether somebody may be contacted, as a table; and as laws over records, what they said, and their becoming one customer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identity.consent import GRANTED, NOBODY, OTHER, OWN, REFUSED, Saying, is_proof
from graph.identity.permission import (
    EXPIRED,
    KINDS,
    NO_CONSENT,
    NO_CONTACT_POINT,
    NOT_REFUSED,
    REASONS,
    UNPROVEN,
    Permission,
    needs_consent,
    permission,
)
from graph.vocabulary import CONTACT_CHANNELS, CONTACT_POINT_KINDS, PURPOSES

NOW = "2026-06-01T00:00:00"
PAST, LATER = "2026-05-31T00:00:00", "2026-07-01T00:00:00"
MAIL, MAIL_2, PHONE, PHONE_2, FAX, LINE = "EMAIL:1", "EMAIL:2", "PHONE:1", "PHONE:2", "FAX:1", "LINE_USER_ID:1"
ADDRESS = ""


def said(state: str, point: str, purpose: str = "MARKETING", *, until: str | None = None, voice: str = OWN) -> Saying:
    """Say something for one point, with its proof."""
    return Saying("a", purpose, state, "2026-04-01", until, voice, point, named=True, reached=True, proven=True)


def whole(state: str, point: str, purpose: str = "MARKETING", *, reached: bool = True, until: str | None = None) -> Saying:
    """Say something without naming a contact point, with its proof."""
    return Saying("w", purpose, state, "2026-04-01", until, OWN, point, named=False, reached=reached, proven=True)


def unproven(saying: Saying) -> Saying:
    return replace(saying, proven=False)


@pytest.mark.parametrize(
    ("channel", "purpose", "points", "sayings", "reason", "usable"),
    [
        # advertising by e-mail, SMS and fax: nothing but a proven consent
        ("EMAIL", "MARKETING", [MAIL], [], NO_CONSENT, []),
        ("SMS", "MARKETING", [PHONE], [], NO_CONSENT, []),
        ("FAX", "MARKETING", [FAX], [], NO_CONSENT, []),
        ("EMAIL", "SURVEY", [MAIL], [], NO_CONSENT, []),
        ("EMAIL", "PERSONALIZATION", [MAIL], [], NO_CONSENT, []),
        ("EMAIL", "MARKETING", [MAIL], [said(GRANTED, MAIL)], GRANTED, [MAIL]),
        ("EMAIL", "MARKETING", [MAIL], [said(GRANTED, MAIL, until=LATER)], GRANTED, [MAIL]),
        # what is refused for everything, also where the point of the grant is none of theirs
        ("EMAIL", "MARKETING", [MAIL], [said(GRANTED, MAIL), whole(REFUSED, ADDRESS)], REFUSED, []),
        ("PHONE", "SERVICE", [PHONE], [said(GRANTED, PHONE, "SERVICE"), whole(REFUSED, ADDRESS, "SERVICE")], REFUSED, []),
        ("EMAIL", "MARKETING", [MAIL], [unproven(said(GRANTED, MAIL))], UNPROVEN, []),
        ("EMAIL", "MARKETING", [MAIL], [unproven(said(GRANTED, MAIL)), whole(GRANTED, MAIL)], GRANTED, [MAIL]),
        ("EMAIL", "MARKETING", [MAIL], [said(GRANTED, MAIL, until=PAST)], EXPIRED, []),
        ("EMAIL", "MARKETING", [MAIL], [said(GRANTED, MAIL, until=NOW)], EXPIRED, []),
        ("EMAIL", "MARKETING", [MAIL], [said(GRANTED, MAIL), said(REFUSED, MAIL)], REFUSED, []),
        ("EMAIL", "MARKETING", [MAIL], [said(GRANTED, MAIL), unproven(whole(REFUSED, MAIL))], REFUSED, []),
        ("EMAIL", "MARKETING", [MAIL], [said(GRANTED, MAIL), said(REFUSED, MAIL, until=PAST)], GRANTED, [MAIL]),
        ("EMAIL", "MARKETING", [MAIL], [said(GRANTED, MAIL, voice=NOBODY)], GRANTED, [MAIL]),
        ("EMAIL", "MARKETING", [MAIL], [said(GRANTED, MAIL, voice=OTHER)], NO_CONSENT, []),
        ("EMAIL", "MARKETING", [MAIL], [said(GRANTED, MAIL), said(REFUSED, MAIL, voice=OTHER)], REFUSED, []),
        ("EMAIL", "MARKETING", [MAIL], [said(GRANTED, MAIL, "SURVEY")], NO_CONSENT, []),
        ("SMS", "MARKETING", [PHONE], [said(GRANTED, PHONE)], GRANTED, [PHONE]),
        # a consent reaches what it was given for, and no other point
        ("EMAIL", "MARKETING", [MAIL, MAIL_2], [said(GRANTED, MAIL_2)], GRANTED, [MAIL_2]),
        ("EMAIL", "MARKETING", [MAIL, MAIL_2], [said(GRANTED, MAIL), said(REFUSED, MAIL_2)], GRANTED, [MAIL]),
        ("EMAIL", "MARKETING", [MAIL], [whole(GRANTED, MAIL, reached=False)], NO_CONSENT, []),
        ("EMAIL", "MARKETING", [MAIL], [whole(GRANTED, MAIL)], GRANTED, [MAIL]),
        # elsewhere nobody needs to have agreed, until they refuse
        ("PHONE", "MARKETING", [PHONE], [], NOT_REFUSED, [PHONE]),
        ("LINE", "MARKETING", [LINE], [], NOT_REFUSED, [LINE]),
        ("PHONE", "MARKETING", [PHONE], [unproven(said(GRANTED, PHONE))], GRANTED, [PHONE]),
        ("PHONE", "MARKETING", [PHONE], [said(GRANTED, PHONE, until=PAST)], EXPIRED, []),
        ("PHONE", "MARKETING", [PHONE], [said(REFUSED, PHONE)], REFUSED, []),
        ("PHONE", "MARKETING", [PHONE], [said(REFUSED, PHONE, until=PAST)], NOT_REFUSED, [PHONE]),
        ("PHONE", "MARKETING", [PHONE], [said(REFUSED, MAIL)], NOT_REFUSED, [PHONE]),
        # silence of another number is no way around a refusal; what they agreed to there is one, and a neighbour's is none
        ("PHONE", "MARKETING", [PHONE, PHONE_2], [said(REFUSED, PHONE)], REFUSED, []),
        ("PHONE", "MARKETING", [PHONE, PHONE_2], [said(REFUSED, PHONE, voice=NOBODY)], REFUSED, []),
        ("PHONE", "MARKETING", [PHONE_2], [said(REFUSED, PHONE)], REFUSED, []),
        ("PHONE", "MARKETING", [PHONE, PHONE_2], [said(REFUSED, PHONE), said(GRANTED, PHONE_2)], GRANTED, [PHONE_2]),
        ("PHONE", "MARKETING", [PHONE, PHONE_2], [said(REFUSED, PHONE, voice=OTHER)], NOT_REFUSED, [PHONE_2]),
        # service needs no consent and respects a refusal
        ("EMAIL", "SERVICE", [MAIL], [], NOT_REFUSED, [MAIL]),
        ("EMAIL", "SERVICE", [MAIL], [said(GRANTED, MAIL, "SERVICE")], GRANTED, [MAIL]),
        ("EMAIL", "SERVICE", [MAIL], [said(GRANTED, MAIL, "SERVICE", until=PAST)], NOT_REFUSED, [MAIL]),
        ("EMAIL", "SERVICE", [MAIL], [said(REFUSED, MAIL, "SERVICE")], REFUSED, []),
        ("EMAIL", "SERVICE", [MAIL, MAIL_2], [said(REFUSED, MAIL, "SERVICE")], NOT_REFUSED, [MAIL_2]),
        ("EMAIL", "SERVICE", [MAIL], [whole(REFUSED, MAIL, "SERVICE", reached=False)], REFUSED, []),
        ("EMAIL", "SERVICE", [MAIL], [said(REFUSED, MAIL)], NOT_REFUSED, [MAIL]),
        # what is done for others needs a consent by every channel
        ("PHONE", "THIRD_PARTY", [PHONE], [], NO_CONSENT, []),
        ("PHONE", "THIRD_PARTY", [PHONE], [unproven(said(GRANTED, PHONE, "THIRD_PARTY"))], UNPROVEN, []),
        ("PHONE", "THIRD_PARTY", [PHONE], [said(GRANTED, PHONE, "THIRD_PARTY")], GRANTED, [PHONE]),
        # letters go to the address: what is said of no point in particular is said of it
        ("POSTAL", "MARKETING", [ADDRESS], [], NOT_REFUSED, [ADDRESS]),
        ("POSTAL", "MARKETING", [ADDRESS], [whole(REFUSED, ADDRESS, reached=False)], REFUSED, []),
        ("POSTAL", "MARKETING", [ADDRESS], [said(REFUSED, MAIL)], NOT_REFUSED, [ADDRESS]),
        ("POSTAL", "THIRD_PARTY", [ADDRESS], [whole(GRANTED, ADDRESS, "THIRD_PARTY")], GRANTED, [ADDRESS]),
        ("POSTAL", "THIRD_PARTY", [ADDRESS], [whole(GRANTED, ADDRESS, "THIRD_PARTY", reached=False)], NO_CONSENT, []),
        ("POSTAL", "SERVICE", [], [], NO_CONTACT_POINT, []),
        # no contact point
        ("EMAIL", "SERVICE", [], [], NO_CONTACT_POINT, []),
        ("EMAIL", "MARKETING", [], [said(GRANTED, MAIL)], NO_CONTACT_POINT, []),
        ("EMAIL", "MARKETING", [], [whole(REFUSED, ADDRESS, reached=False)], REFUSED, []),
    ],
)
def test_whether_and_why_somebody_may_be_contacted(
    channel: str, purpose: str, points: list[str], sayings: list[Saying], reason: str, usable: list[str]
) -> None:
    for order in (sayings, sayings[::-1]):
        found = permission(channel, purpose, points, order, NOW)
        assert (found.reason, list(found.points), found.allowed) == (reason, usable, bool(usable))


@pytest.mark.parametrize(
    ("sayings", "decides"),
    [
        ([said(GRANTED, MAIL), replace(said(REFUSED, MAIL), id="no")], "no"),
        ([unproven(replace(said(GRANTED, MAIL), said_at="2026-05-01", id="new")), said(GRANTED, MAIL)], "a"),
        ([unproven(said(GRANTED, MAIL))], "a"),
        ([said(GRANTED, MAIL, until=PAST)], "a"),
        ([], None),
    ],
)
def test_the_declaration_that_decided_is_told(sayings: list[Saying], decides: str | None) -> None:
    verdict = permission("EMAIL", "MARKETING", [MAIL], sayings, NOW).verdict
    assert (verdict and sayings[verdict.index].id) == decides


@pytest.mark.parametrize(
    ("how", "text", "document", "proves"),
    [
        ("店頭", "案内文 第3版", None, True),
        ("電話", None, "rec-1.wav", True),
        ("電話", "案内文", "rec-1.wav", True),
        ("電話", None, None, False),
        (None, "案内文", "form-1.pdf", False),
        (None, None, None, False),
        ("", "案内文", None, False),
        (" \u3000", "案内文", None, False),
        ("電話", "\u3000", "", False),
    ],
)
def test_a_proof_says_how_and_to_what(how: str | None, text: str | None, document: str | None, proves: bool) -> None:
    assert is_proof(how, text, document) == proves


def test_every_channel_reaches_by_contact_points_that_consents_can_name() -> None:
    assert set(KINDS) == set(CONTACT_CHANNELS)
    assert {kind for kinds in KINDS.values() for kind in kinds} == set(CONTACT_POINT_KINDS)
    assert not any(needs_consent(channel, "SERVICE") for channel in CONTACT_CHANNELS)


POINTS = [MAIL, MAIL_2, PHONE, PHONE_2]
RECORDS = range(4)


@dataclass(frozen=True)
class Declared:
    """What a record said, or a source of a point that nobody was named for: for one point, or for all (None)."""

    record: int | None
    point: str | None
    state: str
    purpose: str
    until: str | None
    proven: bool


@dataclass(frozen=True)
class World:
    """Which contact points each record has, and everything that was declared."""

    held: tuple[frozenset[str], ...]
    declared: tuple[Declared, ...]

    def points(self, records: Iterable[int], purpose: str) -> set[str]:
        """Return the contact points of a customer: those that their records have, and those that they gave for a purpose."""
        own = set(records)
        given_for = {
            d.point for d in self.declared if d.record in own and d.point and d.state == GRANTED and d.purpose == purpose
        }
        return set[str]().union(*(self.held[record] for record in own)) | given_for

    def sayings(self, records: Iterable[int]) -> list[Saying]:
        """Return everything with which the records of a customer have to do."""
        own = set(records)
        theirs = set[str]().union(*(self.held[record] for record in own))
        found: list[Saying] = []
        for number, d in enumerate(self.declared):
            voice = NOBODY if d.record is None else OWN if d.record in own else OTHER
            if voice != OWN and d.point not in theirs:
                continue
            about = [d.point] if d.point else [*theirs, ADDRESS]
            for point in about:
                reached = d.record is not None and point in self.held[d.record]
                told = (str(number), d.purpose, d.state, "2026-04-01", d.until, voice, point)
                found.append(Saying(*told, named=point == d.point, reached=reached, proven=d.proven))
        return found

    def asked(self, records: Sequence[int], channel: str, purpose: str) -> Permission:
        points = sorted(point for point in self.points(records, purpose) if point.split(":")[0] in KINDS[channel])
        return permission(channel, purpose, points, self.sayings(records), NOW)


declarations = st.builds(
    Declared,
    st.sampled_from([*RECORDS, None]),
    st.sampled_from([*POINTS, None]),
    st.sampled_from([GRANTED, REFUSED]),
    st.sampled_from(["MARKETING", "SERVICE"]),
    st.sampled_from([None, None, PAST, LATER]),
    st.booleans(),
).filter(lambda d: d.record is not None or d.point is not None)
worlds = st.builds(
    World,
    st.tuples(*[st.frozensets(st.sampled_from(POINTS), max_size=2) for _ in RECORDS]),
    st.lists(declarations, max_size=6).map(tuple),
)
channels, purposes = st.sampled_from(["EMAIL", "PHONE", "SMS"]), st.sampled_from(["MARKETING", "SERVICE"])
ONE, OTHERS, TOGETHER = (0, 1), (2, 3), (0, 1, 2, 3)


@given(worlds, declarations, channels, purposes)
def test_a_refusal_more_never_turns_a_no_into_a_yes(world: World, more: Declared, channel: str, purpose: str) -> None:
    refused = World(world.held, (*world.declared, replace(more, state=REFUSED)))
    before, after = (each.asked(ONE, channel, purpose) for each in (world, refused))
    assert after.allowed <= before.allowed
    assert set(after.points) <= set(before.points)


@given(worlds, channels, purposes)
def test_a_merge_permits_nothing_that_neither_side_did(world: World, channel: str, purpose: str) -> None:
    one, other, merged = (world.asked(records, channel, purpose) for records in (ONE, OTHERS, TOGETHER))
    assert set(merged.points) <= set(one.points) | set(other.points)
    assert merged.allowed <= (one.allowed or other.allowed)


@given(worlds, channels, purposes)
def test_what_one_side_refused_stays_refused_after_a_merge(world: World, channel: str, purpose: str) -> None:
    """Refused altogether, nothing is left; for one point, that one; and no other point is open because nobody spoke of it."""
    merged = world.asked(TOGETHER, channel, purpose)
    standing = [
        d
        for d in world.declared
        if d.state == REFUSED and d.purpose == purpose and d.record in TOGETHER and (d.until is None or d.until > NOW)
    ]
    if any(d.point is None for d in standing):
        assert not merged.allowed
    assert {d.point for d in standing}.isdisjoint(merged.points)
    if purpose != "SERVICE" and any(d.point and d.point.split(":")[0] in KINDS[channel] for d in standing):
        assert merged.reason != NOT_REFUSED


@given(worlds, channels, st.sampled_from(PURPOSES))
def test_who_may_be_contacted_has_a_contact_point_for_it_and_who_may_not_has_none(
    world: World, channel: str, purpose: str
) -> None:
    found = world.asked(ONE, channel, purpose)
    assert found.reason in REASONS
    assert bool(found.points) == found.allowed
