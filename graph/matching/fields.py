"""Which columns of a data set hold what: the mapping of `customer360 identity evaluate`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from graph.errors import InvalidInput

KINDS = (
    "given_name", "surname", "full_name", "given_kana", "surname_kana", "birth_date", "gender", "email", "phone", "number",
    "address", "home", "postcode", "place", "category", "text",
)  # fmt: skip
"""What a column can hold. `number` is one person's alone; `home` is an address that those who live together share;
`category` has few values, `text` is compared as it is written."""
_KEYS = ("id", "source", "distinct_within_source", "verified_email", "fields")


@dataclass(frozen=True, slots=True)
class Declared:
    """Kinds with their columns; `id` and `source` are columns too, None where rows have no id or no source of their own.

    `distinct` says that records of one source are all of different people. `verified` says that mail addresses are proven.
    """

    columns: Mapping[str, tuple[str, ...]]
    id: str | None = None
    source: str | None = None
    distinct: bool = False
    verified: bool = False

    def has(self, *kinds: str) -> bool:
        return any(kind in self.columns for kind in kinds)

    @property
    def named(self) -> tuple[str, ...]:
        """All columns that the mapping names."""
        own = [column for column in (self.id, self.source) if column]
        return tuple(dict.fromkeys([*own, *(column for columns in self.columns.values() for column in columns)]))


def read_declared(told: Any) -> Declared:
    """Return what a mapping as read from YAML declares; raises InvalidInput with a sentence that says where it is wrong."""
    table = _table(told, "The mapping")
    for key in table:
        if key not in _KEYS:
            raise InvalidInput(f"The mapping has no key {key}: it knows {', '.join(_KEYS)}.")
    fields = _table(table.get("fields"), "fields")
    if not fields:
        raise InvalidInput("The mapping declares no fields: `fields:` with `kind: column` below it.")
    columns: dict[str, tuple[str, ...]] = {}
    for kind, named in fields.items():
        if kind not in KINDS:
            raise InvalidInput(f"fields: {kind} is no kind of field: they are {', '.join(KINDS)}.")
        columns[kind] = _columns(kind, named)
    return Declared(
        columns,
        _column(table, "id"),
        _column(table, "source"),
        _switch(table, "distinct_within_source"),
        _switch(table, "verified_email"),
    )


def _table(told: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(told, dict):
        raise InvalidInput(f"{where} must be a table: `key: value` in lines.")
    return cast("dict[str, Any]", told)


def _columns(kind: str, named: Any) -> tuple[str, ...]:
    columns: Sequence[Any] = cast("list[Any]", named) if isinstance(named, list) else [named]
    if not columns or not all(isinstance(column, str) and column for column in columns):
        raise InvalidInput(f"fields: {kind} must name a column, or a list of columns.")
    return tuple(columns)


def _column(table: Mapping[str, Any], key: str) -> str | None:
    named = table.get(key)
    if named is not None and not (isinstance(named, str) and named):
        raise InvalidInput(f"{key} must name one column.")
    return named


def _switch(table: Mapping[str, Any], key: str) -> bool:
    told = table.get(key, False)
    if not isinstance(told, bool):
        raise InvalidInput(f"{key} must be true or false.")
    return told
