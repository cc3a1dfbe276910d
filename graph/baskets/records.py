"""The source records of a customer, held: what a door adds hangs on one of them, which no merge moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

from graph.commands.command import Author
from graph.errors import NotFound
from graph.words import Sentence
from graph.writes.unit import Unit

# (:SourceRecord)
LOCK_RECORDS: LiteralString = """
UNWIND $p.SourceRecord AS key MATCH (r:SourceRecord {key: key}) REMOVE r.lock
WITH r RETURN 'SourceRecord' AS label, [r.key] AS row
"""
# (:Customer)-[:REDIRECTS_TO*0..]->(:Customer)<-[:RESOLVES_TO]-(:SourceRecord), the earliest first
READ_RECORDS: LiteralString = """
MATCH (:Customer {id: $p.customer})-[:REDIRECTS_TO*0..]->(c:Customer)<-[:RESOLVES_TO]-(r:SourceRecord)
RETURN c.id, r.key ORDER BY r.first_seen, r.key
"""


@dataclass(frozen=True, slots=True)
class Whose:
    """`customer` is an id; `record` is the key of the record of theirs by which the door knows them, None for any."""

    customer: str
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """The customer's id of now, the keys of their records, and the one on which hangs what is added."""

    customer: str
    records: Sequence[str]
    own: str


async def hold(unit: Unit, author: Author, whose: Whose) -> Held:
    """Hold the records of a customer: all that are theirs once they are held; raise NotFound for no such customer or record.

    A customer who acts for themselves adds to their own record, whoever else names none to their earliest.
    """
    held: list[list[str]] = []
    while (found := await unit.transaction.run(READ_RECORDS, {"customer": whose.customer})) != held:
        held = found
        unit.want("SourceRecord", (key for _, key in found))
        await unit.lock()
    if not held:
        raise NotFound(Sentence("refusal.NO_SUCH_CUSTOMER"), "/customerId")
    records = [key for _, key in held]
    own = author.only or whose.record or records[0]
    if own not in records:
        raise NotFound(Sentence("refusal.NO_SUCH_RECORD"), "/record")
    return Held(held[0][0], records, own)
