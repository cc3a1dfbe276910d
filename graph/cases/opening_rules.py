"""Which interactions open a case by themselves, as data: the first rule that fits a kind and topic counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from graph.cases.contribution import text_of
from graph.cases.thanks import only_thanks
from graph.touchpoints.attention import kept_attention
from graph.touchpoints.concerns import Properties

OPENS_WITHIN = timedelta(days=7)
"""What is older when it becomes known opens nothing: a history that is imported is no work of today."""
AUTOMATIC = re.compile(
    r"^\s*(?:自動(?:返信|応答)|【自動返信】|\[自動返信\]|不在(?:通知|のお知らせ)"
    r"|out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?(?:reply|response))",
    re.IGNORECASE,
)
PORTAL = "PORTAL"


@dataclass(frozen=True, slots=True)
class OpeningRule:
    """`kinds` and `topics` that it is about, None for all; `team` (code) that gets the case. With `opens` false it opens none.

    `always`: also for what asks no question by itself, such as a survey.
    """

    kinds: frozenset[str] | None = None
    topics: frozenset[str] | None = None
    team: str | None = None
    opens: bool = True
    always: bool = False

    def fits(self, properties: Properties) -> bool:
        kind, topic = properties["kind"], properties.get("topic") or ""
        return (self.kinds is None or kind in self.kinds) and (self.topics is None or topic in self.topics)


NEVER = frozenset({"NEWSLETTER", "ORDER"})
"""Kinds that no rule opens a case for."""
DEFAULT_RULES: tuple[OpeningRule, ...] = (
    OpeningRule(kinds=frozenset({"SURVEY", "FEEDBACK"}), opens=False),
    OpeningRule(),
)
"""Whatever asks for an answer: mail, form, chat, message, fax, missed call; and what comes in by the portal."""


def opening(properties: Properties, rules: Sequence[OpeningRule]) -> OpeningRule | None:
    """Return the rule by which an interaction opens a case; None where it opens none."""
    if properties["kind"] in NEVER or is_automatic(properties) or only_thanks(text_of(properties)):
        return None
    rule = next((each for each in rules if each.fits(properties)), None)
    return rule if rule is not None and rule.opens and (rule.always or asks(properties)) else None


def asks(properties: Properties) -> bool:
    """Tell whether an interaction asks for an answer that it does not give."""
    by_portal = properties.get("channel") == PORTAL and properties.get("direction") == "INBOUND"
    return by_portal or bool(kept_attention(properties["kind"], properties)["is_question"])


def is_automatic(properties: Properties) -> bool:
    """Tell whether a machine has written: told so by the mail's own header, or by how its subject begins."""
    return bool(properties.get("auto_submitted")) or AUTOMATIC.match(properties.get("subject") or "") is not None
