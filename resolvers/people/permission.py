"""Whether a customer may be contacted by a channel for a purpose: read with everything that was said, judged by one rule.

What was said is read as `consent.py` reads it, and what reaches the customer beside it; `graph/identity/permission.py`
is the rule. Where several pairs of channel and purpose are asked for, both are read once for all of them.
"""

from __future__ import annotations

from functools import partial
from typing import Any, LiteralString

import strawberry

from graph.consents.permitted import PERMISSIONS, judged, pairs
from graph.errors import InvalidInput
from graph.vocabulary import CONTACT_CHANNELS, PURPOSES
from graph.words import say
from resolvers.access.tags import Tag
from resolvers.engine import ids
from resolvers.engine.planner import Argument, planned, prop
from resolvers.engine.planner.fields import Arguments, read
from resolvers.engine.planner.readings import Folded, Given, Many, One, Parameters
from resolvers.identity.identifier import Identifier
from resolvers.people.consent import VERDICT, CustomerConsent, bound
from resolvers.people.consent_words import ContactChannel, PermissionReason, Purpose
from resolvers.values.as_of import as_of
from resolvers.values.references import SURVIVING
from resolvers.values.sentences import IN_WORDS, in_words

FACTS: LiteralString = "{v}.facts"


def is_allowed(facts: list[Any]) -> bool:
    return judged(facts).allowed


def reason_of(facts: list[Any]) -> str:
    return judged(facts).reason


def why(facts: list[Any], language: str) -> str:
    return say(f"permission.{reason_of(facts)}", language)


def usable(rows: list[Any]) -> list[tuple[int, None]]:
    """Return which contact points may be used; each row has its own and the facts of all, also of those withheld."""
    points = judged(rows[0][1]).points if rows else ()
    return [(index, None) for index, (point, _) in enumerate(rows) if point in points]


def deciding(rows: list[Any]) -> list[tuple[int, list[str]]]:
    """Return the declaration that decided, with its state and rule; none where nobody had said anything."""
    verdict = judged(rows[0]).verdict if rows else None
    return [] if verdict is None else [(verdict.index, [verdict.state, verdict.rule])]


USABLE: LiteralString = "UNWIND {v}.points AS {n} WITH {n}, [{n}.kind + ':' + {n}.id, {v}.facts] AS {facts}"
# Each is one of `SAID`; the facts of all of them stand with the first.
DECIDING: LiteralString = """
UNWIND range(0, size({v}.about) - 1) AS {place}
WITH {{consent: {v}.about[{place}].consent, record: {v}.about[{place}].record, point: {v}.about[{place}].point,
  told: CASE {place} WHEN 0 THEN {v}.facts END}} AS {n}
"""


@strawberry.type
class Permitted:
    channel: ContactChannel = prop("{v}.channel", Tag.CONSENT, "Channel of the contact.")
    purpose: Purpose = prop("{v}.purpose", Tag.CONSENT, "Purpose of the contact.")
    allowed: bool = prop(FACTS, Tag.CONSENT, "Whether the customer may be contacted, now or at `asOf`.", form=is_allowed)
    reason: PermissionReason = prop(FACTS, Tag.CONSENT, "Why, or why not.", form=reason_of)
    sentence: str = prop(
        FACTS,
        Tag.CONSENT,
        "The reason in words, for staff; contains no personal data.",
        form=in_words(why),
        arguments=IN_WORDS,
    )


@planned("Whether a customer may be contacted by a channel for a purpose, and why.")
class ContactPermission(Permitted):
    contact_points: list[Identifier] | None = read(
        Folded(USABLE, "{facts}", usable),
        Tag.CONTACT,
        "Contact points that may be used, by kind; none where the customer may not be contacted, and none for letters, which go "
        "to `Customer.address`.",
    )
    declaration: CustomerConsent | None = read(
        Folded(DECIDING, VERDICT, deciding),
        Tag.ACTIVITY,
        "Declaration that decided, with its proof; null if nothing was declared that counts.",
    )


@planned("Whether one of the customers of a campaign may be contacted, and why; who they are is not told.")
class CampaignPermission(Permitted):
    customer_id: strawberry.ID = prop(
        "{v}.asked", Tag.PUBLIC, "Global id of the customer, as it was given.", form=partial(ids.encode, "Customer")
    )


def one_pair(given: Given) -> Parameters:
    return {**bound(given), "pairs": pairs([given["channel"]], [given["purpose"]])}


def all_pairs(given: Given) -> Parameters:
    channels, purposes = given["channels"], given["purposes"]
    return {
        **bound(given),
        "pairs": pairs(CONTACT_CHANNELS if channels is None else channels, PURPOSES if purposes is None else purposes),
    }


AS_OF: Arguments = as_of("consents that have expired by then, and contact points that are not valid then, do not count")
PAIR: Arguments = {
    "channel": Argument(ContactChannel, "Channel of the contact."),
    "purpose": Argument(Purpose, "Purpose of the contact."),
}
MAY_CONTACT = read(
    One(PERMISSIONS, bind=one_pair),
    Tag.CONSENT,
    "Whether the customer may be contacted by a channel for a purpose.",
    {**PAIR, **AS_OF},
)
CONTACT_PERMISSIONS = read(
    Many(PERMISSIONS, bind=all_pairs),
    Tag.CONSENT,
    "Whether the customer may be contacted, for each of several channels and purposes, by channel.",
    {
        "channels": Argument(list[ContactChannel] | None, "Channels of the contact; all if omitted.", None),
        "purposes": Argument(list[Purpose] | None, "Purposes of the contact; all if omitted.", None),
        **AS_OF,
    },
)
# (:Customer)<-[:RESOLVES_TO]-(:SourceRecord): the same for each of several customers
CAMPAIGN: LiteralString = """
UNWIND ${ids} AS {id} MATCH ({asked}:Customer {{id: {id}}}) WITH {id}, SURVIVOR AS {customer} WHERE {customer} IS NOT NULL
WITH {id}, {customer}, COLLECT {{ MATCH ({customer})<-[:RESOLVES_TO]-({own}:SourceRecord) RETURN {own} }} AS {theirs}
CALL ({customer}, {theirs}) {{ PERMITTED RETURN {found} }}
WITH {{asked: {id}, id: {customer}.id, channel: {found}.channel, purpose: {found}.purpose, facts: {found}.facts}} AS {n}
""".replace("SURVIVOR", SURVIVING).replace(
    "PERMITTED", PERMISSIONS.replace("{v}", "{customer}").replace("{records}", "{theirs}").replace("{n}", "{found}")
)
MOST_CUSTOMERS = 100


def of_campaign(given: Given) -> Parameters:
    asked = given["customerIds"]
    if len(asked) > MOST_CUSTOMERS:
        raise InvalidInput(f"Ask about at most {MOST_CUSTOMERS} customers at once.")
    return {**one_pair(given), "ids": list(dict.fromkeys(ids.decode_as("Customer", each) for each in asked))}


campaign_permissions = read(
    Many(CAMPAIGN, bind=of_campaign),
    Tag.CONSENT,
    "Whether the customers of a campaign may be contacted, in the order in which they are given, without those that are none.",
    {
        "customerIds": Argument(list[strawberry.ID], f"Global ids of customers, at most {MOST_CUSTOMERS}."),
        **PAIR,
        **AS_OF,
    },
)
