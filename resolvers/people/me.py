"""The customer that somebody is who has signed in as one."""

from __future__ import annotations

from typing import LiteralString

from resolvers.access.tags import Tag
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import One

# (:SourceRecord {key})-[:RESOLVES_TO]->(:Customer): the record is the account, whichever customer it belongs to by now
OWN: LiteralString = "MATCH (:SourceRecord {{key: $p.viewer_record}})-[:RESOLVES_TO]->({n}:Customer)"

me = read(One(OWN), Tag.PUBLIC, "Customer that the viewer is; null for staff and programs.")
