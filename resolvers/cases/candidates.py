"""Why a case was assigned to somebody automatically, and who else was looked at, as its history keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from graph.cases.candidates import OBSTACLES, REASONS
from graph.cases.choices import read_choice
from resolvers.access.tags import Tag
from resolvers.engine.enums import words
from resolvers.engine.planner import entry, planned
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Entries
from resolvers.values.words import listed

if TYPE_CHECKING:
    # To a type checker a word is text, as in `values/words.py`.
    AssignmentReason: TypeAlias = str
    AssignmentObstacle: TypeAlias = str
else:
    AssignmentReason = words(
        "AssignmentReason",
        "Why an employee was chosen.",
        listed(
            REASONS,
            {
                "OWNER": "They had the case, or have another open one of the customer.",
                "SERVED_LAST": "They spoke to the customer last, by whatever channel.",
                "ACCOUNT_MANAGER": "They look after the customer.",
                "FREE": "They have room.",
            },
        ),
    )
    AssignmentObstacle = words(
        "AssignmentObstacle",
        "Why an employee could not get a case.",
        listed(
            OBSTACLES,
            {
                "AWAY": "They are not available.",
                "OFF_SHIFT": "It is outside their working hours.",
                "OTHER_TEAM": "They are in another team.",
                "NO_SKILL": "They do not deal with its topic.",
                "NO_LANGUAGE": "They do not speak its language.",
                "DECLINED": "They declined it, or did not take it up in time.",
                "FULL": "They have no room.",
            },
        ),
    )


def objects(kept: str | None) -> list[dict[str, Any]]:
    """Return the candidates of a kept choice as objects of AssignmentCandidate."""
    found: list[dict[str, Any]] = read_choice(kept)["candidates"] if kept else []
    return [{**each, "account": each["staff"], "reasons": [word for word, _ in each["reasons"]]} for each in found]


@planned("Employee who was looked at when a case was assigned automatically.")
class AssignmentCandidate:
    account: str = entry("account", Tag.INTERNAL, "Account by which they sign in.")
    score: int = entry("score", Tag.INTERNAL, "How well it fits them: the sum over the reasons; the highest wins.")
    reasons: list[AssignmentReason] = entry("reasons", Tag.INTERNAL, "What speaks for them, the weightiest first.")
    obstacles: list[AssignmentObstacle] = entry("obstacles", Tag.INTERNAL, "Why they could not get it; empty if they could.")


CANDIDATES = read(
    Entries("{v}.choice", objects),
    Tag.INTERNAL,
    "Who was looked at when it was assigned automatically, the one who got it first, at most 20; empty for other events.",
)
