"""What the jobs of this installation do, and where their files lie."""

from __future__ import annotations

from pathlib import Path

from admin.documents.document import documents
from api.process.local_keys import local_key
from api.process.settings import Settings
from graph.audit.journal import Journal
from graph.datasets.asking import EXPORT as DATA_EXPORT
from graph.datasets.exporting import DataExporting
from graph.erasure.erasing import ERASURE, Erasing
from graph.exports.exporting import EXPORT, Exporting
from graph.jobs.running import Kinds
from graph.retention.keeping import RETENTION, Keeping
from graph.store import Store
from graph.words import CATALOGUE


def exporting(settings: Settings, store: Store) -> Exporting:
    pages = documents(CATALOGUE, settings.business_time_zone)
    return Exporting(store, exports_folder(settings), pages, settings.export_retention_days)


def exports_folder(settings: Settings) -> Path:
    return settings.data_folder / "exports"


def erasing(settings: Settings, store: Store) -> Erasing:
    """The hashes are made with the key of the digests, which every process that takes events has."""
    key, file = local_key(settings.data_folder, "digests"), settings.data_folder / "erasures.jsonl"
    return Erasing(store, key, file, exports_folder(settings))


def keeping(settings: Settings, store: Store, journal: Journal) -> Keeping:
    return Keeping(store, settings.retention_days, journal.folder, journal.key, journal.name)


def job_kinds(exports: Exporting, erasures: Erasing, retention: Keeping, tables: DataExporting) -> Kinds:
    return {EXPORT: exports.run, ERASURE: erasures.run, RETENTION: retention.run, DATA_EXPORT: tables.run}
