"""The words of consent: what for, whether, and by which rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from graph import vocabulary
from graph.identity.consent import RULES
from resolvers.engine.enums import words
from resolvers.values.words import listed

if TYPE_CHECKING:
    # To a type checker a word is text, as in `words.py`.
    ConsentRule: TypeAlias = str
    ConsentState: TypeAlias = str
    Purpose: TypeAlias = str
else:
    ConsentRule = words(
        "ConsentRule",
        "Rule by which a declaration of consent applies to a contact point.",
        listed(
            RULES,
            {
                "FOR_POINT": "Declared by the customer for this contact point.",
                "FOR_ALL": "Declared by the customer for all contact points.",
                "BY_POINT": "Declared from the contact point itself; no person was named.",
                "BY_OTHER": "Another person who shares the contact point refused.",
                "REFUSAL_OUTWEIGHS": "Granted and refused; the refusal applies, whichever is newer.",
            },
        ),
    )
    ConsentState = words(
        "ConsentState",
        "Whether consent is given.",
        listed(
            vocabulary.CONSENT_STATES,
            {
                "GRANTED": "Consent is given for the purpose.",
                "REFUSED": "Consent is refused or withdrawn.",
            },
        ),
    )
    Purpose = words(
        "Purpose",
        "Purpose of a contact or of the use of data.",
        listed(
            vocabulary.PURPOSES,
            {
                "MARKETING": "Advertising: newsletters, catalogues, sales calls.",
                "SERVICE": "Service for a purchase or request: orders, appointments, recalls, answers.",
                "SURVEY": "Surveys and research.",
                "PERSONALIZATION": "Recommendations based on purchases and page views.",
                "THIRD_PARTY": "Disclosure of data to other companies.",
            },
        ),
    )
