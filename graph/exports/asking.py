"""The command that asks for an export of a customer."""

from __future__ import annotations

from typing import LiteralString

from graph.commands.command import Answer, Author, Command
from graph.errors import InvalidInput, NotFound
from graph.exports.exporting import EXPORT
from graph.jobs.nodes import Jobs
from graph.words import Sentence
from graph.writes.unit import Unit

POINTER = "/customerId"

# (:Customer)-[:REDIRECTS_TO]->(:Customer), the one that is left
READ_LIVING: LiteralString = """
MATCH (:Customer {id: $p.id})-[:REDIRECTS_TO*0..]->(c:Customer) WHERE NOT EXISTS { (c)-[:REDIRECTS_TO]->() }
RETURN c.id
"""
UNDER_WAY: LiteralString = """
MATCH (j:Job {about: $p.id, kind: 'CUSTOMER_EXPORT', asked_by: $p.asked_by}) WHERE j.state IN ['QUEUED', 'RUNNING']
RETURN j.id LIMIT 1
"""
READ_OWN: LiteralString = "MATCH (:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c:Customer) RETURN c.id"


def export(author: Author, customer: str | None) -> Command:
    """Return the command that has everything exported that is held of a customer (its raw id; None for one's own).

    It raises NotFound where there is none, also for a customer who names another. Who asks again while an export of theirs
    is under way gets that one.
    """

    async def execute(unit: Unit, own_id: str) -> Answer:
        about = await living(unit, author, customer)
        under_way = await unit.transaction.run(UNDER_WAY, {"id": about, "asked_by": author.actor})
        if under_way:
            return {"job": under_way[0][0]}
        unit.of(Jobs).ask(own_id, EXPORT, author, about, own=author.only is not None)
        return {"job": own_id}

    return Command(author, EXPORT, customer, (Jobs,), execute)


async def living(unit: Unit, author: Author, customer: str | None) -> str:
    """Return the raw id of the customer that is meant, as it is called by now."""
    if author.only is None and customer is None:
        raise InvalidInput(Sentence("refusal.WHICH_CUSTOMER"), POINTER)
    own = None if author.only is None else await unit.transaction.run(READ_OWN, {"key": author.only})
    rows = own if customer is None else await unit.transaction.run(READ_LIVING, {"id": customer})
    if not rows or (own is not None and rows != own):
        raise NotFound(Sentence("refusal.NO_SUCH_CUSTOMER"), POINTER)
    return rows[0][0]
