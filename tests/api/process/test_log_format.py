"""Log lines: one JSON object each when piped, and no text of an exception in any of them."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import suppress

import pytest
import structlog

from api.process.log_format import configure_logging

SECRET = "090-0000-1234"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    configure_logging(terminal=False)
    yield stream
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def fail() -> None:
    raise KeyError(SECRET)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_our_own_lines_are_json_with_their_values(written: io.StringIO) -> None:
    structlog.stdlib.get_logger("customer360.test").info("made", count=3)
    [line] = lines(written)
    assert (line["event"], line["count"], line["level"], line["logger"]) == ("made", 3, "info", "customer360.test")


@pytest.mark.parametrize("foreign", [True, False])
def test_an_exception_is_logged_as_its_type_and_places_only(written: io.StringIO, foreign: bool) -> None:
    log = logging.getLogger("library") if foreign else structlog.stdlib.get_logger("customer360.test")
    try:
        fail()
    except KeyError:
        log.exception("failed")
    [line] = lines(written)
    assert line["kind"] == "KeyError"
    assert str(line["places"]).endswith("fail']")
    assert SECRET not in written.getvalue()


def test_an_exception_that_is_handed_over_is_treated_alike(written: io.StringIO) -> None:
    logging.getLogger("library").error("failed", exc_info=KeyError(SECRET))
    assert lines(written)[0]["kind"] == "KeyError"
    assert SECRET not in written.getvalue()


def test_a_name_that_is_told_to_be_quiet_is_quiet(written: io.StringIO) -> None:
    logging.getLogger("customer360.quiet").setLevel(logging.WARNING)
    log = structlog.stdlib.get_logger("customer360.quiet")
    log.info("not wanted")
    log.warning("wanted")
    assert [line["event"] for line in lines(written)] == ["wanted"]


def test_a_disk_that_is_full_under_the_log_fails_nobody(written: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123 (a device of Linux that is always full)
        monkeypatch.setattr(sys, "stderr", full)
        configure_logging(terminal=False)
        structlog.stdlib.get_logger("customer360.test").error("lost")
        assert written.getvalue() == ""
        with suppress(OSError):
            full.close()
