"""`make weights`: measure what agreement is worth on one half of a made-up town, judge it on the other, write the table."""

from __future__ import annotations

from time import perf_counter
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from bench.likeness.judging import Judgement, candidates, judged
from bench.likeness.measuring import RECORDS_OF_A_COMPANY, Labelled, labelled, measured, prior
from graph.identity.score import score
from graph.identity.weights import TABLE, Weights, read_weights

VERSION = "made-up-3"
"""To be raised with every change of the generator, the comparison or the seed."""
THRESHOLDS = (0.5, 0.9, 0.999)


def main(
    people: Annotated[int, typer.Option(help="In each half.")] = 10_000,
    pairs: Annotated[int, typer.Option(help="Pairs drawn at random for u.")] = 6_000_000,
    seed: Annotated[str, typer.Option(help="Another seed is another town.")] = "360",
) -> None:
    """Measure the weights, write them, and judge them on people that they were not measured on."""
    known = labelled(seed, people)
    true = sum(1 for _ in known.true_pairs())
    source = (
        f"make weights: m from all {true:,} pairs of records of one person, u from {pairs:,} random pairs, of "
        f"{len(known.records()):,} records of {len(known.of_person):,} made-up people, seed {seed}; "
        f"prior for {RECORDS_OF_A_COMPANY:,} records"
    )
    table = {"version": VERSION, "source": source, "prior": prior(known), "fields": measured(known, seed, pairs)}
    TABLE.write_bytes(orjson.dumps(table, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    held_out = labelled(f"{seed} held out", people)
    weights = read_weights()
    console = Console()
    console.print(_levels(table["fields"]), _judgements(judged(held_out, weights, THRESHOLDS)), source)
    console.print(f"prior {weights.prior} bits; {_speed(held_out, weights):,.0f} pairs scored a second")


def _levels(fields: dict[str, dict[str, dict[str, float]]]) -> Table:
    shown = Table("field", "level", "m", "u", "bits")
    for field, levels in fields.items():
        for level, row in levels.items():
            shown.add_row(field, level, f"{row['m']:.3g}", f"{row['u']:.3g}", f"{row['bits']:+.1f}")
    return shown


def _judgements(judgements: list[Judgement]) -> Table:
    shown = Table("held out, probability from", "pairs", "precision", "recall")
    for each in judgements:
        shown.add_row(f"{each.probability}", f"{each.pairs:,}", f"{each.precision:.4f}", f"{each.recall:.4f}")
    return shown


def _speed(known: Labelled, weights: Weights) -> float:
    profiles = [profile for _, profile in known.records()]
    pairs = list(candidates(profiles))
    begun = perf_counter()
    for one, other in pairs:
        score(profiles[one], profiles[other], weights)
    return len(pairs) / (perf_counter() - begun)


if __name__ == "__main__":
    typer.run(main)
