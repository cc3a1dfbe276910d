"""Contacts that may have been a customer's: they came by a value of theirs and belong to nobody."""

from __future__ import annotations

from typing import LiteralString

from resolvers.engine.planner.readings import Page
from resolvers.timeline.seeks import NEWEST

# (:SourceRecord)-[:HAS_IDENTIFIER]->(:Identifier)<-[:VIA {unattributed, position}]-(:Touchpoint): one seek for each identifier
HELD: LiteralString = """
UNWIND {records} AS {s}
MATCH ({s})-[:HAS_IDENTIFIER]->({i}:Identifier {{contacts: true}}) WHERE {i}.state IN ['ACTIVE', 'SHARED']
WITH DISTINCT {i}
"""
UNATTRIBUTED: LiteralString = """
  MATCH ({t}:Touchpoint)-[{w}:VIA]->() USING INDEX SEEK {w}:VIA(unattributed, position)
  WHERE {w}.unattributed = {i}.key AND {w}.position < ${after} AND {Touchpoint:t}
"""
PAGED: LiteralString = (
    HELD
    + "CALL ({i}) {{"
    + UNATTRIBUTED
    + "RETURN {t} ORDER BY {w}.unattributed DESC, {w}.position DESC LIMIT ${limit} }} "
    + "WITH DISTINCT {t} AS {n} ORDER BY {n}.position DESC LIMIT ${limit}"
)
COUNTED: LiteralString = "COUNT {{ " + HELD + UNATTRIBUTED.replace("${after}", "'~'") + " RETURN DISTINCT {t} }}"
POSSIBLE = Page("possibleContacts", PAGED, "{v}.position", COUNTED, NEWEST)
