"""The words of consent: what for, whether, by which rule, and why somebody may be contacted."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from graph import vocabulary
from graph.identity.consent import RULES
from graph.identity.permission import REASONS
from resolvers.engine.enums import words
from resolvers.values.words import listed

if TYPE_CHECKING:
    # To a type checker a word is text, as in `words.py`.
    ConsentRule: TypeAlias = str
    ConsentState: TypeAlias = str
    ContactChannel: TypeAlias = str
    PermissionReason: TypeAlias = str
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
    ContactChannel = words(
        "ContactChannel",
        "Channel by which the company can reach a customer.",
        listed(
            vocabulary.CONTACT_CHANNELS,
            {
                "EMAIL": "E-mail message.",
                "SMS": "Text message to a mobile number.",
                "PHONE": "Telephone call.",
                "POSTAL": "Letter to the postal address.",
                "FAX": "Fax message.",
                "LINE": "Message by the company's LINE official account.",
                "SOCIAL": "Direct message in a social network other than LINE.",
                "APP": "Push message to the company's mobile app.",
            },
        ),
    )
    PermissionReason = words(
        "PermissionReason",
        "Why a customer may be contacted, or may not.",
        listed(
            REASONS,
            {
                "GRANTED": "Yes: consent is given.",
                "NOT_REFUSED": "Yes: no consent is needed, and nothing was refused.",
                "REFUSED": "No: it was refused.",
                "CONSENT_UNPROVEN": "No: consent is given, but it is not recorded how, and to which wording or document.",
                "CONSENT_EXPIRED": "No: the consent has run out.",
                "NO_CONSENT": "No: consent is needed, and none is recorded.",
                "NO_CONTACT_POINT": "No: no contact point of the channel is known or in use.",
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
