"""From raw JSON to facts: the envelope, the digest, the contract, and the reader of each event type."""

from __future__ import annotations

import re
from datetime import tzinfo
from hashlib import blake2b
from typing import Any, cast

import orjson
from pydantic import ValidationError

from graph.erasure.traces import traces_of
from graph.events.claims import marking
from graph.events.contract import Envelope
from graph.events.event_type import EventType
from graph.events.facts import Event
from graph.events.invalid import InvalidEvent, InvalidJson, UnknownType, WrongVersion, from_validation, json_pointer
from graph.identity.blocking import NOTHING_LISTED, ListedValues
from graph.identity.normalising.dates import TOKYO, Calendar
from graph.intake.event_types import EVENT_TYPES
from graph.threads.naming import with_names

__all__ = ["InvalidEvent", "digest_of", "read_event"]

_ATTRIBUTE_NAME = re.compile(r"[a-z0-9]+")


def read_event(raw: object, digest_key: bytes, listed: ListedValues = NOTHING_LISTED, time_zone: tzinfo = TOKYO) -> Event:
    """Return the facts of one CloudEvent, given as decoded JSON; raises InvalidEvent, and nothing else.

    `digest_key` (at most 64 bytes) keys the digest by which a repeat with another body is told, and the hashes by which
    what was erased is known and our messages are told from forged ones; `listed` are the
    values that identify nobody in this company, `time_zone` is where its days begin.
    """
    if not isinstance(raw, dict):
        raise InvalidEvent("An event is a JSON object.", "")
    fields = cast("dict[str, Any]", raw)
    digest = digest_of(fields, digest_key)
    event_type = _type_of(fields)
    event = _validated(fields, event_type)
    facts = event_type.read(event, Calendar.at(event.time, time_zone))
    if listed is not NOTHING_LISTED:
        facts = facts.marked(marking(listed))
    facts = with_names(facts, digest_key)
    traces = traces_of(facts, digest_key)
    return Event(event.source, event.id, event_type.name, event.time, digest, facts, traces)


def digest_of(raw: dict[str, Any], digest_key: bytes) -> str:
    """Return the keyed hash (32 hex digits) of the canonical JSON of an event: sorted keys, no white space."""
    try:
        canonical = orjson.dumps(raw, option=orjson.OPT_SORT_KEYS)
    except (TypeError, RecursionError) as error:
        raise InvalidJson("Send plain JSON: valid Unicode, whole numbers within 64 bits, not nested deeply.", "") from error
    return blake2b(canonical, key=digest_key, digest_size=16).hexdigest()


def _type_of(fields: dict[str, Any]) -> EventType:
    if fields.get("specversion") != "1.0":
        raise WrongVersion('Send CloudEvents with "specversion": "1.0".', json_pointer("specversion"))
    name = fields.get("type")
    found = EVENT_TYPES.get(name) if isinstance(name, str) else None
    if found is None:
        raise UnknownType(f"Use one of these types: {', '.join(EVENT_TYPES)}.", json_pointer("type"))
    return found


def _validated(fields: dict[str, Any], event_type: EventType) -> Envelope:
    for name in fields:
        if name == "data_base64":
            raise InvalidEvent("Send `data` as JSON; `data_base64` is not taken.", json_pointer(name))
        if not _ATTRIBUTE_NAME.fullmatch(name):
            raise InvalidEvent("Names of envelope attributes are lower-case letters and digits.", json_pointer(name))
    try:
        return event_type.model.model_validate(fields)
    except ValidationError as error:
        raise from_validation(error, fields) from None
