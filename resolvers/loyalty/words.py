"""The words of points: what an entry is."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from graph.loyalty.ledger import ENTRY_KINDS
from resolvers.engine.enums import words
from resolvers.values.words import listed

if TYPE_CHECKING:
    # To a type checker a word is text, as in `values/words.py`.
    PointEntryKind: TypeAlias = str
else:
    PointEntryKind = words(
        "PointEntryKind",
        "What an entry of points is.",
        listed(
            ENTRY_KINDS,
            {
                "EARN": "Earned by an order; pending until its return period ends.",
                "ACTIVATE": "What was pending can be spent.",
                "REDEEM": "Spent.",
                "EXPIRE": "Not spent in time.",
                "REVERSE": "Taken back of what an order earned, or given back of what was spent.",
                "ADJUST": "Given or taken by staff.",
                "TRANSFER": "Moved from or to another account.",
            },
        ),
    )
