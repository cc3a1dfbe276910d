"""Source records: what one system says about a person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import strawberry

from resolvers.access.tags import Tag
from resolvers.engine.node import Node
from resolvers.engine.planner import one, planned, prop
from resolvers.values.scalars import JSON, Date, DateTime
from resolvers.values.words import Gender

if TYPE_CHECKING:
    from resolvers.people.customer import Customer


@planned("Record of a person in one source system.")
class SourceRecord(Node):
    source: str = prop("{v}.source", Tag.INTERNAL, "Source system, for example `/ec`.")
    external_id: str = prop(
        "{v}.external_id", Tag.CONTACT, "Id of the person in the source system, for example a member number or account."
    )
    name: str | None = prop("{v}.name_full", Tag.NAME, "Full name, with widths and spaces normalized; null if not reported.")
    kana: str | None = prop("{v}.kana_full", Tag.NAME, "Reading of the full name; null if not reported.")
    earlier_names: list[str] = prop(
        "COALESCE({v}.earlier_names, [])", Tag.NAME, "Other names that the source has reported for the record, sorted."
    )
    birth_date: Date | None = prop("{v}.birth_date", Tag.BIRTH, "Date of birth, for example `1988-08-08`; null if not reported.")
    gender: Gender | None = prop("{v}.gender", Tag.PROFILE, "Gender, as the source reports it; null if not reported.")
    language: str | None = prop(
        "{v}.language", Tag.PROFILE, "Preferred language, a BCP 47 tag such as `ja`; null if not reported."
    )
    address: str | None = prop("{v}.address_full", Tag.ADDRESS, "Postal address in one line, as the source reports it.")
    attributes: JSON | None = prop(
        "{v}.attributes", Tag.FREE_TEXT, "Further attributes by the names of the source; null if none.", form=json.loads
    )
    first_seen: DateTime | None = prop("{v}.first_seen", Tag.IDENTITY, "Time of the earliest event of the record, UTC.")
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = one(
        "MATCH ({v})-[:RESOLVES_TO]->({n}:Customer)", Tag.IDENTITY, "Customer that the record belongs to."
    )
