"""What every thing with an id of its own has in common."""

from __future__ import annotations

import strawberry

from resolvers.engine.planner import identity, planned


@planned("A thing that can be asked for again by its id.", interface=True)
class Node:
    id: strawberry.ID = identity("Opaque id, good for ever and for `node`.")
