"""`customer360 sorting`: a model of the company's own cases is trained, and what it has said is compared with what people say."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime

import typer

from api.process.case_model import write_model
from api.process.graph_connection import open_graph
from api.process.settings import Settings, load_settings
from graph import schema
from graph.cases.sorting.measuring import FEWEST, at
from graph.cases.sorting.model import CaseModel
from graph.cases.sorting.reading import Read, past_cases
from graph.cases.sorting.training import FIELDS, train
from graph.events.newest import utc_text

sorting_commands = typer.Typer(help="Topic and priority of cases.", no_args_is_help=True)


@sorting_commands.callback()
def sorting() -> None:
    """Topic and priority of cases."""


@sorting_commands.command("train")
def train_command() -> None:
    """Learn topic and priority from the cases of this graph, measure it on the last of them, and write the model."""
    settings = load_settings()
    model = train([each.case for each in asyncio.run(_read(settings))], utc_text(datetime.now(UTC)))
    path = write_model(settings.data_folder, model)
    for line in described(model, settings.case_model_precision):
        typer.echo(line)
    typer.echo(f"Written: {path.name} in the data folder; a server that runs takes it up by itself.")


@sorting_commands.command("figures")
def figures_command() -> None:
    """Compare what models have said of new cases, also unseen, with what people have set since."""
    for line in compared(asyncio.run(_read(load_settings()))):
        typer.echo(line)


async def _read(settings: Settings) -> list[Read]:
    async with open_graph(settings) as store:
        await schema.require_current(store)
        return [each async for each in past_cases(store)]


def described(model: CaseModel, precision: float) -> list[str]:
    """Return what a model did on the last of the cases, in a line a field."""
    lines = [f"Learned from {model.cases:,} cases: {len(model.vocabulary.places):,} n-grams."]
    for field in FIELDS:
        labeller = model.fields.get(field)
        if labeller is None:
            lines.append(f"{field}: too few cases to learn from.")
            continue
        figures, least = labeller.figures, labeller.threshold(precision)
        commonest = f"{figures.majority_f1:.3f} by the commonest"
        line = f"{field}: macro-F1 {figures.macro_f1:.3f} on {figures.cases:,} later cases ({commonest})"
        if least is None:
            few = f"{FEWEST} are needed to know" if figures.cases < FEWEST else f"it is not surely right in {precision:.0%}"
            lines.append(f"{line}; {few}, so it suggests and fills nothing in.")
        else:
            coverage, held = at(labeller.held_out, least)
            lines.append(f"{line}; from {least:.2f} on it is right in {held or 0:.1%}, which are {coverage:.1%} of the cases.")
    return lines


def compared(read: Iterable[Read]) -> list[str]:
    """Return how often what was said is what people have set, in a line a field and threshold."""
    known = list(read)
    lines: list[str] = []
    for field in FIELDS:
        judged = [
            (probability, label == getattr(each.case, field))
            for each in known
            for name, probability, label in each.forecasts
            if name == field and getattr(each.case, field) is not None
        ]
        lines.append(f"{field}: {len(judged):,} cases of which a model has said something and people too.")
        for least in (0.5, 0.7, 0.9, 0.95) if judged else ():
            coverage, held = at(judged, least)
            told = "-" if held is None else f"{held:.1%}"
            lines.append(f"  from {least:.2f} on: {coverage:.1%} of them, {told} right")
    return lines
