"""The progress of the download: plain lines when piped, a bar on a terminal, nothing if there is nothing to fetch."""

from __future__ import annotations

import io

from rich.console import Console

from graph.local.progress import WHAT, download_progress


def shown(*reports: tuple[int, int], terminal: bool) -> str:
    output = io.StringIO()
    with download_progress(Console(file=output, force_terminal=terminal, width=120)) as report:
        for done, total in reports:
            report(done, total)
    return output.getvalue()


def test_without_a_report_nothing_is_shown_when_piped() -> None:
    assert shown(terminal=False) == ""


def test_piped_it_is_a_few_plain_lines() -> None:
    lines = shown(*((done, 100) for done in range(1, 101)), terminal=False).splitlines()
    assert lines == [f"{WHAT}: {done} of 100 files" for done in (1, 25, 50, 75, 100)]


def test_on_a_terminal_it_is_a_bar_that_is_drawn_over() -> None:
    output = shown((50, 100), (100, 100), terminal=True)
    assert "100/100" in output
    assert "\x1b[" in output


def test_on_a_terminal_without_a_report_no_bar_appears() -> None:
    assert WHAT not in shown(terminal=True)
