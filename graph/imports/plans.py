"""The plan of an import: which entry of the mapping reads which file, and what a file must have for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from graph.errors import InvalidInput
from graph.imports.files import FORMATS, columns_of
from graph.imports.mapping import MappingFile
from graph.imports.rules import Rule

NUMBER_OF_DOUBLED = re.compile(r" \(\d+\)$")


class NoFileForIt(InvalidInput):
    """No path that was given leads to a file of the mapping."""


@dataclass(frozen=True, slots=True)
class Step:
    """One rule with the files that it reads."""

    rule: Rule
    files: tuple[Path, ...]
    lookups: Mapping[str, tuple[Path, ...]]
    absent: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """By file, the columns that it may lack and lacks."""
    unread: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """By file, the columns that no step reads; of the first step only."""


def plan(mapping: MappingFile, paths: Sequence[Path]) -> list[Step]:
    """Say which rule reads which file. InvalidInput for a path that no rule reads or a column that a file lacks."""
    files = list(dict.fromkeys(chain.from_iterable(_files(mapping, path) for path in paths)))
    steps = [_step(mapping, rule, files) for rule in mapping.events if any(_reads(mapping, rule, path) for path in files)]
    if not steps:
        wanted = sorted({pattern for rule in mapping.events for pattern in rule.files})
        raise NoFileForIt(f"No file here is one that the mapping reads: {', '.join(wanted)}.")
    unread = _unread_columns(mapping, steps)
    told = [replace(step, absent=_absent_columns(mapping, step)) for step in steps]
    return [replace(told[0], unread=unread), *told[1:]]


def _unread_columns(mapping: MappingFile, steps: Sequence[Step]) -> dict[str, tuple[str, ...]]:
    """Return by file the columns that no entry reads: a name that the mapping knows by another word would be lost unseen."""
    read: dict[Path, set[str]] = {}
    for step in steps:
        for path in step.files:
            read.setdefault(path, set()).update(step.rule.row_columns)
    unread = {path.name: _unread(columns_of(path, mapping.text) or (), names) for path, names in read.items()}
    return {name: columns for name, columns in unread.items() if columns}


def _unread(known: Iterable[str], read: set[str]) -> tuple[str, ...]:
    """Return what is not read; one of a doubled column is read as `name (1)`."""
    single = {_once(name) for name in read}
    return tuple(name for name in known if name and _once(name) not in single)


def _once(column: str) -> str:
    return NUMBER_OF_DOUBLED.sub("", column)


def rules_without_files(mapping: MappingFile, steps: Sequence[Step]) -> list[Rule]:
    """Return the entries of the mapping for which no file is there."""
    return [rule for rule in mapping.events if all(step.rule is not rule for step in steps)]


def _reads(mapping: MappingFile, rule: Rule, path: Path) -> bool:
    """A file that was named and fits no pattern is for the entries of a mapping that all read the same file."""
    one = len({frozenset(other.files) for other in mapping.events}) == 1 and not rule.lookups
    return rule.reads(path) or (one and not _known(mapping, path))


def _known(mapping: MappingFile, path: Path) -> bool:
    return any(rule.reads(path) or any(lookup.reads(path) for lookup in rule.lookups.values()) for rule in mapping.events)


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
        needed += [(path, rule.needed_of_lookup(name)) for path in paths]
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
