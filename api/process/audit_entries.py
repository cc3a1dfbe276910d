"""What the read audit records of an answer."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from hashlib import sha256

from api.process.log_format import REQUEST_ID
from graph.audit.entry import Entry
from graph.audit.journal import Journal
from graph.events.newest import utc_text
from resolvers.access.reads import Reads
from resolvers.access.viewer import Viewer


def entry_of(journal: Journal, operation: str, reads: Reads, viewer: Viewer) -> Entry:
    """Return the entry of what an operation has told a viewer; what was typed is hashed with the journal's key."""
    typed = "\x1f".join(reads.searched)
    return Entry(
        at=utc_text(datetime.now(UTC)),
        subject=viewer.name,
        roles=tuple(sorted(viewer.grants)),
        stores=tuple(sorted(viewer.stores)),
        purpose=viewer.purpose,
        operation=operation,
        customers=tuple(sorted(reads.customers)),
        things=tuple(sorted(reads.things)),
        tags=tuple(sorted(reads.tags)),
        searched=hmac.digest(journal.key, typed.encode(), sha256).hex() if typed else None,
        request=REQUEST_ID.get() or "",
    )
