"""The mapping file: one declarative YAML file that says how the files of one source become events."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, cast

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from graph.errors import InvalidInput
from graph.imports.encodings import encoding_called
from graph.imports.expressions import MODIFIED, compile_expression, compile_fields
from graph.imports.files import matches
from graph.imports.operations import Expression
from graph.imports.row_filters import EVERY_ROW, RowFilter, row_filter
from graph.imports.rows import NULL_WORDS, Text
from graph.imports.transforms import time_zone


def _names(given: object) -> object:
    return [given] if isinstance(given, str) else given


def _composed(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", name) for name in names)


def _words(given: object) -> object:
    """YAML reads an unquoted NULL as nothing, and "\\N" in double quotes as a line break of its own."""
    words = cast("list[object]", given) if isinstance(given, list) else [given]
    return NULL_WORDS.union("\\N" if word == "\x85" else str(word) for word in words if word is not None)


Value = Annotated[Expression, BeforeValidator(lambda node: compile_expression(node, "here"))]
Fields = Annotated[Expression, BeforeValidator(lambda node: compile_fields(node, "data"))]
Names = Annotated[tuple[str, ...], BeforeValidator(_names), AfterValidator(_composed)]
Filter = Annotated[RowFilter, BeforeValidator(row_filter)]
Encodings = Annotated[tuple[str, ...], BeforeValidator(_names), AfterValidator(lambda names: tuple(map(encoding_called, names)))]
Words = Annotated[frozenset[str], BeforeValidator(_words)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Lookup(Strict):
    """Columns of another file, found by equal keys: `$name.column`. Of several rows with one key the first counts."""

    files: Names = Field(min_length=1)
    key: str
    """The column of that file."""
    column: str | None = None
    """The column of this row; that of the same name unless given."""

    def reads(self, path: Path) -> bool:
        return matches(path.name, self.files)


class Rule(Strict):
    """How rows become events of one type: one for each row, each distinct key, or each group of rows."""

    name: str
    type: str
    files: Names = Field(min_length=1)
    distinct: Names = ()
    lookups: Mapping[str, Lookup] = Field(default_factory=dict)
    group_by: Names = ()
    where: Filter = EVERY_ROW
    """Which rows are taken; of the others nothing is said."""
    needs: Names | None = None
    """The columns that a file must have; every one that is read unless stated. Others may be missing."""
    adjacent: bool = False
    """States that the rows of a group stand together in the file, so that it need not be sorted."""
    id: Value | None = None
    subject: Value | None = None
    time: Value
    data: Fields

    @model_validator(mode="after")
    def _fits(self) -> Rule:
        if self.distinct and self.group_by:
            raise ValueError("`distinct` and `group_by` exclude each other")
        if unread := [name for name in self.needs or () if name not in self.row_columns]:
            raise ValueError(f"`needs` names {', '.join(unread)}, which the entry does not read")
        if self.adjacent and not self.group_by:
            raise ValueError("`adjacent` says something about `group_by`, which is missing")
        if self.distinct and (foreign := [name for name in self.row_columns if name not in self.distinct]):
            raise ValueError(f"of distinct rows only {', '.join(self.distinct)} and lookups are known, not {', '.join(foreign)}")
        return self

    @property
    def expressions(self) -> list[Expression]:
        return [part for part in (self.id, self.subject, self.time, self.data) if part is not None]

    @property
    def head_columns(self) -> frozenset[str]:
        """The columns that every row of a group must agree on."""
        return frozenset(self.group_by).union(*(part.head for part in self.expressions))

    @property
    def line_columns(self) -> frozenset[str]:
        """The columns that are read of every row of a group."""
        return frozenset[str]().union(*(part.inner for part in self.expressions))

    @property
    def columns(self) -> frozenset[str]:
        read = frozenset(self.group_by) | self.where.columns
        return read.union(*(part.head | part.inner for part in self.expressions))

    @property
    def row_columns(self) -> list[str]:
        """The columns that the rows themselves must have, without those of lookups."""
        joined = {lookup.column or lookup.key for lookup in self.lookups.values()}
        return sorted({name for name in self.columns if name != MODIFIED and not self.of_lookup(name)} | joined)

    def lookup_columns(self, lookup: str) -> list[str]:
        """The columns that the file of a lookup must have besides its key, without the lookup's name before them."""
        return sorted(name.removeprefix(f"{lookup}.") for name in self.columns if self.of_lookup(name) == lookup)

    def of_lookup(self, column: str) -> str | None:
        """Return the lookup that the column belongs to, None for a column of the row itself."""
        return next((name for name in self.lookups if column.startswith(f"{name}.")), None)

    @property
    def needed_columns(self) -> list[str]:
        """The columns without which a file is not read."""
        if self.needs is None:
            return self.row_columns
        joined = (lookup.column or lookup.key for lookup in self.lookups.values())
        return sorted({*self.needs, *self.distinct, *self.group_by, *joined})

    def reads(self, path: Path) -> bool:
        return matches(path.name, self.files)


class MappingFile(Strict):
    """One source. Times without an offset are of `time_zone`; a single `$time` may state another `zone`."""

    source: str = Field(min_length=1)
    time_zone: str
    encoding: Encodings = Field(default=("utf-8-sig",), min_length=1)
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    skip: int = Field(default=0, ge=0)
    null: Words = NULL_WORDS
    events: tuple[Rule, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _state_the_zone(cls, given: object) -> object:
        """Fill the zone of the file into every `$time` that states none, and make the time of each event one."""
        if not isinstance(given, dict):
            raise ValueError("a mapping is an object with source, time_zone and events")
        # `null:` as a key is nothing to YAML too.
        tree = {"null" if key is None else str(key): value for key, value in cast("dict[object, Any]", given).items()}
        zone = str(tree.get("time_zone", ""))
        time_zone(zone)
        rules = tree.get("events")
        return (
            tree | {"events": [_with_zone(_timed(rule), zone) for rule in cast("list[object]", rules)]}
            if isinstance(rules, list)
            else tree
        )

    @model_validator(mode="after")
    def _has_distinct_names(self) -> MappingFile:
        if len({rule.name for rule in self.events}) < len(self.events):
            raise ValueError("every entry of `events` needs a name of its own")
        return self

    @property
    def text(self) -> Text:
        read = frozenset[str]().union(*(rule.row_columns for rule in self.events))
        for rule in self.events:
            read = read.union(*([lookup.key, *rule.lookup_columns(name)] for name, lookup in rule.lookups.items()))
        return Text(self.encoding, self.delimiter, self.skip, self.null, read)


def _timed(rule: object) -> object:
    """`time: $column` is short for `time: {$time: $column}`."""
    if not isinstance(rule, dict) or "time" not in rule:
        return cast("object", rule)
    fields = cast("dict[str, object]", rule)
    time = fields["time"]
    stated = isinstance(time, dict) and "$time" in time
    return fields if stated else {**fields, "time": {"$time": cast("object", time)}}


def _with_zone(node: object, zone: str) -> object:
    if isinstance(node, dict):
        filled = {key: _with_zone(child, zone) for key, child in cast("dict[object, object]", node).items()}
        return {"zone": zone, **filled} if "$time" in filled else filled
    return [_with_zone(child, zone) for child in cast("list[object]", node)] if isinstance(node, list) else node


def load_mapping(path: Path) -> MappingFile:
    """Read a mapping file; InvalidInput says in which entry what is wrong."""
    tree: object = None
    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
        return MappingFile.model_validate(tree)
    except OSError as problem:
        raise InvalidInput(f"The mapping {path.name} cannot be read: {problem.strerror}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise InvalidInput(f"The mapping {path.name} is no YAML in UTF-8: {problem}") from None
    except ValidationError as problem:
        raise InvalidInput("\n".join([f"The mapping {path.name} does not hold:", *_sentences(problem, tree)])) from None


def _sentences(problem: ValidationError, tree: object) -> Sequence[str]:
    found = problem.errors()
    # pydantic counts an entry that does not hold as a missing one; that says nothing more.
    told = [error for error in found if len(found) == 1 or (error["type"], error["loc"]) != ("too_short", ("events",))]
    return [f"  {_place(error['loc'], tree)}: {error['msg'].removeprefix('Value error, ')}" for error in told]


def _place(location: tuple[int | str, ...], tree: object) -> str:
    """`events[orders].data` instead of `events.3.data`."""
    place = ""
    for step in location:
        tree = _child(tree, step)
        place += f"[{_child(tree, 'name') or step}]" if isinstance(step, int) else f".{step}"
    return place.removeprefix(".") or "the file"


def _child(tree: Any, step: int | str) -> Any:
    try:
        return tree[step]
    except (KeyError, IndexError, TypeError):
        return None
