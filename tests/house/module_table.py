"""The table of folders in docs/architecture.md, printed from their docstrings: `make modules` writes it, a test compares."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "architecture.md"
ROOMS = ("api", "resolvers", "admin", "graph")
BEGIN, END = "<!-- modules: begin -->\n", "<!-- modules: end -->\n"


def table() -> str:
    """Return a row for each folder of a room, and for each module that stands beside the folders."""
    rows = [f"| `{path}` | {first_line(source)} |" for room in ROOMS for path, source in places(ROOT / room)]
    return "\n".join(["| where | what it is for |", "|---|---|", *rows]) + "\n"


def places(room: Path) -> Iterator[tuple[str, Path]]:
    for folder in sorted(found.parent for found in room.rglob("__init__.py")):
        yield f"{folder.relative_to(ROOT)}/", folder / "__init__.py"
    for module in sorted(room.glob("*.py")):
        if module.name != "__init__.py":
            yield str(module.relative_to(ROOT)), module


def first_line(module: Path) -> str:
    text = ast.get_docstring(ast.parse(module.read_text("utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split()).replace("|", "\\|")


def written(page: str) -> str:
    """Return the page with the table of today between its marks."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + table() + END + rest.split(END)[1]


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
