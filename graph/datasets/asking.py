"""The command that asks for an export of tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.changes.following import ends
from graph.commands.command import Answer, Author, Command
from graph.errors import InvalidInput
from graph.jobs.nodes import Jobs
from graph.words import Sentence
from graph.writes.unit import Unit

EXPORT = "DATA_EXPORT"


def export(author: Author, tables: Sequence[str], form: str, after: int | None) -> Command:
    """Return the command that has tables exported as its author may read them; `after` is the number of a change.

    Raises InvalidInput where no table is named, or where the changes after that number are kept no longer.
    """
    if not tables:
        raise InvalidInput(Sentence("refusal.NO_TABLE"), "/tables")
    request: dict[str, Any] = {"tables": list(dict.fromkeys(tables)), "format": form, "after": after}

    async def execute(unit: Unit, own_id: str) -> Answer:
        if after is not None and not (await ends(unit.transaction)).hold(after):
            raise InvalidInput(Sentence("refusal.CURSOR_EXPIRED"), "/after")
        unit.of(Jobs).ask(own_id, EXPORT, author, None, **request, roles=sorted(author.roles))
        return {"job": own_id}

    return Command(author, EXPORT, request, (Jobs,), execute)
