"""Processes that a benchmark talks to: the product, the baseline, and the Neo4j that both use."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import httpx2

from api.http.serving import PLANNED

START_SECONDS = 300
PLANNING_SECONDS = 1_200


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(command: Sequence[str | Path], address: str, environment: Mapping[str, str]) -> Iterator[int]:
    """Run a command until the block ends and yield its process id; it is ready when `address` answers anything at all."""
    running = subprocess.Popen(command, env=os.environ | dict(environment), stdout=subprocess.DEVNULL)
    try:
        _await(running, lambda: _answers(address))
        yield running.pid
    finally:
        running.terminate()
        running.wait(timeout=30)


@contextmanager
def product(address: str, environment: Mapping[str, str], *, planned: bool = True) -> Iterator[int]:
    """Run the product until the block ends and yield its process id, once it has printed its addresses: then it is ready.

    With `planned` it has also planned all its pages by then, which takes the time of the answers beside it.
    """
    with tempfile.TemporaryFile("w+b") as printed:
        command = [Path(sys.executable).with_name("customer360"), "serve"]
        running = subprocess.Popen(command, env=os.environ | dict(environment), stdout=printed, stderr=subprocess.STDOUT)
        try:
            _await(running, lambda: address.encode() in _read(printed))
            if planned:
                _await(running, lambda: PLANNED.encode() in _read(printed), PLANNING_SECONDS)
            yield running.pid
        finally:
            running.terminate()
            running.wait(timeout=30)


def resident_megabytes(pid: int) -> float:
    """Return how much memory a process holds at this moment; Linux only."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _answers(address: str) -> bool:
    with suppress(httpx2.TransportError):
        httpx2.get(address)
        return True
    return False


def _read(printed: IO[bytes]) -> bytes:
    printed.seek(0)
    return printed.read()


def _await(running: subprocess.Popen[bytes], ready: Callable[[], bool], seconds: float = START_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if running.poll() is not None:
            raise SystemExit(f"A server of the benchmark ended with exit code {running.returncode}.")
        if ready():
            return
        time.sleep(0.1)
    raise SystemExit(f"A server of the benchmark did not answer within {seconds:.0f} seconds.")
