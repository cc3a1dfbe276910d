"""What every thing with an id of its own has in common."""

from __future__ import annotations

import strawberry

from resolvers.engine.planner import identity, planned


@planned("An object with a global id.", interface=True)
class Node:
    id: strawberry.ID = identity("Global id: opaque, never changes, accepted by `node`.")
