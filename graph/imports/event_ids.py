"""The ids of the events of files: the same row makes the same event again."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from graph import keys
from graph.imports.evaluation import Row
from graph.imports.rules import Rule


def event_id(rule: Rule, file: str, rows: Sequence[Row], said: Mapping[str, Any]) -> str:
    """Return the id of the event that rows of a file make, which says what is `said`."""
    if rule.across_files:
        return keys.opaque("Said", rule.name, _written(said))
    identity = rule.id.evaluate(rows, 0) if rule.id else None
    return str(identity) if identity is not None else _of_content(rule, file, rows)


def _of_content(rule: Rule, file: str, rows: Sequence[Row]) -> str:
    """An id from the name of the file and what stands in the rows, so that the same file makes the same events again."""
    content = [{name: cell for name, cell in row.items() if not rule.of_lookup(name)} for row in rows]
    return keys.opaque("Row", rule.name, unicodedata.normalize("NFC", file), _written(content))


def _written(content: object) -> str:
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS, default=str).decode()
