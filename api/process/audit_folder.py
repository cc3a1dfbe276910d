"""Where the read audit of this installation is kept, and the key that its lines are signed with."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from api.process.local_keys import local_key
from api.process.settings import Settings
from graph.audit.journal import Journal
from graph.free_space import MEGABYTE, Room


def audit_folder(settings: Settings) -> Path:
    return settings.data_folder / "audit"


def audit_key(settings: Settings) -> bytes:
    return local_key(settings.data_folder, "audit")


def audit_room(settings: Settings) -> Room:
    return Room(audit_folder(settings), settings.free_megabytes * MEGABYTE)


def journal_of(settings: Settings) -> Journal:
    """Return the journal of this process; its files have a name of their own, since several may share the folder."""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{os.getpid()}"
    return Journal(audit_folder(settings), name, audit_key(settings), room=audit_room(settings))
