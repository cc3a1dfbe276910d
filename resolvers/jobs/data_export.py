"""The mutation that asks for an export of tables."""

from __future__ import annotations

import strawberry

from graph.commands.command import Author, Command
from graph.datasets.asking import export
from graph.errors import InvalidInput
from graph.words import Sentence
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import LONGEST_REASON, CommandInput, Mutation
from resolvers.engine.planner import planned
from resolvers.jobs.mutations import Asked, answered
from resolvers.jobs.words import ExportFormat, ExportTable
from resolvers.live.subscription import number_of


@strawberry.input(description="What is to be exported.")
class ExportCreateInput(CommandInput):
    tables: list[ExportTable] = strawberry.field(description="Tables to export, at least one.")
    format: ExportFormat = strawberry.field(default="JSONL", description="Format of the files.")
    after: str | None = strawberry.field(
        default=None,
        description="Cursor of an earlier export (`cursor` in its `manifest.json`) or of an event, for what has changed after "
        "it and what was removed; null for everything.",
    )
    reason: str = strawberry.field(description="Why, 1 to 1,000 characters: the read audit keeps it as the purpose.")


@planned("What `exportCreate` did: the job that writes the file.")
class ExportCreatePayload(Asked):
    pass


def exporting(author: Author, given: InputValue) -> Command:
    if not author.reason:
        raise InvalidInput(Sentence("refusal.REASON_MISSING", most=LONGEST_REASON), "/reason")
    tables = [str(each.value).lower() for each in given["tables"].each()]
    after = given["after"]
    try:
        number = number_of(after.value) if after.given else None
    except InvalidInput as error:
        raise InvalidInput(error.message, after.pointer) from None
    return export(author, tables, str(given["format"].value), number)


MUTATIONS = (
    Mutation(
        "exportCreate",
        ExportCreateInput,
        ExportCreatePayload,
        "Have tables written into files, as you may read them: everything, or what has changed after a cursor.",
        exporting,
        answered,
    ),
)
