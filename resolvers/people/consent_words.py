"""The words of consent: what for, whether, and by which rule, with the sentence for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from graph import vocabulary
from graph.identity.consent import RULES
from resolvers.values.words import listed, words

if TYPE_CHECKING:
    # To a type checker a word is text, as in `words.py`.
    ConsentRule: TypeAlias = str
    ConsentState: TypeAlias = str
    Purpose: TypeAlias = str
else:
    ConsentRule = words(
        "ConsentRule",
        "What makes a declaration count for a contact point.",
        listed(
            RULES,
            {
                "FOR_POINT": "A record of the customer says it for just this contact point.",
                "FOR_ALL": "A record of the customer says it for every contact point.",
                "BY_POINT": "It came by the number, address or card itself, and nobody was named.",
                "BY_OTHER": "Somebody else who shares the contact point refused; calling it would reach them too.",
                "REFUSAL_OUTWEIGHS": "It was granted once and refused once; the refusal stands, whichever is newer.",
            },
        ),
    )
    ConsentState = words(
        "ConsentState",
        "Whether somebody agreed.",
        listed(
            vocabulary.CONSENT_STATES,
            {
                "GRANTED": "They said yes, for this purpose.",
                "REFUSED": "They said no, or took their yes back: do not.",
            },
        ),
    )
    Purpose = words(
        "Purpose",
        "What somebody is contacted, or their data used, for.",
        listed(
            vocabulary.PURPOSES,
            {
                "MARKETING": "Advertising in any form: newsletters, catalogues, calls that sell.",
                "SERVICE": "What belongs to a purchase or request: orders, appointments, recalls, answers.",
                "SURVEY": "Questions about how content they are, and other research.",
                "PERSONALIZATION": "Recommendations made of what they bought and looked at.",
                "THIRD_PARTY": "Handing their data on to other companies.",
            },
        ),
    )

SENTENCES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("FOR_POINT", "REFUSED"): ("この連絡先について本人が断っています。", "They refused for this contact point."),
    ("FOR_POINT", "GRANTED"): ("この連絡先について本人が承諾しています。", "They agreed for this contact point."),
    ("FOR_ALL", "REFUSED"): ("すべての連絡先について本人が断っています。", "They refused for all contact points."),
    ("FOR_ALL", "GRANTED"): (
        "連絡先を限らず本人が承諾しています。",
        "They agreed without naming a contact point, so it holds for those of that record.",
    ),
    ("BY_POINT", "REFUSED"): (
        "この連絡先から届いた停止の申し出です。",
        "It was refused from the contact point itself, whoever it was.",
    ),
    ("BY_POINT", "GRANTED"): (
        "この連絡先から届いた承諾です。",
        "It was agreed to from the contact point itself, whoever it was.",
    ),
    ("BY_OTHER", "REFUSED"): (
        "同じ連絡先を使うほかの人が断っています。",
        "Somebody else who has this contact point refused.",
    ),
    ("REFUSAL_OUTWEIGHS", "REFUSED"): (
        "承諾と拒否の両方があるため、拒否を優先します。",
        "It was agreed to in one place and refused in another; the refusal counts.",
    ),
}
