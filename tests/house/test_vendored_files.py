"""What others wrote and pages load is what was reviewed: each vendored file has the hash that is listed beside it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("admin/static/vendor", "api/http/playground/static/vendor")
NOT_LISTED = {"README.md", "SHA256SUMS"}


def listed(folder: Path) -> dict[str, str]:
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def actual(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name not in NOT_LISTED]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("name", FOLDERS)
def test_each_vendored_file_has_its_listed_hash_and_none_is_unlisted(name: str) -> None:
    folder = ROOT / name
    assert actual(folder) == listed(folder)


def test_every_folder_of_vendored_files_is_looked_at() -> None:
    rooms = ("api", "admin", "graph", "resolvers")
    found = {path.relative_to(ROOT).as_posix() for room in rooms for path in (ROOT / room).rglob("vendor") if path.is_dir()}
    assert found == set(FOLDERS)
