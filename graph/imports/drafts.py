"""Drafts: the raw events that a mapping makes of files, in a fixed order, each with the line it comes from."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from graph.imports import transforms
from graph.imports.evaluation import Row
from graph.imports.event_ids import event_id
from graph.imports.expressions import MODIFIED
from graph.imports.files import read_rows
from graph.imports.mapping import MappingFile
from graph.imports.plans import Step
from graph.imports.rows import FileRow
from graph.imports.rules import Rule
from graph.imports.workbench import Workbench

LARGEST_GROUP = 10_000


@dataclass(frozen=True, slots=True)
class Draft:
    """One event to be, exactly as POST /events would get it, or the problem of a row. `rows` is how many rows it took."""

    rule: str
    file: str
    line: int
    rows: int
    event: dict[str, Any] | None
    problem: str | None = None


def drafts(mapping: MappingFile, steps: Sequence[Step], folder: Path) -> Generator[Draft]:
    """Yield the drafts of all steps. Memory stays bounded; what must be sorted spills into `folder`."""
    with Workbench(folder, mapping.text) as workbench:
        for step in steps:
            rule, modified = step.rule, _modified(step.files)
            for file, rows in _sources(mapping, step, workbench):
                dated = (replace(row, values={**row.values, MODIFIED: modified}) for row in rows)
                yield from _of_rows(mapping, rule, file, dated if MODIFIED in rule.columns else rows)


def _modified(paths: Sequence[Path]) -> str:
    """Return when the newest of the files was changed last, in UTC."""
    return datetime.fromtimestamp(max(int(path.stat().st_mtime) for path in paths), UTC).isoformat()


def _sources(mapping: MappingFile, step: Step, workbench: Workbench) -> Iterator[tuple[str, Iterable[FileRow]]]:
    rule = step.rule
    if not (rule.distinct or rule.lookups or (rule.group_by and not rule.adjacent)):
        for path in step.files:
            yield path.name, read_rows(path, mapping.text)
        return
    for path in dict.fromkeys(chain(step.files, *step.lookups.values())):
        yield path.name, workbench.stage(path)
    if rule.distinct:
        yield "+".join(path.name for path in step.files), workbench.rows(rule, step.files, step.lookups)
        return
    for path in step.files:
        yield path.name, workbench.rows(rule, [path], step.lookups)


def _of_rows(mapping: MappingFile, rule: Rule, file: str, rows: Iterable[FileRow]) -> Iterator[Draft]:
    """Make a draft of each row or group; a row that cannot be read is a draft of its own."""
    for group in _groups(rule, rows):
        first = group[0]
        if first.problem is not None:
            yield Draft(rule.name, file, first.line, 1, None, first.problem)
            continue
        taken = _taken(rule, [row.values for row in group])
        if not taken:
            continue
        try:
            event = _event(mapping, rule, file, taken)
            if event is not None:
                yield Draft(rule.name, file, first.line, len(group), event)
        except ValueError as problem:
            yield Draft(rule.name, file, first.line, len(group), None, str(problem))


def _groups(rule: Rule, rows: Iterable[FileRow]) -> Iterator[list[FileRow]]:
    """Yield the rows that make one event together. No group grows past `LARGEST_GROUP`: memory stays bounded."""
    group: list[FileRow] = []
    key: list[object] = []
    for row in rows:
        of_row = [transforms.present(row.values.get(name)) for name in rule.group_by]
        if row.problem is not None or not rule.group_by:
            yield [row]
        elif None in of_row:
            yield [FileRow(row.line, problem=f"no value in {', '.join(rule.group_by)}, by which rows are grouped")]
        elif of_row == key and len(group) < LARGEST_GROUP:
            group.append(row)
        else:
            if group:
                yield group
            group, key = [row], of_row
    if group:
        yield group


def _taken(rule: Rule, rows: Sequence[Row]) -> Sequence[Row]:
    """Return the rows of a group that the entry takes; one that leaves a column blank goes with the first, which says it."""
    columns = rule.where.cells
    if not columns:
        return rows
    says = [{name: cell for name in columns if (cell := transforms.present(row.get(name))) is not None} for row in rows]
    return [row for row, own in zip(rows, says, strict=True) if rule.where.takes({**says[0], **own})]


def _event(mapping: MappingFile, rule: Rule, file: str, rows: Sequence[Row]) -> dict[str, Any] | None:
    """Return the raw event of a group, None where it makes none.

    ValueError where a cell cannot be read or the rows contradict each other.
    """
    if len(rows) > 1:
        _check_agreement(rule, rows)
        rows = [_filled(rule, rows), *rows[1:]]
    if rule.when and rule.when.evaluate(rows, 0) is None:
        return None
    event: dict[str, Any] = {
        "specversion": "1.0",
        "type": rule.type,
        "source": mapping.source,
        "data": rule.data.evaluate(rows, 0),
    }
    if rule.subject and (subject := transforms.text(rule.subject.evaluate(rows, 0))) is not None:
        event["subject"] = str(subject)
    if (time := rule.time.evaluate(rows, 0)) is not None:
        event["time"] = time
    event["id"] = event_id(rule, file, rows, event)
    return event


def _told(rows: Sequence[Row], name: str) -> list[object]:
    """Return what the rows say in a column, without those that leave it blank."""
    return [cell for row in rows if (cell := transforms.present(row.get(name))) is not None]


def _check_agreement(rule: Rule, rows: Sequence[Row]) -> None:
    """Rows may leave a column blank, as where an export writes the order on its first row only."""
    if disputed := sorted(name for name in rule.head_columns if len({str(cell) for cell in _told(rows, name)}) > 1):
        raise ValueError(f"the rows of one {', '.join(rule.group_by)} disagree on {', '.join(disputed)}")


def _filled(rule: Rule, rows: Sequence[Row]) -> Row:
    """Return the first row with what it leaves blank and a later row says; columns of the lines stay as they are."""
    return {**rows[0], **{name: cells[0] for name in rule.head_columns - rule.line_columns if (cells := _told(rows, name))}}
