"""Processes that a benchmark talks to: the product, the baseline, and the Neo4j that both use."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx2

START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(command: Sequence[str | Path], address: str, environment: Mapping[str, str]) -> Iterator[int]:
    """Run a command until the block ends and yield its process id; it is ready when `address` answers anything at all."""
    running = subprocess.Popen(command, env=os.environ | dict(environment), stdout=subprocess.DEVNULL)
    try:
        _await_answer(running, address)
        yield running.pid
    finally:
        running.terminate()
        running.wait(timeout=30)


def resident_megabytes(pid: int) -> float:
    """Return how much memory a process holds at this moment; Linux only."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _await_answer(running: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if running.poll() is not None:
            raise SystemExit(f"A server of the benchmark ended with exit code {running.returncode}.")
        with suppress(httpx2.TransportError):
            httpx2.get(address)
            return
        time.sleep(0.1)
    raise SystemExit(f"A server of the benchmark did not answer within {START_SECONDS} seconds.")
