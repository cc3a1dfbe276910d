"""What a server that does not open its graph has written of it, in words that say what to do."""

from __future__ import annotations

from pathlib import Path

from graph.errors import LocalServerFailed

DEBUG_LOG = Path("logs", "debug.log")
FAILED = "Failed to start DatabaseId"
TORN, FULL = "recovery not possible", "No space left on device"


class GraphNotOpened(LocalServerFailed):
    """The server runs, and its graph does not: starting it again changes nothing."""


def written(home: Path) -> int:
    """Return how much is in its log: what a start says of itself comes after that."""
    try:
        return (home / DEBUG_LOG).stat().st_size
    except FileNotFoundError:
        return 0


def why_not_opened(home: Path, after: int) -> GraphNotOpened | None:
    """Return why it has given up to open its graph, as its log says after that many bytes; None while it has not."""
    try:
        with (home / DEBUG_LOG).open("rb") as file:
            # A log that has become shorter has begun anew.
            file.seek(after if after <= written(home) else 0)
            said = file.read().decode("utf-8", "replace")
    except FileNotFoundError:
        return None
    if FAILED not in said:
        return None
    if FULL in said:
        return GraphNotOpened(
            f"The disk of {home} is full, so the local Neo4j cannot open its graph. Make room and start again; "
            "where that does not help, `customer360 neo4j repair` does."
        )
    torn = "the end of its transaction log is torn" if TORN in said else f"{home / DEBUG_LOG} says why"
    return GraphNotOpened(
        f"The local Neo4j cannot open its graph: {torn}. Run `customer360 neo4j repair`, which cuts off what cannot be read, "
        "keeps it beside, and checks the rest."
    )
