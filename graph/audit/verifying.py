"""Whether the files are as they were written, and the graph has what they have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import LiteralString

from graph.audit.chain import Broken, checked
from graph.audit.copying import files_of, process_of
from graph.audit.removing import Beginning, beginning_of
from graph.store import Store

READ_IDS: LiteralString = "MATCH (e:AuditEntry {file: $p.file}) RETURN e.id"
READ_FILES: LiteralString = "MATCH (f:AuditFile) RETURN f.name, f.lines ORDER BY f.name"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a file; `line` counts from 1, 0 where it is about the file as a whole."""

    file: str
    line: int
    what: str


@dataclass(slots=True)
class Verified:
    """`ids` are the hashes of the lines of each file that hold, `beginnings` where the record of each process begins."""

    ids: dict[str, list[str]]
    findings: list[Finding]
    beginnings: dict[str, Beginning | None]

    def is_over(self, file: str) -> bool:
        """Tell whether a file was removed since its time was over."""
        beginning = self.beginnings.get(process_of(file))
        return beginning is not None and beginning.covers(file)


def verify_files(folder: Path, key: bytes) -> Verified:
    """Check the chain of each process over all its files."""
    verified = Verified({}, [], {})
    paths = files_of(folder)
    for note in folder.glob("*.begin"):
        verified.beginnings[note.stem] = beginning_of(folder, key, note.stem)
    for process, files in groupby(paths, key=lambda path: process_of(path.name)):
        beginning = verified.beginnings[process] = beginning_of(folder, key, process)
        if beginning is None:
            verified.findings.append(Finding(f"{process}.begin", 0, "was changed, so nobody knows where the record begins"))
            continue
        before = beginning.before
        for path in (each for each in files if not beginning.covers(each.name)):
            ids = verified.ids[path.name] = []
            try:
                for _, digest in checked(key, _whole_lines(path), before):
                    ids.append(digest)
            except Broken as broken:
                verified.findings.append(Finding(path.name, broken.line, "was changed, or a line before it is gone"))
                break
            before = ids[-1] if ids else before
    return verified


def _whole_lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file without the last one if it has no end: a process ended in the middle, and told nobody."""
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                return
            yield line


async def compare_with_graph(store: Store, verified: Verified) -> Iterable[Finding]:
    """Return where the graph has what no line says, and where it lacks what it says that it has copied."""
    findings: list[Finding] = []
    broken = {process_of(finding.file) for finding in verified.findings}
    for file, lines in await store.read(READ_FILES):
        ids = verified.ids.get(file)
        if process_of(file) in broken or verified.is_over(file):
            continue
        if ids is None:
            findings.append(Finding(file, 0, "is gone; the graph has its entries"))
            continue
        copied = {own for (own,) in await store.read(READ_IDS, {"file": file})}
        if len(ids) < lines:
            findings.append(Finding(file, len(ids) + 1, f"is gone, and what follows it: the graph has copied {lines} lines"))
        for number, own in enumerate(ids[:lines], 1):
            if own not in copied:
                findings.append(Finding(file, number, "is not in the graph any more"))
        if extra := copied - set(ids):
            findings.append(Finding(file, 0, f"has no line for {len(extra)} entries of the graph"))
    return findings
