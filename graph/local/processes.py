"""Processes of this machine, told apart from later ones that got the same number."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

TETHER = Path(__file__).with_name("tether.py")
PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Process:
    """A process; `start` is a text that only this one has among all that ever get its number."""

    pid: int
    start: str

    def is_alive(self) -> bool:
        return _start_of(self.pid) == self.start

    def send(self, number: signal.Signals) -> None:
        """Signal it, unless it has ended."""
        if self.is_alive():
            try:
                os.kill(self.pid, number)
            except ProcessLookupError:
                return


def process(pid: int) -> Process:
    """Return the process that has this number now; one that has ended already is not alive."""
    return Process(pid, _start_of(pid) or "ended")


def _start_of(pid: int) -> str | None:
    if PROC.joinpath("self/stat").exists():
        try:
            fields = PROC.joinpath(str(pid), "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return None
        boot = PROC.joinpath("sys/kernel/random/boot_id").read_text().strip()
        # Fields 3 and 22 of stat: a zombie has ended, and the ticks from boot to start.
        return None if fields[0] == "Z" else f"{boot} {fields[19]}"
    shown = subprocess.run(["/bin/ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return shown.stdout.strip() or None


def holder_of(path: Path) -> int | None:
    """Return a process that has this file open, as far as this user may see (Linux), or None."""
    wanted = str(path.resolve())
    for descriptor in PROC.glob("[0-9]*/fd/*"):
        try:
            if str(descriptor.readlink()) == wanted:
                return int(descriptor.parts[2])
        except OSError:
            continue
    return None


def spawn(command: list[str], output: IO[bytes], *, tethered: bool) -> subprocess.Popen[bytes]:
    """Start the command in a session of its own, so that Ctrl-C reaches only us and we can end in order.

    A tethered one ends with the calling thread (Linux), so call from the main thread.
    """
    if tethered:
        command = [sys.executable, "-I", "-S", str(TETHER), str(os.getpid()), *command]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
