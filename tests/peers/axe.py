"""What axe-core finds on a page that stands in a browser."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.async_api import Page

from tests.peers.installed import installed_peers

SERIOUS = ("serious", "critical")


@cache
def axe() -> str:
    return (installed_peers() / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


async def serious_findings(page: Page) -> list[tuple[str, Any, str]]:
    """Return what is serious or critical, each with its rule, where it stands and what would mend it."""
    await page.evaluate(axe())
    found = await page.evaluate("() => axe.run(document)")
    assert found["passes"]
    return [
        (violation["id"], node["target"], node["failureSummary"])
        for violation in found["violations"]
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]
