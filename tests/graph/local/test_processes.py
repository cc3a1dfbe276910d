"""Processes are told apart from their successors, and a tethered one does not outlive its owner."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from graph.local import processes
from graph.local.processes import Process, holder_of, process

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

PAUSE = [sys.executable, "-c", "import signal; print('up', flush=True); signal.pause()"]

OWNER = f"""
import signal, sys
from graph.local.processes import spawn
child = spawn({PAUSE!r}, sys.stdout.buffer, tethered=True)
print(child.pid, flush=True)
signal.pause()
"""


def wait_for_end(pidfd: int) -> None:
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    assert poll.poll(30_000)
    os.close(pidfd)


def test_this_process_is_alive_and_one_that_has_ended_is_not() -> None:
    assert process(os.getpid()).is_alive()
    with subprocess.Popen(PAUSE, stdout=subprocess.DEVNULL) as child:
        running = process(child.pid)
        assert running.is_alive()
        pidfd = os.pidfd_open(child.pid)
        running.send(signal.SIGKILL)
        wait_for_end(pidfd)
        assert not running.is_alive()  # a zombie still, since nobody has waited for it
    assert not running.is_alive()
    assert not process(child.pid).is_alive()


def test_a_process_that_has_the_number_of_another_is_not_signalled() -> None:
    with subprocess.Popen(PAUSE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        earlier = Process(child.pid, "an earlier start")
        assert not earlier.is_alive()
        earlier.send(signal.SIGKILL)
        child.terminate()
        assert child.wait() == -signal.SIGTERM


def test_who_holds_a_file_open_is_found_also_through_a_link(tmp_path: Path) -> None:
    path = tmp_path / "held"
    path.touch()
    (tmp_path / "link").symlink_to(tmp_path)
    assert holder_of(path) is None
    with path.open():
        assert holder_of(tmp_path / "link" / "held") == os.getpid()


def test_a_tethered_process_ends_when_its_owner_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", OWNER], stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        said = {owner.stdout.readline().strip(), owner.stdout.readline().strip()}
        [pid] = [int(line) for line in said if line != b"up"]
        pidfd = os.pidfd_open(pid)
        owner.kill()
    wait_for_end(pidfd)


def test_a_process_whose_owner_is_gone_before_it_is_tethered_does_not_start() -> None:
    command = [sys.executable, "-I", "-S", str(processes.TETHER), str(os.getppid()), *PAUSE]
    done = subprocess.run(command, capture_output=True, check=False, timeout=30)
    assert (done.returncode, done.stdout) == (1, b"")
