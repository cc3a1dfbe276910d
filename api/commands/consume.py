"""`customer360 consume`: events from Kafka topics into the graph, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from api.http.event_intake import EventIntake
from api.http.json_text import decode
from api.kafka.connection import Connection, connection
from api.process.background import write_events
from api.process.graph_connection import ended, prepared_graph
from api.process.identity_files import blocked_values
from api.process.local_keys import local_key
from api.process.log_format import configure_logging
from api.process.settings import Settings, load_settings
from graph.events.invalid import InvalidJson
from graph.intake.queue import IntakeQueue
from graph.intake.receipts import Receipt
from graph.intake.record import record
from graph.store import Store

PATIENCE_SECONDS = 25
"""For how long the writer itself keeps events while the database is away, before the log says that they wait."""


def consume_command(
    topics: Annotated[list[str], typer.Argument(metavar="TOPIC...", help="Topics of CloudEvents in JSON, one in each message.")],
    group: Annotated[str, typer.Option(help="Consumer group; several of these commands share the work of one.")] = "customer360",
    refused: Annotated[
        str, typer.Option(help="Topic for messages that are refused, with the reason in their headers.")
    ] = "customer360.refused",
) -> None:
    """Record events from Kafka topics, until Ctrl-C or SIGTERM."""
    configure_logging()
    settings = load_settings()
    asyncio.run(_consume(settings, connection(settings), topics, group, refused))


async def _consume(settings: Settings, reached: Connection, topics: Sequence[str], group: str, refused: str) -> None:
    from api.kafka.consuming import Consuming, consumer_of  # noqa: PLC0415 (only where Kafka is set up)
    from api.kafka.producing import Topic  # noqa: PLC0415

    stopping, loop = asyncio.Event(), asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stopping.set)
    letters = Topic(reached, refused)
    async with prepared_graph(settings) as store:
        intake, queue = intake_of(settings, store)
        consuming = Consuming(consumer_of(reached, group, topics), partial(take, intake), letters)
        typer.echo(f"Recording events from {', '.join(topics)}.", err=True)
        writing = asyncio.create_task(write_events(queue))
        await asyncio.sleep(0)  # lets it begin: nothing is taken before there is a writer
        recording = asyncio.create_task(consuming.run(stopping))
        try:
            done, _ = await asyncio.wait((writing, recording), return_when=asyncio.FIRST_COMPLETED)
        finally:
            await ended(recording)
            await ended(writing)
        for task in done:
            task.result()


def intake_of(settings: Settings, store: Store) -> tuple[EventIntake, IntakeQueue]:
    """Return the intake that the event door has, and its queue, which takes nothing before its writer runs."""
    queue = IntakeQueue(partial(record, store), settings.queue_capacity, PATIENCE_SECONDS)
    key, listed = local_key(settings.data_folder, "digests"), blocked_values(settings)
    return EventIntake(queue, key, listed, settings.business_time_zone), queue


async def take(intake: EventIntake, values: Sequence[bytes | None]) -> list[Receipt]:
    """Record the values of messages as events; what is no JSON is refused like any other event."""
    return await intake.take([decoded(value) for value in values], dry_run=False, patient=True)


def decoded(value: bytes | None) -> object:
    if value is None:
        return InvalidJson("The message has no value.", "")
    try:
        return decode(value)
    except ValueError:
        return InvalidJson("The message is no valid JSON in UTF-8.", "")
