"""A real IMAP server with one mailbox, in memory, for as long as a module of tests needs it."""

from __future__ import annotations

import imaplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

USER, PASSWORD = "shop", "made-up"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="module")
def imap_port() -> Iterator[int]:
    port = free_port()
    program = Path(sys.executable).with_name("pymap")
    options = ["--no-tls", "--host", "127.0.0.1", "--port", str(port), "dict", "--demo-user", USER, "--demo-password", PASSWORD]
    with subprocess.Popen([program, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        while True:
            assert server.poll() is None, "the server did not start"
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                continue
        yield port
        server.terminate()


def put(port: int, *messages: bytes) -> None:
    with imaplib.IMAP4("127.0.0.1", port) as box:
        box.login(USER, PASSWORD)
        for message in messages:
            box.append("INBOX", "", "", message)
