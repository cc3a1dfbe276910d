"""Made-up cases by a seed: several wordings, words that the topics share, mistaken labels, and wordings that come up late.

They are no picture of any company's mail. They say whether the model learns what is in them, and keeps to its precision.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from bench.sorting.wordings import BYE, EARLY, HELLO, HIGH, ITEMS, LATE, LOW, SIDE, UNCLEAR, URGENT
from graph.cases.sorting.past_cases import PastCase
from graph.events.newest import utc_text

BEGIN, DAYS = datetime(2025, 4, 1, tzinfo=UTC), 540
MISTAKEN = 0.05
"""Cases to which somebody gave another topic, or another priority."""
NEW_FROM = 0.67
"""The share of the time from which new wordings come up."""
COMMON = {"DELIVERY": 30, "RETURNS": 18, "BILLING": 12, "PRODUCT": 14, "STOCK": 12, "ACCOUNT": 8, "POINTS": 6}
"""Topic -> how common it is."""
PRIORITIES = ("LOW", "NORMAL", "HIGH", "URGENT")


def made_up(seed: str, count: int) -> list[PastCase]:
    """Return cases in the order of time."""
    chance = random.Random(seed)
    return [_case(chance, number, number / count) for number in range(count)]


def _case(chance: random.Random, number: int, when: float) -> PastCase:
    [topic] = chance.choices(list(COMMON), list(COMMON.values()))
    english = chance.random() < 0.3
    sentences = [_about(chance, topic, when, english)]
    if chance.random() < 0.35:
        sentences.insert(chance.randrange(2), _one(chance, UNCLEAR, english))
    if chance.random() < 0.3:
        sentences.append(SIDE[chance.choice([each for each in SIDE if each != topic])])
    if chance.random() < 0.08:  # says nothing of what it is about
        sentences = [_one(chance, UNCLEAR, english)]
    priority, said = _pressing(chance, topic, english)
    text = _filled(chance, [_one(chance, HELLO, english), *sentences, *said, _one(chance, BYE, english)])
    return PastCase(
        id=f"{number:06}",
        at=utc_text(BEGIN + timedelta(days=DAYS * when)),
        who=f"person {chance.randrange(1500)}",
        text=text,
        topic=_mistaken(chance, topic, tuple(COMMON)),
        priority=_mistaken(chance, priority, PRIORITIES),
    )


def _about(chance: random.Random, topic: str, when: float, english: bool) -> str:
    late = when >= NEW_FROM and chance.random() < 0.25
    return _one(chance, (LATE if late else EARLY)[topic], english)


def _pressing(chance: random.Random, topic: str, english: bool) -> tuple[str, list[str]]:
    """Return a priority and what is said of it, which is not always told."""
    drawn = chance.random()
    if topic == "PRODUCT" and drawn < 0.12:
        return "URGENT", [_one(chance, URGENT, english)]
    if drawn < 0.3:
        return "HIGH", [_one(chance, HIGH, english)] if chance.random() < 0.8 else []
    if drawn > 0.9:
        return "LOW", [_one(chance, LOW, english)] if chance.random() < 0.7 else []
    return "NORMAL", [_one(chance, (*HIGH, *LOW), english)] if chance.random() < 0.05 else []


def _mistaken(chance: random.Random, label: str, labels: tuple[str, ...]) -> str:
    return chance.choice([each for each in labels if each != label]) if chance.random() < MISTAKEN else label


def _one(chance: random.Random, sentences: tuple[str, ...], english: bool) -> str:
    return chance.choice([each for each in sentences if each.isascii() == english or not each] or list(sentences))


def _filled(chance: random.Random, sentences: list[str]) -> str:
    text = " ".join(each for each in sentences if each).format(item=chance.choice(ITEMS), order=chance.randrange(10_000, 99_999))
    if chance.random() < 0.15 and len(text) > 12:  # a slip of the keys: one character is missing
        place = chance.randrange(len(text))
        text = text[:place] + text[place + 1 :]
    return text
