"""How the README opens, and that what it and the guides link to is there; test_pages.py runs what they show."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_readme_opens_with_exactly_two_commands() -> None:
    block = re.search(r"```sh\n(.*?)```", README, re.DOTALL)
    assert block is not None
    assert block.group(1).split("\n") == ["make demo", "make test", ""]


def test_what_the_readme_links_to_is_there() -> None:
    targets = [target for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", README) if not target.startswith("http")]
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_what_a_guide_links_to_is_there() -> None:
    link = re.compile(r"\]\(([^)#]+?)(?:#[^)]*)?\)")
    links = [(guide, target) for guide in (ROOT / "docs").rglob("*.md") for target in link.findall(guide.read_text("utf-8"))]
    assert links
    missing = [
        (guide, target) for guide, target in links if not target.startswith("http") and not (guide.parent / target).exists()
    ]
    assert [(guide.relative_to(ROOT).as_posix(), target) for guide, target in missing] == []
