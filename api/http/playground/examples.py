"""Example operations for each sort of user: `examples/<user>_<name>.graphql`, its variables beside it as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson

FOLDER = Path(__file__).parent / "examples"
USERS = {
    "operator": "Operator",
    "shop": "Shop",
    "till": "Till",
    "webshop": "Web shop",
    "webapp": "Web app",
    "analyst": "Analyst",
    "steward": "Steward",
}
"""How a file's name begins -> who is meant, in the order of the list."""


@dataclass(frozen=True, slots=True)
class Example:
    """One operation: whose, what it answers (the comment on its first line), its text and its variables."""

    name: str
    user: str
    title: str
    query: str
    variables: dict[str, Any]

    def shown(self) -> dict[str, Any]:
        return asdict(self)


@cache
def examples() -> tuple[Example, ...]:
    """Return every example, by user and then by name."""
    return tuple(read(path, user) for user in USERS for path in sorted(FOLDER.glob(f"{user}_*.graphql")))


def read(path: Path, user: str) -> Example:
    title, _, query = path.read_text("utf-8").partition("\n")
    return Example(path.stem, USERS[user], title.removeprefix("# "), query, orjson.loads(path.with_suffix(".json").read_bytes()))
