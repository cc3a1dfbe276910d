"""A name without a gap in its parts, for those who store it and those who ask for it."""

from __future__ import annotations

from graph.identity.normalising.splitting import split_gapless
from graph.search.runs import Run


def parted(run: Run) -> list[Run]:
    """Return family and given name of a run; none where they cannot be told."""
    family, given = split_gapless(run.text) if run.gapless else (None, None)
    return [Run(family, gapless=True), Run(given, gapless=True)] if family and given else []
