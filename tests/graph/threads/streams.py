"""Streams of interactions that have much in common: few people, topics, orders, references and messages, over two weeks."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from graph.threads.naming import keyed_part

Raw = dict[str, Any]

KEY = b"a key for tests"
PHONE, MAIL, FAMILY = "+819010000001", "a@example.jp", "family@example.jp"
VALUES = [
    {"kind": "PHONE", "value": PHONE},
    {"kind": "EMAIL", "value": MAIL},
    {"kind": "EMAIL", "value": FAMILY},
]
NUMBERS = ["0" * 32, "1" * 32]
OURS = [f"<{keyed_part(KEY, number)}@shop.example.jp>" for number in NUMBERS]
FORGED = [our[:39] + "0000000000000000@shop.example.jp>" for our in OURS]
MESSAGES = [*OURS, *FORGED, "<m1@mail.example.jp>", "<m2@mail.example.jp>"]
KINDS = {"CALL": 4, "EMAIL": 5, "CHAT_THREAD": 2, "NOTE": 1}
SUBJECTS = [f"{kind}-{number}" for kind, count in KINDS.items() for number in range(count)]
TIMES = [f"2026-04-{day:02d}T{hour:02d}:00:00Z" for day in (1, 4, 9, 12, 20) for hour in (0, 12)]


def _sometimes(draw: st.DrawFn, data: Raw, name: str, values: list[Any], one_in: int) -> None:
    if draw(st.integers(1, one_in)) == 1:
        data[name] = draw(st.sampled_from(values))


@st.composite
def interaction(draw: st.DrawFn, number: int) -> Raw:
    subject = draw(st.sampled_from(SUBJECTS))
    kind = subject.rpartition("-")[0]
    data: Raw = {"kind": kind}
    if draw(st.integers(1, 5)) > 1:
        who: Raw = {"identifiers": draw(st.lists(st.sampled_from(VALUES), max_size=2, unique_by=lambda one: one["value"]))}
        if draw(st.integers(1, 4)) == 1:
            who["record"] = {"source": "/ec", "subject": draw(st.sampled_from(["1", "2"]))}
        data["by"] = who
    _sometimes(draw, data, "topic", ["delivery", "Ｄelivery ", "size", None], 2)
    _sometimes(draw, data, "orders", [["A-1"], ["A-1", "A-2"], []], 4)
    _sometimes(draw, data, "reference", ["R1", "R2", None], 6)
    if kind != "NOTE":
        _sometimes(draw, data, "conversation", ["K1", None], 6)
    if kind == "EMAIL":
        _sometimes(draw, data, "messageId", [*MESSAGES, None], 2)
        _sometimes(draw, data, "inReplyTo", [*MESSAGES, None], 3)
        _sometimes(draw, data, "references", [[MESSAGES[0], MESSAGES[4]], [MESSAGES[5]], [" ".join(MESSAGES[4:])]], 4)
    _sometimes(draw, data, "text", ["no marker", f"> {OURS[0][1:-17]}", f"> {FORGED[0][1:-17]}", None], 5)
    source = draw(st.sampled_from(["/desk", "/desk", "/shop"]))
    envelope = {"specversion": "1.0", "type": "customer360.interaction.v1", "source": source, "id": f"e{number:03d}"}
    return {**envelope, "subject": subject, "time": draw(st.sampled_from(TIMES)), "data": data}


@st.composite
def streams(draw: st.DrawFn, least: int = 4, most: int = 24) -> list[Raw]:
    """Return interactions, and somewhere among them whoever says that an address is the family's."""
    told = [draw(interaction(number)) for number in range(draw(st.integers(least, most)))]
    held = [{"kind": "EMAIL", "value": FAMILY, "sharing": "HOUSEHOLD"}]
    envelope = {"specversion": "1.0", "type": "customer360.person.v1", "source": "/crm", "id": "p1", "subject": "1"}
    person = {**envelope, "time": TIMES[0], "data": {"identifiers": held}}
    return [*told[: (place := draw(st.integers(0, len(told))))], person, *told[place:]]
