"""What counts of all that was agreed to and refused: the strictest, for each purpose and contact point.

A refusal reaches as far as the person: what one of their records refuses altogether holds for every contact point of
theirs, and what is refused for a contact point holds for everybody who has it. A grant reaches only as far as it was
given, and none outweighs a refusal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.vocabulary import PURPOSES

GRANTED, REFUSED = "GRANTED", "REFUSED"
OWN, NOBODY, OTHER = "OWN", "NOBODY", "OTHER"
"""Whose voice it is: a record of the customer, a source that named nobody, the record of somebody else."""
FOR_POINT, FOR_ALL, BY_POINT, BY_OTHER, REFUSAL_OUTWEIGHS = "FOR_POINT", "FOR_ALL", "BY_POINT", "BY_OTHER", "REFUSAL_OUTWEIGHS"
RULES = (FOR_POINT, FOR_ALL, BY_POINT, BY_OTHER, REFUSAL_OUTWEIGHS)


@dataclass(frozen=True, slots=True)
class Saying:
    """One declaration with one contact point of a customer that it may be about; `point` is empty for all others.

    `named`: it was said for this very point. `reached`: whoever said it has the point. Times are UTC text; `until` is
    None without an end. `id` is the declaration's. `proven`: its proof is kept, as `is_proof` has it.
    """

    id: str
    purpose: str
    state: str
    said_at: str
    until: str | None
    voice: str
    point: str = ""
    named: bool = False
    reached: bool = False
    proven: bool = False

    def counts(self, now: str) -> bool:
        """Tell whether it says anything about the point at that time."""
        if self.until is not None and self.until <= now:
            return False
        if self.voice == OTHER:
            return self.named and self.state == REFUSED
        return self.state == REFUSED or self.named or self.reached or not self.point


@dataclass(frozen=True, slots=True)
class Verdict:
    """What counts, by which rule; `index` is the place of the deciding declaration among those that were given."""

    index: int
    state: str
    rule: str


def strictest(sayings: Iterable[Saying], now: str) -> list[Verdict]:
    """Return what counts for each purpose and contact point about which anything counts, whatever their order.

    By purpose in the order of the vocabulary, what is not about one point first, then by point.
    """
    about: dict[tuple[int, str], list[tuple[int, Saying]]] = {}
    for index, saying in enumerate(sayings):
        if saying.counts(now):
            about.setdefault((PURPOSES.index(saying.purpose), saying.point), []).append((index, saying))
    return [verdict(about[key]) for key in sorted(about)]


def is_proof(how: str | None, text: str | None, document: str | None) -> bool:
    """Tell whether a proof shows how consent was given, and to what: the wording, or the document that is kept."""
    return bool(_told(how) and (_told(text) or _told(document)))


def _told(text: str | None) -> str:
    return (text or "").strip()


def verdict(said: Sequence[tuple[int, Saying]]) -> Verdict:
    """Return what counts of declarations that all say something about one point, each with its place; there is one."""
    refused = [each for each in said if each[1].state == REFUSED]
    index, deciding = max(refused or said, key=lambda each: _weight(each[1]))
    outweighs = 0 < len(refused) < len(said)
    return Verdict(index, deciding.state, REFUSAL_OUTWEIGHS if outweighs else _rule(deciding))


def _weight(saying: Saying) -> tuple[bool, bool, bool, str, str]:
    """Of equal states the one that is plainest to a reader: for this point, by their own record, the newest."""
    return saying.named, saying.voice == OWN, saying.voice == NOBODY, saying.said_at, saying.id


def _rule(saying: Saying) -> str:
    if saying.voice == OTHER:
        return BY_OTHER
    if saying.voice == NOBODY:
        return BY_POINT
    return FOR_POINT if saying.named else FOR_ALL
