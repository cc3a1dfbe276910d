"""Where the golden values of a customer come from."""

from __future__ import annotations

import json

from resolvers.planner import many, one, planned, prop
from resolvers.roles import STAFF
from resolvers.source_record import SourceRecord

FIELDS = {
    "name": "name",
    "kana": "kana",
    "birth_date": "birthDate",
    "gender": "gender",
    "language": "language",
    "address": "address",
    "phone": "phone",
    "email": "email",
}
"""Golden property -> field of Customer."""


def fields_from(values: list[str]) -> list[str]:
    """Return the fields whose value came from a record, by the stored origins and the record's id."""
    origins: dict[str, str] = json.loads(values[0])
    return [field for name, field in FIELDS.items() if origins.get(name) == values[1]]


@planned("Which golden values of a customer come from one source record.", readers=STAFF)
class FieldOrigin:
    record: SourceRecord = one("UNWIND [{v}.record] AS {n}", "Which system's account of the person these values were taken from.")
    fields: list[str] = prop("[{v}.origins, {v}.record.id]", "Names of the fields of Customer.", form=fields_from)


FIELD_ORIGINS = many(
    """
    UNWIND {records} AS {s} WITH {s} WHERE {v}.origins CONTAINS {s}.id
    WITH {{record: {s}, origins: {v}.origins}} AS {n} ORDER BY {n}.record.source, {n}.record.id
    """,
    "From which source record each golden value comes: the newest value wins. By system.",
)
