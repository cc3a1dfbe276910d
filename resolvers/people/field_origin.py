"""Where the golden values of a customer come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from graph.identity.record_view import FIELDS, REACHES
from graph.identity.survivorship import RULES
from resolvers.access.tags import Tag
from resolvers.engine.enums import words
from resolvers.engine.planner import many, part, planned, prop
from resolvers.identity.source_record import SourceRecord
from resolvers.values.scalars import DateTime
from resolvers.values.sentences import IN_WORDS, message
from resolvers.values.words import listed

if TYPE_CHECKING:
    # To a type checker a word is text, as in `words.py`.
    SurvivorshipRule: TypeAlias = str
else:
    SurvivorshipRule = words(
        "SurvivorshipRule",
        "Rule that selects a golden value among those of several source records.",
        listed(
            RULES,
            {
                "ONLY_VALUE": "No other record has a value.",
                "ALL_AGREE": "All records that have a value have the same.",
                "MOBILE_FIRST": "A mobile number is preferred to a landline.",
                "TRUSTED_SOURCE": "The source system has a higher rank of trust (setting SOURCE_TRUST_FILE).",
                "VERIFIED": "The source system has verified an identifier of the person.",
                "NEWEST": "Reported last, by the time of the event.",
                "MOST_FREQUENT": "Reported at the same time as others, by most records.",
                "RECORD_KEY": "No other rule decided; the first record by key.",
                "SURNAME_CHANGED": "Only the surname differs, for example after a marriage; the newest counts.",
            },
        ),
    )


def in_camel_case(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))


NAMES = {field: in_camel_case(field) for field in (*FIELDS, *REACHES)}
"""Golden property -> field of Customer."""


@planned("Source record and rule of one golden value.")
class FieldOrigin:
    field: str = prop(
        "{v}.told[0]", Tag.IDENTITY, "Name of the field of Customer, for example `birthDate`.", form=NAMES.__getitem__
    )
    record: SourceRecord = part(Tag.IDENTITY, "Source record that the value was taken from.", names={"v": "{v}.record"})
    rule: SurvivorshipRule = prop("{v}.told[1]", Tag.IDENTITY, "Survivorship rule that selected the value.")
    sentence: str = prop(
        "{v}.told[1]",
        Tag.IDENTITY,
        "The rule in words, for staff.",
        form=message("survivorship"),
        arguments=IN_WORDS,
    )
    reported_at: DateTime = prop("{v}.told[2]", Tag.IDENTITY, "Time at which the source last reported the value, UTC.")


FIELD_ORIGINS = many(
    """
    UNWIND {v}.origins AS {o} WITH split({o}, '\\t') AS {told}
    UNWIND {records} AS {s} WITH {told}, {s} WHERE {s}.id = {told}[3]
    WITH {{told: {told}, record: {s}}} AS {n}
    """,
    Tag.IDENTITY,
    "Source record and rule of each golden value; name first, contact points last.",
)
