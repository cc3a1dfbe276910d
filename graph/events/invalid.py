"""Why an event cannot be accepted; each has a code, says what to do, and points at the place in the event.

InvalidEvent               INVALID_EVENT           a field is missing, unknown or not in its shape
├── InvalidJson            INVALID_JSON            it is no JSON, or no JSON that can be kept
├── WrongVersion           WRONG_VERSION           `specversion` is not 1.0
├── UnknownType            UNKNOWN_TYPE            no such event type
├── AmountsDoNotAddUp      AMOUNTS_DO_NOT_ADD_UP   total or line amount differs from what the rest says
└── UncertainContactPoint  UNCERTAIN_CONTACT_POINT a consent is about a contact point that cannot be read with certainty
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from graph.errors import InvalidInput
from graph.touchpoints import INTERACTION_KINDS


class InvalidEvent(InvalidInput):
    code = "INVALID_EVENT"


class InvalidJson(InvalidEvent):
    code = "INVALID_JSON"


class WrongVersion(InvalidEvent):
    code = "WRONG_VERSION"


class UnknownType(InvalidEvent):
    code = "UNKNOWN_TYPE"


class AmountsDoNotAddUp(InvalidEvent):
    code = "AMOUNTS_DO_NOT_ADD_UP"


class UncertainContactPoint(InvalidEvent):
    code = "UNCERTAIN_CONTACT_POINT"


_MESSAGES = {
    "extra_forbidden": "This field is not in the contract; check its spelling.",
    "missing": "This field is required.",
    "union_tag_invalid": f"This is no kind of interaction; use one of {', '.join(INTERACTION_KINDS)}.",
    "union_tag_not_found": "An interaction needs a kind.",
    "string_unicode": "This text holds half a character (a lone surrogate); send valid Unicode.",
}


def json_pointer(*path: str | int) -> str:
    """Return the JSON pointer (RFC 6901) of a path: ("data", "lines", 0) is `/data/lines/0`."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def from_validation(error: ValidationError, raw: object) -> InvalidEvent:
    """Return the first thing that is wrong, without the value that was given: it may be personal."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    message = _MESSAGES.get(first["type"]) or f"{first['msg'].removeprefix('Value error, ')}."
    path = _path(first["loc"], first["type"], raw)
    if first["type"].startswith("union_tag_"):
        path.append("kind")
    return InvalidEvent(message, json_pointer(*path))


def _path(location: tuple[str | int, ...], error_type: str, raw: object) -> list[str | int]:
    # A location also names the branches of unions; only what can be walked in the event is part of the pointer.
    path: list[str | int] = []
    node: Any = raw
    for index, part in enumerate(location):
        try:
            node = node[part]
            path.append(part)
        except (KeyError, TypeError, IndexError):
            if error_type == "missing" and index == len(location) - 1:
                path.append(part)
    return path
