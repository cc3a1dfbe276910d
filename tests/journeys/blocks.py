"""The fenced blocks of the pages, in the order in which they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
FENCED = re.compile(r"^```(\w*)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """`answer` is the block that follows with nothing between, which shows what this one prints or takes."""

    page: str
    language: str
    text: str
    answer: str | None

    def __str__(self) -> str:
        return f"{self.page}: {self.text.splitlines()[0]}"


def blocks() -> list[Block]:
    """Return every block of README.md and docs/*.md."""
    found: list[Block] = []
    for page in PAGES:
        text = page.read_text("utf-8")
        fences = list(FENCED.finditer(text))
        for fence, following in zip(fences, [*fences, None][1:], strict=True):
            adjacent = following is not None and text[fence.end() : following.start()] == "\n"
            answer = following.group(2) if following and adjacent else None
            found.append(Block(page.relative_to(ROOT).as_posix(), fence.group(1), fence.group(2), answer))
    return found
