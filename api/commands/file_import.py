"""One import of files: the drafts of a mapping, recorded with a checkpoint after each commit and a file of rejects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import tzinfo
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import orjson

from graph.identity.blocking import ListedValues
from graph.identity.normalising.dates import TOKYO
from graph.imports.checkpoint import Checkpoint, holds, import_name, read_checkpoint, save_checkpoint
from graph.imports.drafts import drafts
from graph.imports.importing import Batch, Reject, count_rows, import_drafts
from graph.imports.mapping import load_mapping
from graph.imports.plans import Step, plan
from graph.store import Store


class Progress(Protocol):
    """Who shows how far an import is."""

    def begin(self, steps: Sequence[Step], resumed: int) -> None: ...
    def skip(self, rows: Mapping[str, int]) -> None: ...
    def advance(self, batch: Batch) -> None: ...


@dataclass(frozen=True, slots=True)
class FileImport:
    """What to import and where its traces go. `graph` names the graph, `folder` is for checkpoints and spilled rows."""

    mapping: Path
    paths: Sequence[Path]
    graph: str
    folder: Path
    rejects: Path
    digest_key: bytes
    listed: ListedValues
    dry_run: bool = False
    time_zone: tzinfo = TOKYO
    once: bool = False
    """Do nothing where the same import has finished before and the graph still holds it."""

    @property
    def rejects_file(self) -> Path:
        """A dry run lists what it would reject beside the rejects of a real import, which stay."""
        return self.rejects.with_suffix(f".dry-run{self.rejects.suffix}") if self.dry_run else self.rejects


async def import_files(store: Store, job: FileImport, progress: Progress) -> Counter[str]:
    """Import and return how many events had which outcome; an import that was cut short goes on where it was.

    Raises InvalidInput for a mapping or paths that do not hold, and the store's errors; then the checkpoint stays.
    """
    mapping = load_mapping(job.mapping)
    steps = plan(mapping, job.paths)
    files = sorted({path for step in steps for path in (*step.files, *(one for paths in step.lookups.values() for one in paths))})
    checkpoint_path = job.folder / f"{import_name(job.mapping, files, job.graph)}.json"
    begun = await _begun(store, checkpoint_path, job)
    if begun.finished:
        return Counter(begun.outcomes)
    progress.begin(steps, begun.drafts)
    job.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    trace = _Trace(job, checkpoint_path, begun, progress)
    with TemporaryDirectory(dir=job.folder, prefix="spill-") as spill, closing(drafts(mapping, steps, Path(spill))) as made:
        progress.skip(count_rows(islice(made, begun.drafts)))
        await import_drafts(
            store, made, job.digest_key, trace.committed, listed=job.listed, time_zone=job.time_zone, dry_run=job.dry_run
        )
    trace.finish()
    return trace.outcomes


async def _begun(store: Store, path: Path, job: FileImport) -> Checkpoint:
    known = None if job.dry_run else read_checkpoint(path)
    if known is None or (known.finished and not job.once) or not await holds(store, known):
        return Checkpoint()
    return known


class _Trace:
    """What is kept after each commit: first the rejects, then the checkpoint that knows how long their file is."""

    def __init__(self, job: FileImport, path: Path, begun: Checkpoint, progress: Progress) -> None:
        self._job = job
        self._path = path
        self._progress = progress
        self._done = begun.drafts
        self._receipt = begun.receipt
        self.outcomes = Counter(begun.outcomes)
        # Rejects of a batch whose checkpoint was never saved are written again with it.
        self._rejects_bytes = begun.rejects_bytes
        if job.rejects_file.exists():
            with job.rejects_file.open("r+b") as file:
                file.truncate(min(begun.rejects_bytes, file.seek(0, 2)))

    def committed(self, batch: Batch) -> None:
        self._done += batch.drafts
        self._receipt = batch.receipt or self._receipt
        self.outcomes.update(batch.outcomes)
        if batch.rejects:
            self._rejects_bytes = _append(self._job.rejects_file, batch.rejects)
        self._save(finished=False)
        self._progress.advance(batch)

    def finish(self) -> None:
        self._save(finished=True)

    def _save(self, *, finished: bool) -> None:
        if not self._job.dry_run:
            save_checkpoint(self._path, Checkpoint(self._done, self._rejects_bytes, self._receipt, dict(self.outcomes), finished))


def _append(path: Path, rejects: Sequence[Reject]) -> int:
    with path.open("ab") as file:
        file.writelines(orjson.dumps(asdict(reject)) + b"\n" for reject in rejects)
        return file.tell()
