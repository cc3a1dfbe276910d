"""How tables are exported here: where to, and how rows are read and recorded."""

from __future__ import annotations

from api.process.audit_entries import entry_of
from api.process.job_kinds import exports_folder
from api.process.settings import Settings
from graph.audit.journal import Journal
from graph.datasets.exporting import DataExporting
from graph.jobs.job import Job
from graph.store import Store
from resolvers.access.viewer import Viewer
from resolvers.datasets.columns import COLUMNS
from resolvers.datasets.reading import Rows, cursor, removed
from resolvers.execution import Response


def rows_as(store: Store, journal: Journal, viewer: Viewer) -> Rows:
    """Return what reads rows as a viewer, each page recorded in the read audit before it is used."""

    async def recorded(response: Response, viewer: Viewer) -> None:
        if response.reads.personal:
            await journal.record(entry_of(journal, response.operation, response.reads, viewer))

    return Rows(store, viewer, recorded)


def data_exporting(settings: Settings, store: Store, journal: Journal) -> DataExporting:
    def read_as(job: Job) -> Rows:
        """Read in the roles in which the job was asked for; its reason is the purpose."""
        roles = frozenset(job.request["roles"])
        return rows_as(store, journal, Viewer(job.asked_by, roles=roles, purpose=job.reason))

    folder, days = exports_folder(settings), settings.export_retention_days
    return DataExporting(store, folder, days, COLUMNS, read_as, removed, cursor)
