"""Drafts: the raw events that a mapping makes of files, in a fixed order, each with the line it comes from."""

from __future__ import annotations

import unicodedata
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from graph import keys
from graph.errors import InvalidInput
from graph.imports import transforms
from graph.imports.expressions import MODIFIED
from graph.imports.files import FORMATS, columns_of, read_rows
from graph.imports.mapping import MappingFile, Rule
from graph.imports.operations import Row
from graph.imports.rows import FileRow
from graph.imports.workbench import Workbench

LARGEST_GROUP = 10_000


class NoFileForIt(InvalidInput):
    """No path that was given leads to a file of the mapping."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One event to be, exactly as POST /events would get it, or the problem of a row. `rows` is how many rows it took."""

    rule: str
    file: str
    line: int
    rows: int
    event: dict[str, Any] | None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One rule with the files that it reads."""

    rule: Rule
    files: tuple[Path, ...]
    lookups: Mapping[str, tuple[Path, ...]]
    absent: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """By file, the columns that it may lack and lacks."""


def plan(mapping: MappingFile, paths: Sequence[Path]) -> list[Step]:
    """Say which rule reads which file. InvalidInput for a path that no rule reads or a column that a file lacks."""
    files = list(dict.fromkeys(chain.from_iterable(_files(mapping, path) for path in paths)))
    steps = [_step(mapping, rule, files) for rule in mapping.events if any(_reads(mapping, rule, path) for path in files)]
    if not steps:
        wanted = sorted({pattern for rule in mapping.events for pattern in rule.files})
        raise NoFileForIt(f"No file here is one that the mapping reads: {', '.join(wanted)}.")
    return [replace(step, absent=_absent_columns(mapping, step)) for step in steps]


def rules_without_files(mapping: MappingFile, steps: Sequence[Step]) -> list[Rule]:
    """Return the entries of the mapping for which no file is there."""
    return [rule for rule in mapping.events if all(step.rule is not rule for step in steps)]


def _reads(mapping: MappingFile, rule: Rule, path: Path) -> bool:
    """A file that was named and fits no pattern is for the entries of a mapping that all read the same file."""
    one = len({frozenset(other.files) for other in mapping.events}) == 1 and not rule.lookups
    return rule.reads(path) or (one and not _known(mapping, path))


def _known(mapping: MappingFile, path: Path) -> bool:
    return any(rule.reads(path) or any(lookup.reads(path) for lookup in rule.lookups.values()) for rule in mapping.events)


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


def _files(mapping: MappingFile, path: Path) -> list[Path]:
    if path.is_dir():
        found = (file for file in path.iterdir() if file.is_file() and file.suffix.lower() in FORMATS)
        return sorted(file for file in found if _known(mapping, file))
    if not path.is_file():
        raise InvalidInput(f"There is no file {path}.")
    wanted = _known(mapping, path) or any(_reads(mapping, rule, path) for rule in mapping.events)
    if path.suffix.lower() not in FORMATS or not wanted:
        raise InvalidInput(f"No entry of the mapping reads {path.name}, or it is none of {', '.join(FORMATS)}.")
    return [path]


def _step(mapping: MappingFile, rule: Rule, files: Sequence[Path]) -> Step:
    lookups = {name: tuple(path for path in files if lookup.reads(path)) for name, lookup in rule.lookups.items()}
    missing = [pattern for name, found in lookups.items() if not found for pattern in rule.lookups[name].files]
    if missing:
        raise InvalidInput(f"The entry {rule.name} of the mapping also needs {', '.join(missing)} among the paths.")
    return Step(rule, tuple(path for path in files if _reads(mapping, rule, path)), lookups)


def _absent_columns(mapping: MappingFile, step: Step) -> dict[str, tuple[str, ...]]:
    """Return by file what it may lack and lacks; InvalidInput where it lacks what it needs."""
    rule = step.rule
    needed = [(path, rule.distinct or rule.needed_columns) for path in step.files]
    for name, paths in step.lookups.items():
        needed += [(path, [rule.lookups[name].key, *rule.lookup_columns(name)]) for path in paths]
    absent: dict[str, tuple[str, ...]] = {}
    for path, wanted in needed:
        known = columns_of(path, mapping.text)
        if known is None:
            continue
        if lacking := [column for column in wanted if column not in known]:
            raise InvalidInput(_lacking(rule, path, lacking, known))
        if path in step.files and rule.needs is not None:
            absent[path.name] = tuple(column for column in rule.row_columns if column not in known)
    return {name: columns for name, columns in absent.items() if columns}


def _lacking(rule: Rule, path: Path, lacking: Sequence[str], known: Sequence[str]) -> str:
    twice = [column for column in lacking if f"{column} (1)" in known]
    hint = f" {path.name} names {twice[0]} more than once: write `${twice[0]} (1)` or `${twice[0]} (2)`." if twice else ""
    return f"The entry {rule.name} of the mapping names columns that {path.name} lacks: {', '.join(lacking)}.{hint}"


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
    columns = rule.where.columns
    says = [{name: cell for name in columns if (cell := transforms.present(row.get(name))) is not None} for row in rows]
    return [row for row, own in zip(rows, says, strict=True) if rule.where.takes({**says[0], **own})] if columns else rows


def _event(mapping: MappingFile, rule: Rule, file: str, rows: Sequence[Row]) -> dict[str, Any]:
    """Return the raw event of a group; ValueError where a cell cannot be read or the rows contradict each other."""
    if len(rows) > 1:
        _check_agreement(rule, rows)
        rows = [_filled(rule, rows), *rows[1:]]
    identity = rule.id.evaluate(rows, 0) if rule.id else None
    event: dict[str, Any] = {
        "specversion": "1.0",
        "type": rule.type,
        "source": mapping.source,
        "id": str(identity) if identity is not None else _content_id(rule, file, rows),
        "data": rule.data.evaluate(rows, 0),
    }
    if rule.subject and (subject := transforms.text(rule.subject.evaluate(rows, 0))) is not None:
        event["subject"] = str(subject)
    if (time := rule.time.evaluate(rows, 0)) is not None:
        event["time"] = time
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


def _content_id(rule: Rule, file: str, rows: Sequence[Row]) -> str:
    """An id from the name of the file and what stands in the rows, so that the same file makes the same events again."""
    content = [{name: cell for name, cell in row.items() if not rule.of_lookup(name)} for row in rows]
    written = orjson.dumps(content, option=orjson.OPT_SORT_KEYS, default=str).decode()
    return keys.opaque("Row", rule.name, unicodedata.normalize("NFC", file), written)
