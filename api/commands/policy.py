"""`customer360 policy`: who may see and do what, printed from the policy and the schema as the tables of docs/access.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import typer

from resolvers.access.policy import COLUMNS, POLICY
from resolvers.access.readers import roles_of
from resolvers.access.tags import MEANINGS, Tag
from resolvers.schema import build_schema

NOBODY = "–"


def policy_command() -> None:
    """Print who may see and do what, as Markdown."""
    typer.echo(printed(), nl=False)


def printed() -> str:
    """Return the three tables: field tags, types, mutations."""
    return "\n".join([*_fields(), "", *_rows(), "", *_mutations(), ""])


def _fields() -> list[str]:
    head = ["tag", "what it is on", *(role.value for role in COLUMNS)]
    return _table(
        head,
        ([f"`{tag}`", MEANINGS[tag], *(POLICY.fields[role][tag].name.lower() for role in COLUMNS)] for tag in Tag),
    )


def _rows() -> list[str]:
    head = ["type", *(role.value for role in COLUMNS)]
    rows = sorted(POLICY.rows.items())
    return _table(
        head, ([f"`{name}`", *(rows[role].value if role in rows else NOBODY for role in COLUMNS)] for name, rows in rows)
    )


def _mutations() -> list[str]:
    mutation = build_schema().definition.mutation_type
    if mutation is None:
        raise AssertionError("the schema has mutations")
    allowed = {name: roles_of(field) or [] for name, field in sorted(mutation.fields.items())}
    head = ["mutation", *(role.value for role in COLUMNS)]
    return _table(
        head, ([f"`{name}`", *("yes" if role in roles else NOBODY for role in COLUMNS)] for name, roles in allowed.items())
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]
