"""Source records: what one system says about a person."""

from __future__ import annotations

import json

from resolvers.node import Node
from resolvers.planner import planned, prop
from resolvers.roles import STAFF
from resolvers.scalars import JSON, Date, DateTime
from resolvers.words import Gender


@planned("What one system says about a person, as it said it.", readers=STAFF)
class SourceRecord(Node):
    source: str = prop("{v}.source", "The system.")
    external_id: str = prop("{v}.external_id", "The id of the person in that system.")
    name: str | None = prop("{v}.name_full", "Name as given.")
    kana: str | None = prop("{v}.kana_full", "Reading of the name as given.")
    birth_date: Date | None = prop("{v}.birth_date", "Birth date as given.")
    gender: Gender | None = prop("{v}.gender", "Gender as given.")
    language: str | None = prop("{v}.language", "Language the person wants to be addressed in, BCP 47.")
    address: str | None = prop("{v}.address_full", "Address in one line.")
    attributes: JSON | None = prop("{v}.attributes", "Further facts that the system gave, by its own names.", form=json.loads)
    first_seen: DateTime | None = prop("{v}.first_seen", "Time of the earliest event of this record, UTC.")
