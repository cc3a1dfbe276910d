"""How log lines look: readable on a terminal, JSON lines when piped; always on stderr, never with personal data."""

from __future__ import annotations

import logging
import sys
import traceback
from contextlib import suppress
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any, TextIO, cast

import orjson
import structlog
from structlog.types import EventDict, Processor

from api.telemetry.measures import LOG_LINES

REQUEST_ID: ContextVar[str] = ContextVar("REQUEST_ID", default="")
"""What ties the lines of one request together; empty outside of one."""

LEVELS = logging.getLevelNamesMapping()


def with_request_id(_: object, __: str, line: EventDict) -> EventDict:
    if request_id := REQUEST_ID.get():
        line["request_id"] = request_id
    return line


def counted(_: object, method: str, line: EventDict) -> EventDict:
    """Count a line of our own that somebody may have to do something about; the text of a library is not told."""
    if (level := LEVELS.get(method.upper(), 0)) >= logging.WARNING and "_record" not in line:
        LOG_LINES.labels(logging.getLevelName(level).lower(), line["event"]).inc()
    return line


def without_values(_: object, __: str, line: EventDict) -> EventDict:
    """Replace an exception by its type and places: its text, and the variables of its frames, can hold anything."""
    given: Any = line.pop("exc_info", None)
    if given:
        # An exception, or the triple that goes with one, or True for the one that is being handled.
        error = cast("Any", given[1] if isinstance(given, tuple) else given)
        raised = error if isinstance(error, BaseException) else sys.exception()
        line["kind"] = type(raised).__name__
        line["places"] = places(raised)
    return line


def places(error: BaseException | None) -> list[str]:
    """Return where an error happened, outermost first, as `file:line function`."""
    frames = traceback.extract_tb(error.__traceback__ if error else None)
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]


class _Unfailing:
    """Drops what cannot be written: a full disk under the log must not fail what is logged of."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()


class _NamedLogger(structlog.WriteLogger):
    """Knows the name that it was asked for by, and heeds the level that the standard library has for it."""

    def __init__(self, file: TextIO, name: str) -> None:
        super().__init__(cast("TextIO", _Unfailing(file)))
        self.name = name
        self.heard_from = logging.getLogger(name).isEnabledFor


def _heard(logger: _NamedLogger, method: str, line: EventDict) -> EventDict:
    """Drop a line below the level of its logger."""
    if not logger.heard_from(LEVELS[method.upper()]):
        raise structlog.DropEvent
    return line


def _json(line: object, **_: Any) -> str:
    return orjson.dumps(line, default=repr).decode()


SHARED: list[Processor] = [
    with_request_id,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    counted,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_values,
]


def configure_logging(*, terminal: bool | None = None) -> None:
    """Send structlog's and the libraries' lines to stderr in one format; `terminal` is found out unless given."""
    readable = sys.stderr.isatty() if terminal is None else terminal
    renderer = structlog.dev.ConsoleRenderer() if readable else structlog.processors.JSONRenderer(serializer=_json)
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for talkative in ("uvicorn",):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    # Our own lines go past the standard library, which looks for its caller on every one of them.
    structlog.configure(
        processors=[_heard, *SHARED, renderer],
        logger_factory=partial(_NamedLogger, sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
