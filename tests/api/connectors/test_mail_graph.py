"""Mail in the real graph: a mailbox of the settings while the server runs, files by the command, in whichever order."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from api.commands.consume import intake_of
from api.commands.mail import messages_in, record_files
from api.connectors.mail.configured import company_of, mailbox_of
from api.http.app import create_app
from api.http.event_intake import EventIntake
from api.process.background import write_events
from api.process.graph_connection import ended
from api.process.settings import InvalidSettings, Settings
from graph.errors import InvalidInput
from graph.identity.blocking import NOTHING_LISTED
from graph.store import Store
from tests.api.connectors.conftest import BODIES
from tests.api.connectors.imap import PASSWORD, USER, imap_port, put
from tests.conftest import wipe
from tests.graph.resolution.fingerprint import fingerprint

__all__ = ["imap_port"]

MAIL = """
MATCH (e:Email) RETURN e.external_id, e.direction, e.text, e.delivery_status, COALESCE(e.is_question, false)
ORDER BY e.external_id
"""
FILES = sorted((BODIES / "mail").glob("*.eml"))


@pytest.fixture(autouse=True)
async def empty(store: Store) -> None:
    await wipe(store)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, data_folder=tmp_path, mail_addresses="info@shop.example.jp")


@pytest.fixture
async def intake(store: Store, settings: Settings) -> AsyncIterator[EventIntake]:
    opened, queue = intake_of(settings, store)
    writing = asyncio.create_task(write_events(queue))
    await asyncio.sleep(0)
    yield opened
    await ended(writing)


async def test_files_become_contacts_once(store: Store, intake: EventIntake, settings: Settings) -> None:
    company = company_of(settings)
    assert await record_files(intake, company, FILES) == Counter(CREATED=3, UPDATED=1)
    mail = await store.read(MAIL, {})
    assert [row[:4] for row in mail] == [
        ["answer-1@shop.example.jp", "OUTBOUND", "ございます。", "FAILED 5.1.1"],
        ["auto-1@example.jp", "INBOUND", "不在にしております。", None],
        ["letter-1@example.jp", "INBOUND", "ジャケットの在庫はありますか。\n\n試験 花子", None],
    ]
    assert await record_files(intake, company, FILES) == Counter(REPEATED=4)
    assert await store.read(MAIL, {}) == mail


async def test_a_letter_waits_for_an_answer_and_a_program_does_not(store: Store, intake: EventIntake, settings: Settings) -> None:
    await record_files(intake, company_of(settings), [path for path in FILES if path.stem in ("good_1", "automatic")])
    waiting = {row[0]: row[4] for row in await store.read(MAIL, {})}
    assert waiting["letter-1@example.jp"]
    assert not waiting["auto-1@example.jp"]


async def test_messages_in_any_order_end_in_the_same_graph(store: Store, intake: EventIntake, settings: Settings) -> None:
    await record_files(intake, company_of(settings), FILES)
    one_way = await fingerprint(store)
    await wipe(store)
    for path in reversed(FILES):
        await record_files(intake, company_of(settings), [path])
    assert await fingerprint(store) == one_way


async def test_a_mailbox_of_the_settings_is_read_while_the_server_runs(store: Store, imap_port: int, tmp_path: Path) -> None:
    put(imap_port, *(path.read_bytes() for path in FILES))
    settings = Settings(
        _env_file=None,
        data_folder=tmp_path,
        mail_addresses="info@shop.example.jp",
        imap_host="127.0.0.1",
        imap_port=imap_port,
        imap_user=USER,
        imap_password=PASSWORD,
    )
    app = create_app(settings, store, NOTHING_LISTED)
    async with app.router.lifespan_context(app), asyncio.timeout(120):
        while len(await store.read(MAIL, {})) < 3:
            await asyncio.sleep(0.05)
    assert {row[0] for row in await store.read(MAIL, {})} >= {"letter-1@example.jp", "answer-1@shop.example.jp"}


def test_what_is_missing_in_the_settings_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match="MAIL_ADDRESSES"):
        company_of(Settings(_env_file=None, data_folder=tmp_path))
    with pytest.raises(InvalidSettings, match="IMAP_PASSWORD"):
        mailbox_of(Settings(_env_file=None, data_folder=tmp_path, imap_host="127.0.0.1"))
    with pytest.raises(InvalidInput):
        messages_in([tmp_path])
