"""SECURITY.md names a test for each threat, and every one of them is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)?::(test_\w+)`")
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")


def threats() -> list[str]:
    table = PAGE.partition("| --- | --- | --- |\n")[2]
    return [line for line in table.splitlines() if line.startswith("| ")]


def test_every_threat_names_a_test_that_there_is() -> None:
    assert len(threats()) > 10
    for threat in threats():
        named = NAMED.findall(threat)
        assert named, threat
        file = ""
        for path, test in named:
            file = path or file
            assert f"def {test}(" in (ROOT / file).read_text("utf-8"), (file, test)
