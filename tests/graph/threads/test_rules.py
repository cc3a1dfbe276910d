"""Which interactions are one thread, on examples; what is left when one goes; and what messages name."""

from __future__ import annotations

import pytest

from graph.threads.naming import FORGED, OWN, PLAIN, keyed_part, markers_in, names_in
from graph.threads.rules import BEGAN, PERSON, REPLY, SAME_TOPIC, Part, Tie, threads_of, without

KEY = b"a key for tests"
NUMBER = "ab" * 16


def part(name: str, day: int, *ties: tuple[str, str], joined: str | None = None, apart: bool = False) -> Part:
    found = frozenset(Tie(key, rule) for key, rule in ties)
    return Part(name, f"2026-04-{day:02d}T10:00:00.000000Z{name}", found, joined, apart)


TOPIC, MAIL = ("t", SAME_TOPIC), ("m", REPLY)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([part("a", 1, TOPIC), part("b", 8, TOPIC)], [{"a": BEGAN, "b": SAME_TOPIC}]),
        ([part("a", 1, TOPIC), part("b", 9, TOPIC)], [{"a": BEGAN}, {"b": BEGAN}]),
        ([part("a", 1, TOPIC), part("b", 9, TOPIC), part("c", 5, TOPIC)], [{"a": BEGAN, "c": SAME_TOPIC, "b": SAME_TOPIC}]),
        ([part("a", 1, MAIL), part("b", 28, MAIL, TOPIC)], [{"a": BEGAN, "b": REPLY}]),
        ([part("a", 1), part("b", 20, joined="a")], [{"a": BEGAN, "b": PERSON}]),
        ([part("a", 1, joined="b"), part("b", 20)], [{"a": PERSON, "b": PERSON}]),
        ([part("a", 1), part("b", 2, apart=True)], [{"b": BEGAN}]),
        ([part("a", 1, joined="gone")], []),
    ],
)
def test_what_is_tied_is_one_thread(parts: list[Part], expected: list[dict[str, str]]) -> None:
    assert [dict(thread.rules) for thread in threads_of(parts, 7)] == expected


def test_what_people_tied_to_one_that_goes_stays_with_the_others() -> None:
    parts = [part("a", 1, MAIL), part("b", 20, MAIL), part("c", 21, joined="a"), part("d", 28, joined="a")]
    [left] = threads_of(without(parts, "a", 7), 7)
    assert {each.id for each in left.parts} == {"b", "c", "d"}


def test_of_those_that_only_people_tied_to_one_that_goes_the_first_takes_its_place() -> None:
    parts = [part("a", 1), part("c", 21, joined="a"), part("d", 28, joined="a")]
    assert [(each.id, each.joined) for each in without(parts, "a", 7)] == [("c", None), ("d", "c")]


def test_our_part_is_told_from_one_with_a_wrong_hash_and_from_other_ids() -> None:
    own = keyed_part(KEY, NUMBER)
    header = f"<{own}@shop.example.jp> <{own[:-1]}{'0' if own[-1] != '0' else '1'}@shop.example.jp> <m1@mail.example.jp>"
    assert names_in(header, KEY) == [OWN + NUMBER, FORGED + NUMBER, PLAIN + "m1@mail.example.jp"]
    assert names_in(header, b"another key")[0] == FORGED + NUMBER
    assert markers_in(f"> お問い合わせ番号 [{own}] まで", KEY) == [OWN + NUMBER]
    assert keyed_part(KEY) != keyed_part(KEY)
