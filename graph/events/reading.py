"""From raw JSON to facts: the envelope, the digest, the contract, and the reader of each event type."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Any, cast

import orjson
from pydantic import ValidationError

from graph.events.claims import marked
from graph.events.consents import read_consent
from graph.events.contacts import read_interaction, read_order
from graph.events.contract import (
    EVENT_MODELS,
    ConsentEvent,
    Envelope,
    InteractionEvent,
    OrderEvent,
    PersonEvent,
    ProductEvent,
    StoreEvent,
)
from graph.events.facts import Consent, Contact, Event, Person, Subject
from graph.events.invalid import InvalidEvent, InvalidJson, UnknownType, WrongVersion, from_validation, json_pointer
from graph.events.listings import read_product, read_store
from graph.events.persons import read_person
from graph.identity.blocking import NOTHING_LISTED, ListedValues

__all__ = ["InvalidEvent", "digest_of", "read_event"]

_ATTRIBUTE_NAME = re.compile(r"[a-z0-9]+")


def read_event(raw: object, digest_key: bytes, listed: ListedValues = NOTHING_LISTED) -> Event:
    """Return the facts of one CloudEvent, given as decoded JSON; raises InvalidEvent, and nothing else.

    `digest_key` (at most 64 bytes) keys the digest by which a repeat with another body is told; `listed` are the
    values that identify nobody in this company.
    """
    if not isinstance(raw, dict):
        raise InvalidEvent("An event is a JSON object.", "")
    fields = cast("dict[str, Any]", raw)
    digest = digest_of(fields, digest_key)
    event = _validated(fields)
    subject = _read_subject(event)
    if listed is not NOTHING_LISTED and isinstance(subject, Person | Contact | Consent):
        subject = marked(subject, listed)
    return Event(source=event.source, id=event.id, type=fields["type"], time=event.time, digest=digest, subject=subject)


def digest_of(raw: dict[str, Any], digest_key: bytes) -> str:
    """Return the keyed hash (32 hex digits) of the canonical JSON of an event: sorted keys, no white space."""
    try:
        canonical = orjson.dumps(raw, option=orjson.OPT_SORT_KEYS)
    except (TypeError, RecursionError) as error:
        raise InvalidJson("Send plain JSON: valid Unicode, whole numbers within 64 bits, not nested deeply.", "") from error
    return blake2b(canonical, key=digest_key, digest_size=16).hexdigest()


def _validated(fields: dict[str, Any]) -> Envelope:
    if fields.get("specversion") != "1.0":
        raise WrongVersion('Send CloudEvents with "specversion": "1.0".', json_pointer("specversion"))
    event_type = fields.get("type")
    model = EVENT_MODELS.get(event_type) if isinstance(event_type, str) else None
    if model is None:
        raise UnknownType(f"Use one of these types: {', '.join(EVENT_MODELS)}.", json_pointer("type"))
    for name in fields:
        if not _ATTRIBUTE_NAME.fullmatch(name):
            raise InvalidEvent("Names of envelope attributes are lower-case letters and digits.", json_pointer(name))
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        raise from_validation(error, fields) from None


def _read_subject(event: Envelope) -> Subject:
    match event:
        case PersonEvent():
            return read_person(event.data, event.source, event.subject)
        case StoreEvent():
            return read_store(event.data, event.subject)
        case ProductEvent():
            return read_product(event.data, event.subject)
        case OrderEvent():
            return read_order(event.data, event.source, event.subject or event.id, event.subject)
        case InteractionEvent():
            return read_interaction(event.data, event.source, event.subject or event.id, event.subject)
        case ConsentEvent():
            return read_consent(event.data, event.source, event.subject or event.id)
        case _:
            raise AssertionError("every model of the contract has a reader")
