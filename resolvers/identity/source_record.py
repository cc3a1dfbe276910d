"""Source records: what one system says about a person."""

from __future__ import annotations

import json

from resolvers.access.tags import Tag
from resolvers.engine.node import Node
from resolvers.engine.planner import planned, prop
from resolvers.values.scalars import JSON, Date, DateTime
from resolvers.values.words import Gender


@planned("What one system says about a person, as it said it.")
class SourceRecord(Node):
    source: str = prop("{v}.source", Tag.INTERNAL, "Name of the system that keeps it, like `/ec`.")
    external_id: str = prop(
        "{v}.external_id", Tag.CONTACT, "How that system itself numbers the person: a member number, an account."
    )
    name: str | None = prop("{v}.name_full", Tag.NAME, "Full name as this system wrote it, normalised only in width and spaces.")
    kana: str | None = prop("{v}.kana_full", Tag.NAME, "Reading of the name as given.")
    earlier_names: list[str] = prop(
        "COALESCE({v}.earlier_names, [])", Tag.NAME, "Every other full text that this system ever gave before or instead, sorted."
    )
    birth_date: Date | None = prop("{v}.birth_date", Tag.BIRTH, "Day they were born, as this system has it: `1988-08-08`.")
    gender: Gender | None = prop("{v}.gender", Tag.PROFILE, "What they said of themselves to this system; null if not told.")
    language: str | None = prop("{v}.language", Tag.PROFILE, "Language the person wants to be addressed in, BCP 47.")
    address: str | None = prop("{v}.address_full", Tag.ADDRESS, "Where they live, in one line as this system wrote it.")
    attributes: JSON | None = prop(
        "{v}.attributes", Tag.FREE_TEXT, "Further facts that the system gave, by its own names.", form=json.loads
    )
    first_seen: DateTime | None = prop("{v}.first_seen", Tag.IDENTITY, "Time of the earliest event of this record, UTC.")
