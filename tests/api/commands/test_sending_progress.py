"""How far a load is: plain lines where stderr is a pipe, a bar on a terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

from api.commands.sending_progress import counted

TWO_PARTS = """
from api.commands.sending_progress import counted
with counted("Events", 3) as sent:
    sent(2)
    sent(1)
"""


def test_a_pipe_gets_a_line_at_the_start_and_one_at_the_end(capfd: pytest.CaptureFixture[str]) -> None:
    with counted("Events", 2_000) as sent:
        sent(1_000)
        sent(1_000)
    assert capfd.readouterr().err.splitlines() == ["Events: 2,000 to send", "Events: 2,000 of 2,000"]


def test_a_terminal_gets_a_bar_that_ends_full() -> None:
    ours, theirs = pty.openpty()
    subprocess.run([sys.executable, "-c", TWO_PARTS], stderr=theirs, check=True, env={**os.environ, "TERM": "xterm"})
    os.close(theirs)
    with os.fdopen(ours, "rb") as terminal:
        shown = terminal.read1(65_536).decode()
    assert "━" in shown
    assert "3/3" in shown
    assert "to send" not in shown
