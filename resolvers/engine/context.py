"""What one request carries to its fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.changes.following import NumberedChange
    from graph.store import Store
    from resolvers.access.reads import Reads
    from resolvers.access.viewer import Viewer
    from resolvers.engine.limits.allowance import Allowance
    from resolvers.engine.operations import Operation


@dataclass(frozen=True, slots=True)
class Context:
    store: Store
    viewer: Viewer
    operation: Operation
    reads: Reads
    allowance: Allowance
    change: NumberedChange | None = None
