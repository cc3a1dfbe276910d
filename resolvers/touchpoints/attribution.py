"""Why a touchpoint belongs where it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from graph.resolution.sentences import sentence
from resolvers.access.tags import Tag
from resolvers.engine.planner import planned, prop
from resolvers.values.sentences import IN_WORDS, in_words
from resolvers.values.words import words

if TYPE_CHECKING:
    # To a type checker a word is text, as in `words.py`.
    AttributionRule: TypeAlias = str
else:
    AttributionRule = words(
        "AttributionRule",
        "The rule that says whose a touchpoint is.",
        {
            "NAMED": "It names the source record that it belongs to.",
            "SOLE_HOLDER": "It names nobody; one customer alone holds an identifier that it came by.",
            "SEVERAL_HOLDERS": "It names nobody, and several customers hold what it came by: it is nobody's.",
            "NOBODY_KNOWN": "It names nobody, and nobody is known by what it came by: it is nobody's.",
            "ASSIGNED": "It names nobody; an employee has said whose it was, or that it was nobody's.",
        },
    )


@planned("Why a touchpoint belongs to a customer, or to nobody.")
class Attribution:
    rule: AttributionRule = prop("{v}.rule", Tag.IDENTITY, "Why it belongs to this customer, as a fixed word.")
    sentence: str = prop(
        "{v}.rule",
        Tag.IDENTITY,
        "Why it belongs to this customer, readable for staff.",
        form=in_words(sentence),
        arguments=IN_WORDS,
    )
    bare: bool = prop(
        "COALESCE({v}.bare, false)",
        Tag.IDENTITY,
        "Whether it named nobody, and came with nothing but identifiers, as a call or a guest does.",
    )
