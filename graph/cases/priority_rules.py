"""Topic and priority of a new case by rules that the company writes, each with what made it apply."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.cases.history import NORMAL, PRIORITIES

WORDS, CHANNEL, RANK, TOPIC, PROMISE_OVERDUE = REASONS = ("WORDS", "CHANNEL", "RANK", "TOPIC", "PROMISE_OVERDUE")
"""What a rule may ask for, and why it applied."""
_LATIN = re.compile(r"[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: what is null or empty holds for every case; what it sets may be null too.

    One of the `words` is enough. Latin ones are whole words, others stand anywhere, since Japanese has no gaps.
    `topic` is asked of what rules before it have set.
    """

    id: str
    words: tuple[str, ...] = ()
    channel: str | None = None
    rank: str | None = None
    topic: str | None = None
    promise_overdue: bool = False
    sets_topic: str | None = None
    sets_priority: str | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a case is opened from: `text` is its subject and body, `promise_overdue` whether one to its customer is."""

    text: str
    channel: str
    rank: str | None = None
    topic: str | None = None
    promise_overdue: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """A rule that applied; `reasons` are words of REASONS with what they found, such as ("WORDS", "返品")."""

    rule: str
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sorting:
    """`topic` is null where no rule knows it. `by_topic` and `by_priority` are the rules that decided, null for none."""

    topic: str | None
    priority: str
    by_topic: Applied | None
    by_priority: Applied | None


def sort(incoming: Incoming, rules: Iterable[Rule]) -> Sorting:
    """Return topic and priority: the first rule that sets a topic decides it, the most urgent priority counts.

    A topic that somebody has told, as on a form, is kept. Without a rule the priority is NORMAL; one that only lowers
    it counts if none asks for more.
    """
    text = _folded(incoming.text)
    topic, by_topic = incoming.topic, None
    priority, by_priority = NORMAL, None
    for rule in rules:
        reasons = _reasons(rule, incoming, topic, text)
        if reasons is None:
            continue
        if rule.sets_topic is not None and topic is None:
            topic, by_topic = rule.sets_topic, Applied(rule.id, reasons)
        if rule.sets_priority is not None and (by_priority is None or _urgency(rule.sets_priority) > _urgency(priority)):
            priority, by_priority = rule.sets_priority, Applied(rule.id, reasons)
    return Sorting(topic, priority, by_topic, by_priority)


def _reasons(rule: Rule, incoming: Incoming, topic: str | None, text: str) -> tuple[tuple[str, str], ...] | None:
    """Return why a rule applies, None where it does not."""
    found = [word for word in rule.words if _stands_in(_folded(word), text)]
    asked: Sequence[tuple[str, bool, bool, str]] = (
        (WORDS, bool(rule.words), bool(found), ", ".join(found)),
        (CHANNEL, rule.channel is not None, rule.channel == incoming.channel, incoming.channel),
        (RANK, rule.rank is not None, rule.rank == incoming.rank, incoming.rank or ""),
        (TOPIC, rule.topic is not None, rule.topic == topic, topic or ""),
        (PROMISE_OVERDUE, rule.promise_overdue, incoming.promise_overdue, ""),
    )
    if not all(holds for _, asks, holds, _ in asked if asks):
        return None
    return tuple((word, value) for word, asks, _, value in asked if asks)


def _stands_in(word: str, text: str) -> bool:
    if not _LATIN.match(word[:1]) or not _LATIN.match(word[-1:]):
        return bool(word) and word in text
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _urgency(priority: str) -> int:
    return PRIORITIES.index(priority)
