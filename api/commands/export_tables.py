"""`customer360 export`: tables into files of a folder, everything or what has changed after a cursor."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from api.commands.sending_progress import counted
from api.process.audit_folder import journal_of
from api.process.data_exports import rows_as
from api.process.graph_connection import prepared_graph
from api.process.local_keys import local_key
from api.process.settings import Settings, load_settings
from graph.changes.following import ends
from graph.datasets.exporting import manifest
from graph.datasets.finishing import JSONL, PARQUET, finish
from graph.datasets.making import Making, Read
from graph.datasets.standing import Standing
from graph.datasets.tables import TABLES
from graph.errors import InvalidInput
from graph.store import Store
from resolvers.access.roles import STEWARDS, Role
from resolvers.access.viewer import Viewer
from resolvers.datasets.columns import COLUMNS
from resolvers.datasets.reading import cursor, removed
from resolvers.engine.sealing import use_key
from resolvers.live.subscription import number_of

UNFINISHED = "unfinished.json"
FORMATS = {"jsonl": JSONL, "parquet": PARQUET}
EXPORTERS = STEWARDS | {Role.ANALYST}


@dataclass(frozen=True, slots=True)
class Asked:
    tables: Sequence[str]
    form: str
    after: int | None
    role: Role
    reason: str

    def members(self) -> dict[str, Any]:
        """What must be the same for an export to go on."""
        return {"tables": list(self.tables), "after": self.after, "role": self.role.value}


def export_command(
    *,
    folder: Annotated[Path, typer.Option(help="Folder for the files; made if it is not there.", file_okay=False)],
    reason: Annotated[str, typer.Option(help="Why: the read audit keeps it as the purpose.")],
    tables: Annotated[
        list[str] | None, typer.Argument(metavar="[TABLE]...", help="customers, orders, touchpoints [default: all].")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="jsonl or parquet.")] = "jsonl",
    after: Annotated[str | None, typer.Option(help="Cursor of an earlier export, for what has changed after it.")] = None,
    role: Annotated[Role, typer.Option(help="As which role to read: admin, steward or analyst.")] = Role.ANALYST,
) -> None:
    """Export tables. An export that was cut short goes on where it was when the same is asked for again."""
    chosen = list(dict.fromkeys(tables or TABLES))
    if unknown := sorted(set(chosen) - set(TABLES)):
        raise typer.BadParameter(f"there is no table {', '.join(unknown)}; there are {', '.join(TABLES)}")
    if form not in FORMATS:
        raise typer.BadParameter("--format is jsonl or parquet")
    if role not in EXPORTERS or not reason.strip():
        raise typer.BadParameter("--role is admin, steward or analyst, and --reason is not empty")
    asked = Asked(chosen, FORMATS[form], None if after is None else number_of(after), role, reason.strip())
    files, standing = asyncio.run(_export(load_settings(), asked, folder))
    for path in files:
        typer.echo(path)
    typer.echo(f"Next time: --after {cursor(standing.end)}", err=True)


async def _export(settings: Settings, asked: Asked, folder: Path) -> tuple[list[Path], Standing]:
    use_key(local_key(settings.data_folder, "ids"))
    journal = journal_of(settings)
    viewer = Viewer(getpass.getuser(), roles=frozenset({asked.role}), purpose=asked.reason)
    try:
        async with prepared_graph(settings) as store:
            newest = (await ends(store)).newest
            standing = await asyncio.to_thread(_begun, asked, folder, newest)
            await _make(store, asked, folder, standing, viewer_rows=rows_as(store, journal, viewer))
    finally:
        await journal.close()
    told = manifest(standing, asked.after, [asked.role.value], cursor)
    files = await asyncio.to_thread(finish, folder, standing, COLUMNS, asked.form, told)
    (folder / UNFINISHED).unlink()
    return files, standing


async def _make(store: Store, asked: Asked, folder: Path, standing: Standing, viewer_rows: Read) -> None:
    done = _done(asked, standing)
    advance: Callable[[int], None]

    async def saved(now: Standing) -> None:
        nonlocal done
        await asyncio.to_thread(_save, folder, asked, now)
        advance(_done(asked, now) - done)
        done = _done(asked, now)

    making = Making(store, folder, asked.tables, viewer_rows, saved, removed)
    total = await making.total() if asked.after is None else standing.end - asked.after
    progress: AbstractContextManager[Callable[[int], None]] = counted(
        "Rows" if asked.after is None else "Changes", total, "export"
    )
    with progress as advance:
        advance(done)
        await (making.full(standing) if asked.after is None else making.since(standing))


def _done(asked: Asked, standing: Standing) -> int:
    return sum(standing.counts.values()) if asked.after is None else standing.place - asked.after


def _begun(asked: Asked, folder: Path, newest: int) -> Standing:
    """Return where an export that was cut short goes on, or the beginning; raise InvalidInput for a folder of another."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = folder / UNFINISHED
    if kept.exists():
        told = orjson.loads(kept.read_bytes())
        standing = Standing.of(told["standing"])
        if told["asked"] == asked.members() and standing.holds(folder):
            return standing
    if any(folder.iterdir()):
        raise InvalidInput(f"{folder} is not empty, and holds no unfinished export of the same. Choose another folder.")
    standing = Standing(newest, asked.after or 0)
    _save(folder, asked, standing)
    return standing


def _save(folder: Path, asked: Asked, standing: Standing) -> None:
    draft = folder / f"{UNFINISHED}.new"
    draft.write_bytes(orjson.dumps({"asked": asked.members(), "standing": standing.members()}))
    draft.replace(folder / UNFINISHED)
