"""Why a touchpoint belongs where it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from resolvers.access.tags import Tag
from resolvers.engine.enums import words
from resolvers.engine.planner import planned, prop
from resolvers.values.sentences import IN_WORDS, message

if TYPE_CHECKING:
    # To a type checker a word is text, as in `words.py`.
    AttributionRule: TypeAlias = str
else:
    AttributionRule = words(
        "AttributionRule",
        "Rule by which a touchpoint is attributed to a customer.",
        {
            "NAMED": "The touchpoint names its source record.",
            "OF_ORDER": "Return that names nobody; it belongs to whoever its order belongs to.",
            "SOLE_HOLDER": "Anonymous contact; exactly one customer has its identifiers.",
            "SEVERAL_HOLDERS": "Anonymous contact; several customers have its identifiers, so it belongs to nobody.",
            "NOBODY_KNOWN": "Anonymous contact; no customer has its identifiers, so it belongs to nobody.",
            "WITHHELD": "Call of nobody: the caller withheld the number.",
            "PAY_PHONE": "Call of nobody: it came from a pay phone.",
            "NOT_SHOWN": "Contact of nobody: the network or the system could not say from which number it came.",
            "ASSIGNED": "Anonymous contact; an employee assigned it to a customer, or to nobody.",
        },
    )


@planned("Why a touchpoint belongs to its customer, or to nobody.")
class Attribution:
    rule: AttributionRule = prop("{v}.rule", Tag.IDENTITY, "Rule by which the touchpoint was attributed.")
    sentence: str = prop(
        "{v}.rule",
        Tag.IDENTITY,
        "The rule in words, for staff.",
        form=message("rule"),
        arguments=IN_WORDS,
    )
    anonymous: bool = prop(
        "COALESCE({v}.bare, false)",
        Tag.IDENTITY,
        "Whether the touchpoint is an anonymous contact: it named no source record and came with identifiers only.",
    )
