"""What setting up a machine does where something is missing: root installs it, others are told the command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SETUP = Path(__file__).parents[2] / "deploy" / "setup.sh"
SH = "/bin/sh"


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder of programs in which there is a python3 without venv, no Chromium, and an apt-get that only notes."""
    programs = tmp_path / "bin"
    programs.mkdir()
    scripts = {
        "python3": f'case "$2" in *ensurepip*) exit 1;; esac; exec {sys.executable} "$@"',
        "apt-get": f'echo "$*" >> {tmp_path}/installed; exit 1',
    }
    for name, script in scripts.items():
        (programs / name).write_text(f"#!{SH}\n{script}\n")
        (programs / name).chmod(0o755)
    return programs


def set_up(what: str, programs: Path, user: int) -> subprocess.CompletedProcess[str]:
    (programs / "id").write_text(f"#!{SH}\necho {user}\n")
    (programs / "id").chmod(0o755)
    env = {**os.environ, "PATH": str(programs)}
    env.pop("PYTHON", None)
    return subprocess.run([SH, SETUP, what], cwd=programs.parent, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("what", "package"), [("environment", "python3-venv"), ("browser", "chromium")])
def test_who_is_not_root_is_told_the_command_and_nothing_is_installed(bare: Path, what: str, package: str) -> None:
    done = set_up(what, bare, user=1000)
    assert done.returncode == 1
    assert f"sudo apt-get update && sudo apt-get install -y {package}" in done.stderr
    assert not (bare.parent / "installed").exists()


@pytest.mark.parametrize("what", ["environment", "browser"])
def test_root_brings_the_package_lists_up_to_date_and_stops_where_that_fails(bare: Path, what: str) -> None:
    done = set_up(what, bare, user=0)
    assert done.returncode == 1
    assert (bare.parent / "installed").read_text() == "update -q\n"
    assert not (bare.parent / ".venv").exists()


def test_a_python_that_is_too_old_is_refused_in_words(bare: Path) -> None:
    (bare / "python3").write_text(f"#!{SH}\nexit 1\n")
    done = set_up("environment", bare, user=1000)
    assert done.returncode == 1
    assert "Python 3.11 or newer" in done.stderr


def test_anything_else_is_wrong_usage(bare: Path) -> None:
    assert set_up("everything", bare, user=1000).returncode == 2
