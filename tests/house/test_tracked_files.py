"""Nothing that is committed names a download host, a machine's folders, or a secret."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]

# Written in pieces, so that this file does not hold what it forbids.
HOSTS = [
    "pypi" + ".org", "pythonhosted" + ".org", "registry.npmjs" + ".org", "registry.yarnpkg" + ".com",
    "repo1.maven" + ".org", "repo.maven.apache" + ".org", "deb.debian" + ".org", "crates" + ".io",
]  # fmt: skip
FOLDERS = ["/" + "work/", "/" + "root/", "/tmp/" + "bash", "/" + "opt/wheels"]
FORBIDDEN = re.compile("|".join(map(re.escape, [*HOSTS, *FOLDERS])))
PRIVATE_KEY = re.compile("-----BEGIN " + "[A-Z ]*PRIVATE KEY")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_no_tracked_file_names_a_download_host_or_a_folder_of_a_machine() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked()
        for match in [FORBIDDEN.search(path.read_text("utf-8", "replace"))]
        if match
    }
    assert found == set()


def test_no_tracked_file_holds_a_private_key() -> None:
    assert [path for path in tracked() if PRIVATE_KEY.search(path.read_text("utf-8", "replace"))] == []


def test_no_lock_file_that_names_hosts_is_tracked() -> None:
    assert {path.name for path in tracked()} & {"uv.lock", "yarn.lock", "poetry.lock"} == set()


def test_no_tracked_file_is_an_environment_with_secrets() -> None:
    assert [path for path in tracked() if path.name == ".env"] == []
