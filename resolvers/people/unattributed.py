"""Contacts that may have been a customer's: they came by a value of theirs and belong to nobody."""

from __future__ import annotations

from typing import LiteralString

from resolvers.engine.planner.readings import Page
from resolvers.timeline.seeks import NEWEST

# (:SourceRecord)-[:HAS_IDENTIFIER]->(:Identifier)<-[:VIA]-(:Touchpoint) that named nobody and is nobody's
UNATTRIBUTED: LiteralString = """
UNWIND {records} AS {s}
MATCH ({s})-[:HAS_IDENTIFIER]->({i}:Identifier {{contacts: true}}) WHERE {i}.state IN ['ACTIVE', 'SHARED']
MATCH ({i})<-[:VIA]-({t}:Touchpoint {{bare: true}})
WHERE {t}.record = {t}.id AND {t}.assigned IS NULL
"""
PAGED: LiteralString = (
    UNATTRIBUTED + "AND {t}.position < ${after} WITH DISTINCT {t} AS {n} ORDER BY {n}.position DESC LIMIT ${limit}"
)
COUNTED: LiteralString = "COUNT {{ " + UNATTRIBUTED + " RETURN DISTINCT {t} }}"
POSSIBLE = Page("possibleContacts", PAGED, "{v}.position", COUNTED, NEWEST)
