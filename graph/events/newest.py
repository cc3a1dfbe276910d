"""Newest wins, attribute by attribute: the stamps that make late, repeated and re-batched events converge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

import orjson

from graph.keys import POSITION_TIME

Stamps = dict[str, str]
"""Attribute name -> the stamp (time, source, event id) of the event that set it."""


def utc_text(moment: datetime) -> str:
    """Return a moment as UTC text of fixed width, which sorts as time does."""
    return moment.astimezone(UTC).strftime(POSITION_TIME).zfill(27)


def stamp(time: str, source: str, event_id: str) -> str:
    """Return one text that sorts as (time, source, event id): a tab sorts before all that a source may contain."""
    return f"{time}\t{source}\t{event_id}"


def take_newer(stamps: Stamps, attributes: Iterable[str], event: str) -> list[str]:
    """Put the event's stamp on each attribute that it is the newest to set, and return those attributes."""
    won = [name for name in attributes if stamps.get(name, "") < event]
    for name in won:
        stamps[name] = event
    return won


def read_stamps(text: str | None) -> Stamps:
    """Read stamps as stored: JSON of stamp -> attribute names, since one event sets most attributes of a node."""
    grouped: Mapping[str, list[str]] = orjson.loads(text) if text else {}
    return {name: event for event, names in grouped.items() for name in names}


def write_stamps(stamps: Stamps) -> str:
    """Write stamps as stored, in one order whatever the order of arrival."""
    grouped: dict[str, list[str]] = {}
    for name in sorted(stamps):
        grouped.setdefault(stamps[name], []).append(name)
    return orjson.dumps(grouped, option=orjson.OPT_SORT_KEYS).decode()
