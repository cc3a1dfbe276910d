"""`customer360 identity evaluate`: how well a data set whose people are known is told apart, printed and written as figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
import yaml

from graph.errors import InvalidInput
from graph.matching.evaluating import Evaluated, evaluated
from graph.matching.fields import read_declared
from graph.matching.figures import Figures
from graph.matching.reading import read_labelled


def evaluate_command(
    data: Annotated[list[Path], typer.Option(help="CSV or Parquet; give the option again for each further file.")],
    truth: Annotated[str, typer.Option(help="The column that tells whose a row is. Only the figures know it.")],
    fields: Annotated[Path, typer.Option(help="YAML that says which column holds what (docs/identity-quality.md).")],
    output: Annotated[Path | None, typer.Option(help="Write the figures as JSON to this file too.")] = None,
    seed: Annotated[int, typer.Option(help="Of what is drawn at random.")] = 360,
) -> None:
    """Learn a model of files without their truth, gather their rows into people, and compare with the truth."""
    declared = read_declared(_yaml(fields))
    known = read_labelled(data, truth, declared)
    found = evaluated(known, declared, seed)
    for line in described(found, known.unread):
        typer.echo(line)
    if output:
        output.write_bytes(orjson.dumps(found.table(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def described(found: Evaluated, unread: int) -> list[str]:
    """Return the figures in lines, without anything of the data."""
    lines = [f"{found.records:,} records of {found.people:,} people; {unread:,} rows could not be read."]
    for name, known in (
        ("Scored pairs", found.pairs),
        ("Clusters", found.clusters),
        ("Joined by rules", found.automatic),
        ("Equal values alone", found.equal_values),
    ):
        if known:
            lines.append(_line(name, known))
    return [*lines, f"Proposed beside the rules: {found.proposed:,} pairs of customers, {found.proposed_right:,} of them right."]


def _line(name: str, known: Figures) -> str:
    line = (
        f"{name}: F1 {known.f1:.4f}, precision {known.precision:.4f} (at least {known.at_least:.4f}), recall {known.recall:.4f}"
    )
    return f"{line}, B-cubed F1 {known.b3_f1:.4f}" if known.b3_precision else line


def _yaml(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        raise InvalidInput(f"{path.name} cannot be read.") from None
    except (yaml.YAMLError, ValueError):
        raise InvalidInput(f"{path.name} is no YAML.") from None
