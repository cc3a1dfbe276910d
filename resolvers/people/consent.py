"""What a customer agreed to and refused, for each purpose and contact point: the strictest of all that was said.

What was said is read from who said it and from the contact points themselves; `graph/identity/consent.py` weighs it.
"""

from __future__ import annotations

from typing import Any, LiteralString

from graph.consents.permitted import SAID
from graph.identity.consent import Saying, strictest
from graph.vocabulary import CONTACT_POINT_KINDS
from graph.words import say
from resolvers.access.tags import Tag
from resolvers.engine.planner import part, planned, prop
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Folded, Given, Parameters
from resolvers.identity.identifier import Identifier
from resolvers.identity.source_record import SourceRecord
from resolvers.people.consent_words import ConsentRule, ConsentState, Purpose
from resolvers.timeline.seeks import position
from resolvers.values.as_of import as_of, instant_of
from resolvers.values.scalars import DateTime
from resolvers.values.sentences import IN_WORDS, in_words

VERDICT: LiteralString = "{v}.told"


def weigh(told: list[list[Any]]) -> list[tuple[int, list[str]]]:
    """Return of each row that counts its place, its state and its rule."""
    now = told[0][0] if told else ""
    return [(found.index, [found.state, found.rule]) for found in strictest((Saying(*each[1:]) for each in told), now)]


def bound(given: Given) -> Parameters:
    return {"now": position(instant_of(given), ""), "reaching": list(CONTACT_POINT_KINDS)}


def rule_of(verdict: list[str]) -> str:
    return verdict[1]


def why(verdict: list[str], language: str) -> str:
    state, rule = verdict
    return say(f"consent.{rule}.{state}", language)


@planned("Proof of a consent or refusal, as the source reported it.")
class ConsentProof:
    how: str | None = prop("{v}.proof_how", Tag.FREE_TEXT, "How it was given, for example by a checkbox, a message or a call.")
    text: str | None = prop("{v}.proof_text", Tag.FREE_TEXT, "Wording that the customer was shown.")
    document: str | None = prop(
        "{v}.proof_document", Tag.FREE_TEXT, "Name or URL of the form, recording or message that is kept as proof."
    )
    staff: str | None = prop("{v}.proof_staff", Tag.INTERNAL, "Account or name of the employee who recorded it.")


@planned("Consent that applies to one purpose and one contact point of a customer.")
class CustomerConsent:
    purpose: Purpose = prop("{v}.consent.purpose", Tag.ACTIVITY, "Purpose of the contact or of the use of data.")
    contact_point: Identifier | None = part(
        Tag.CONTACT,
        "Contact point; null if none was named: a refusal then applies to all contact points of the "
        "customer, a grant to those of the record that gave it.",
        presence="{v}.point.id",
        names={"v": "{v}.point"},
    )
    state: ConsentState = prop("{v}.consent.state", Tag.ACTIVITY, "Whether consent is given.")
    rule: ConsentRule = prop(VERDICT, Tag.ACTIVITY, "Rule by which it applies.", form=rule_of)
    sentence: str = prop(
        VERDICT,
        Tag.ACTIVITY,
        "The rule in words, for staff; contains no personal data.",
        form=in_words(why),
        arguments=IN_WORDS,
    )
    said_at: DateTime = prop("left({v}.consent.stamp, 27)", Tag.ACTIVITY, "Time of the declaration, UTC.")
    valid_to: DateTime | None = prop("{v}.consent.valid_to", Tag.ACTIVITY, "End of validity, UTC; null without an end.")
    source: str = prop("split({v}.consent.stamp, '\\t')[1]", Tag.INTERNAL, "Source system that reported it, for example `/sms`.")
    event_id: str = prop("split({v}.consent.stamp, '\\t')[2]", Tag.INTERNAL, "Id of the event in the source system.")
    record: SourceRecord | None = part(
        Tag.IDENTITY,
        "Source record that declared it; null if no person was named, another customer's for a shared contact point.",
        presence="{v}.record.id",
        names={"v": "{v}.record"},
    )
    proof: ConsentProof | None = part(
        Tag.ACTIVITY,
        "Proof of the declaration; null if none was reported.",
        presence="COALESCE({v}.consent.proof_how, {v}.consent.proof_text, {v}.consent.proof_document, {v}.consent.proof_staff)",
        names={"v": "{v}.consent"},
    )


CONSENTS = read(
    Folded(SAID, VERDICT, weigh, bound),
    Tag.ACTIVITY,
    "Consents that apply, by purpose and contact point; of several declarations the strictest. A purpose "
    "or contact point that is not listed was neither granted nor refused.",
    as_of("consents that have expired by then do not apply"),
)
