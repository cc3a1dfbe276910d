"""An entry of the mapping: how rows of some files become events of one type, and which columns it reads for that."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from graph.imports.evaluation import Expression
from graph.imports.expressions import MODIFIED, compile_expression, compile_fields
from graph.imports.files import matches
from graph.imports.row_filters import EVERY_ROW, RowFilter, row_filter


def as_list(given: object) -> object:
    """A single name may stand for a list of one."""
    return [given] if isinstance(given, str) else given


def _composed(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", name) for name in names)


Value = Annotated[Expression, BeforeValidator(lambda node: compile_expression(node, "here"))]
Fields = Annotated[Expression, BeforeValidator(lambda node: compile_fields(node, "data"))]
Names = Annotated[tuple[str, ...], BeforeValidator(as_list), AfterValidator(_composed)]
Filter = Annotated[RowFilter, BeforeValidator(row_filter)]


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
    when: Value | None = None
    """Where it is empty, a row or group makes no event."""
    across_files: bool = False
    """States that what is said again, in whichever file, is the same event: its id follows from what it says."""
    id: Value | None = None
    subject: Value | None = None
    time: Value
    data: Fields

    @model_validator(mode="after")
    def _fits(self) -> Rule:
        if self.distinct and self.group_by:
            raise ValueError("`distinct` and `group_by` exclude each other")
        if unread := [name for name in self.needs or () if name not in {*self.row_columns, *self.columns}]:
            raise ValueError(f"`needs` names {', '.join(unread)}, which the entry does not read")
        if self.adjacent and not self.group_by:
            raise ValueError("`adjacent` says something about `group_by`, which is missing")
        if self.across_files and self.id:
            raise ValueError("`across_files` makes the id, which is given too")
        if self.distinct and (foreign := [name for name in self.row_columns if name not in self.distinct]):
            raise ValueError(f"of distinct rows only {', '.join(self.distinct)} and lookups are known, not {', '.join(foreign)}")
        return self

    @property
    def expressions(self) -> list[Expression]:
        return [part for part in (self.when, self.id, self.subject, self.time, self.data) if part is not None]

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
        own = (name for name in self.needs if not self.of_lookup(name))
        return sorted({*own, *self.distinct, *self.group_by, *joined})

    def needed_of_lookup(self, lookup: str) -> list[str]:
        """The columns without which a file of the lookup is not read, by their names there."""
        read = self.lookup_columns(lookup)
        wanted = read if self.needs is None else [name for name in read if f"{lookup}.{name}" in self.needs]
        return [self.lookups[lookup].key, *wanted]

    def reads(self, path: Path) -> bool:
        return matches(path.name, self.files)
