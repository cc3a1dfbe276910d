"""`customer360 identity report`: how well identity does, in counts of the whole graph and without anything personal."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import typer

from api.process.graph_connection import open_graph
from api.process.settings import Settings, load_settings
from graph import schema
from graph.decisions.quality import AGES, OLDER, Quality, quality
from graph.matching.figures import wilson

SIZES = ((1, 1), (2, 2), (3, 5), (6, 10), (11, 50), (51, None))
"""Source records of a customer, from and to."""


def report_command() -> None:
    """Say how large customers are, what linked records, what waits for a person, and how often people said yes."""
    for line in described(asyncio.run(_run(load_settings()))):
        typer.echo(line)


async def _run(settings: Settings) -> Quality:
    async with open_graph(settings) as store:
        await schema.require_current(store)
        return await quality(store, datetime.now(UTC))


def described(found: Quality) -> Iterator[str]:
    """Yield the counts in lines."""
    records = sum(size * count for size, count in found.sizes.items())
    yield f"Customers: {found.sizes.total():,}, of {records:,} source records"
    for least, most in SIZES:
        count = sum(count for size, count in found.sizes.items() if size >= least and (most is None or size <= most))
        many = f"{least}" if least == most else f"{least} to {most}" if most else f"{least} and more"
        yield f"  source records {many}: {count:,}"
    yield "Source records by what linked them when they came"
    for rule, count in sorted(found.links.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"  {rule}: {count:,}"
    yield f"Open match candidates by age: {found.waiting.total():,}, put off {found.deferred:,}"
    for reason in sorted({reason for reason, _ in found.waiting}):
        ages = ", ".join(f"{age} {count:,}" for age in (*AGES, OLDER) if (count := found.waiting[reason, age]))
        yield f"  {reason}: {ages}"
    yield f"Decided match candidates: {found.answers.total():,}"
    for reason in sorted({reason for reason, _ in found.answers}):
        same, both = found.answers[reason, True], found.answers[reason, True] + found.answers[reason, False]
        most = 1 - wilson(both - same, both)
        yield f"  {reason}: the same person in {same:,} of {both:,} ({wilson(same, both):.0%} to {most:.0%})"
