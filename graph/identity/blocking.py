"""Values that identify nobody: those that a company lists, those that programs fill in, and those that too many people give."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import translate

from graph.errors import InvalidInput
from graph.identity.normalising.identifiers import read_identifier
from graph.identity.normalising.names import is_default_name
from graph.identity.normalising.nothing import nothing_in
from graph.vocabulary import IDENTIFIER_KINDS

WARNED_FROM, REVIEWED_FROM, QUARANTINED_FROM = 3, 8, 20
"""Distinct given names from which a value counts as shared, joins nobody without a person, and joins nobody at all."""
HOMES_QUARANTINED_FROM = 40
"""The same for an address: a house may have many flats."""

_DEFAULT_MAIL = re.compile(r"(?:no-?reply|do-?not-?reply|none|no-?mail|dummy|unknown|x+)@.*")
_DEFAULT_NUMBER = re.compile(r"0{4,}|9{6,}")


@dataclass(frozen=True, slots=True)
class ListedValues:
    """What a company says identifies nobody, such as its own telephone numbers: kind -> normalised values, and patterns."""

    values: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    patterns: Mapping[str, re.Pattern[str]] = field(default_factory=dict[str, re.Pattern[str]])

    def has(self, kind: str, value: str) -> bool:
        """Tell whether a normalised value is listed; what is listed as a telephone number holds for a fax too."""
        listed_as = "PHONE" if kind == "FAX" else kind
        pattern = self.patterns.get(listed_as)
        return value in self.values.get(listed_as, ()) or (pattern is not None and pattern.fullmatch(value) is not None)


NOTHING_LISTED = ListedValues()


def read_listed_values(stated: Mapping[str, object]) -> ListedValues:
    """Read `{"values": {kind: [value]}, "patterns": {kind: [pattern]}}`; a pattern is a value with * and ?.

    Raises InvalidInput, naming the place and not the value.
    """
    for name in stated.keys() - {"values", "patterns"}:
        raise InvalidInput(f"Blocked values: there is no table {name}; use values and patterns.")
    values = {kind: frozenset(_normalised(kind, listed)) for kind, listed in _by_kind(stated, "values")}
    patterns = {kind: re.compile("|".join(map(translate, listed))) for kind, listed in _by_kind(stated, "patterns") if listed}
    return ListedValues(values, patterns)


def _by_kind(stated: Mapping[str, object], table: str) -> Iterable[tuple[str, Sequence[str]]]:
    by_kind = stated.get(table, {})
    if not isinstance(by_kind, dict):
        raise InvalidInput(f"Blocked values: {table} is a table of lists.")
    for kind, listed in by_kind.items():  # pyright: ignore[reportUnknownVariableType]
        if kind not in IDENTIFIER_KINDS:
            raise InvalidInput(f"Blocked values: {table} has a kind that there is not; use {', '.join(IDENTIFIER_KINDS)}.")
        if not isinstance(listed, list) or not all(isinstance(value, str) for value in listed):  # pyright: ignore[reportUnknownVariableType]
            raise InvalidInput(f"Blocked values: {table}.{kind} is a list of texts.")
        yield str(kind), listed  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _normalised(kind: str, listed: Sequence[str]) -> Iterable[str]:
    for number, value in enumerate(listed, 1):
        reading = read_identifier(kind, value)
        if not reading.text:
            raise InvalidInput(f"Blocked values: values.{kind}, number {number}, is empty.")
        yield from (each.value for each in reading.values)
        if not reading.values:
            yield reading.text  # kept so where a source sends it


def is_default_value(kind: str, value: str) -> bool:
    """Tell whether a normalised value only fills a field: 000-0000-0000, noreply@, 0000, 未設定."""
    if nothing_in(kind, value) is not None or (kind == "EMAIL" and _DEFAULT_MAIL.fullmatch(value)):
        return True
    return kind not in ("PHONE", "FAX", "EMAIL") and (is_default_name(value) or _DEFAULT_NUMBER.fullmatch(value) is not None)


def most_names(given_names: Iterable[str]) -> int:
    """Return how many distinct given names were given in the script that has most; forms are a script, a colon and a name."""
    return max(Counter(name.partition(":")[0] for name in set(given_names)).values(), default=0)


def state_by_names(given_names: Iterable[str], *, home: bool = False) -> str:
    """Return the state of a value that holders of these given names have: it only ever grows graver."""
    count = most_names(given_names)
    if count >= (HOMES_QUARANTINED_FROM if home else QUARANTINED_FROM):
        return "QUARANTINED"
    return "SHARED" if count >= WARNED_FROM else "ACTIVE"
