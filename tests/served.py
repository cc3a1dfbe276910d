"""The program as a process of its own: started, waited for by what it prints, stopped in order."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from api.process.settings import Settings
from graph.local import LocalServer

PROGRAM = str(Path(sys.executable).with_name("customer360"))
STOP_SECONDS = 60


@dataclass
class Served:
    """`said` is what it has printed on stdout so far, up to the last address."""

    process: subprocess.Popen[str]
    root: str
    said: list[str] = field(default_factory=list)

    def status(self, path: str) -> int:
        with urllib.request.urlopen(self.root + path, timeout=10) as answer:
            return answer.status

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        self.process.communicate(timeout=STOP_SECONDS)
        return self.process.returncode


def environment(**settings: str) -> dict[str, str]:
    """Return the environment of this process with these settings and no others."""
    others = {name.upper() for name in Settings.model_fields}
    return {name: value for name, value in os.environ.items() if name not in others} | settings


def graph_of(server: LocalServer) -> dict[str, str]:
    """Return the settings that name a running server."""
    return {"NEO4J_URI": server.uri, "NEO4J_USER": server.user, "NEO4J_PASSWORD": server.password}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(folder: Path, settings: Mapping[str, str], command: Sequence[str] = (PROGRAM, "serve")) -> Iterator[Served]:
    """Yield the program, ready on a free port of its own; fails with its messages if it ends before that."""
    port = free_port()
    env = environment(**{"HOST": "127.0.0.1", "PORT": str(port), "DATA_FOLDER": str(folder / "data"), **settings})
    messages = folder / "messages.log"
    with messages.open("w") as errors:
        process = subprocess.Popen(list(command), cwd=folder, env=env, stdout=subprocess.PIPE, stderr=errors, text=True)
    running = Served(process, f"http://127.0.0.1:{port}")
    try:
        assert process.stdout is not None
        for line in process.stdout:
            running.said.append(line.rstrip("\n"))
            if line.startswith("Events"):
                break
        else:
            raise AssertionError(f"it ended before it was ready: {messages.read_text()}")
        yield running
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
