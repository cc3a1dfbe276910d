"""Processes of this machine, told apart from later ones that got the same number."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

TETHER = Path(__file__).with_name("tether.py")
PROC = Path("/proc")


def start_of(pid: int) -> str | None:
    """Return a text that only this process has for its number, or None if it does not run."""
    if PROC.joinpath("self/stat").exists():
        try:
            fields = PROC.joinpath(str(pid), "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return None
        boot = PROC.joinpath("sys/kernel/random/boot_id").read_text().strip()
        # Fields 3 and 22 of stat: a zombie has ended, and the ticks from boot to start.
        return None if fields[0] == "Z" else f"{boot} {fields[19]}"
    shown = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return shown.stdout.strip() or None


def holder_of(home: Path) -> int | None:
    """Return the process whose command line says that it runs a Neo4j in this folder, or None."""
    wanted = f"--home-dir={home}".encode()
    for entry in PROC.glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if wanted in words:
            return int(entry.parent.name)
    return None


def spawn(command: list[str], output: IO[bytes], *, tethered: bool) -> subprocess.Popen[bytes]:
    """Start the command in a session of its own, so that Ctrl-C reaches only us and we can end in order.

    A tethered one ends with the calling thread (Linux), so call from the main thread.
    """
    if tethered:
        command = [sys.executable, "-I", "-S", str(TETHER), str(os.getpid()), *command]
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
    )


def send(pid: int, start: str, number: signal.Signals) -> None:
    """Signal the process, unless it is gone or another one has its number."""
    if start_of(pid) == start:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
