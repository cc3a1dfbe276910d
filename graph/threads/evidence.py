"""The evidence of an interaction: what it has in common with others of its thread, told from its own properties alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from graph.keys import opaque
from graph.search.order_key import order_key
from graph.threads.naming import OWN
from graph.threads.rules import (
    CONVERSATION,
    EVIDENCE,
    MARKER,
    REFERENCE,
    REPLY,
    SAME_ORDER,
    SAME_TOPIC,
    Part,
    Tie,
)
from graph.touchpoints import TOUCHPOINTS
from graph.touchpoints.fields import THREAD_EVIDENCE
from graph.touchpoints.state import TouchpointState

TELLS = frozenset({*THREAD_EVIDENCE, "topic", "via", "bare", "at"})
"""What changes with the evidence of an interaction."""


def takes_part(state: TouchpointState) -> bool:
    return TOUCHPOINTS[state.kind].in_threads


def part_of(state: TouchpointState, near: Callable[[str], bool]) -> Part:
    """Return an interaction with its evidence; `near` tells of an identifier's key whether it ties by topic and order."""
    return Part(state.id, state.at + state.id, frozenset(_strongest(_ties(state, near))))


def _strongest(ties: Iterable[Tie]) -> Iterator[Tie]:
    """Yield one tie for each key."""
    by_key: dict[str, Tie] = {}
    for tie in ties:
        if tie.key not in by_key or EVIDENCE.index(tie.rule) < EVIDENCE.index(by_key[tie.key].rule):
            by_key[tie.key] = tie
    yield from by_key.values()


def _ties(state: TouchpointState, near: Callable[[str], bool]) -> Iterator[Tie]:
    told = state.properties
    named = [] if state.bare else [f"record:{state.record}"]
    message = [told["message_name"]] if told.get("message_name") else []
    replied = [*message, *(told.get("replied_names") or ()), *(told.get("referenced_names") or ())]
    # What nobody sent is at least its own, so that a thread of it can say that it could not be verified.
    participants = [*named, *state.via] or [state.id]
    for name in replied:
        yield from _message(name, REPLY, participants)
    for name in told.get("marker_names") or ():
        yield from _message(name, MARKER, participants)
    if told.get("reference"):
        yield Tie(opaque("ThreadKey", "reference", state.source, told["reference"]), REFERENCE)
    if told.get("conversation"):
        yield Tie(opaque("ThreadKey", "conversation", state.source, told["conversation"]), CONVERSATION)
    # A case number in the subject ties here, where the one who writes has a part in the case.
    for who in [*named, *filter(near, state.via)]:
        yield from _near(told, who)


def _message(name: str, rule: str, participants: Iterable[str]) -> Iterator[Tie]:
    """Yield what naming a message ties: ours by the number alone, any other, or a forged one, among the same participants."""
    if name.startswith(OWN):
        yield Tie(opaque("ThreadKey", name), rule)
    else:
        for who in participants:
            yield Tie(opaque("ThreadKey", name, who), rule)


def _near(told: dict[str, Any], who: str) -> Iterator[Tie]:
    if topic := unicodedata.normalize("NFKC", told.get("topic") or "").casefold().strip():
        yield Tie(opaque("ThreadKey", "topic", topic, who), SAME_TOPIC)
    for number in told.get("order_numbers") or ():
        yield Tie(opaque("ThreadKey", "order", order_key(number), who), SAME_ORDER)
