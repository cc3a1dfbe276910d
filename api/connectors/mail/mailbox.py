"""A mailbox that is read by IMAP in a thread of its own: every message once, in the order of its arrival, none marked as read."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from imaplib import IMAP4, Internaldate2tuple
from pathlib import Path
from time import mktime
from typing import cast

import orjson
import structlog
from imap_tools.errors import ImapToolsError
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.query import AND

from api.connectors.delivery import RawEvent
from api.connectors.events import id_of
from api.connectors.mail.incoming import Company, read_mail
from api.process.log_format import places
from api.process.settings import LOOPBACK_HOSTS
from graph.errors import Overloaded, ServiceUnavailable

POLL_SECONDS = 15
TIMEOUT_SECONDS = 30
AT_ONCE = 50
"""Messages that are fetched and recorded together."""

Take = Callable[[Sequence[RawEvent]], Awaitable[object]]
"""Records events; raises as the intake does."""

log = structlog.stdlib.get_logger("customer360.mail")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where mail is; `state` is the file that says up to which message it was recorded. On loopback without TLS."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    state: Path

    @classmethod
    def at(cls, host: str, port: int, user: str, password: str, *, folder: str, states: Path) -> Mailbox:
        return cls(host, port, user, password, folder, states / f"{id_of(host, user, folder)}.json")

    def new(self) -> tuple[list[tuple[bytes, datetime]], tuple[int, int]]:
        """Return the next messages with the times of their arrival, and what `keep` is told once they are recorded."""
        with self._connected() as box:
            validity = box.folder.status(self.folder, ["UIDVALIDITY"])["UIDVALIDITY"]
            last = self._last(validity)
            # `n:*` always names the last message, also where its number is smaller.
            uids = sorted(uid for each in box.uids(AND(uid=f"{last + 1}:*")) if (uid := int(each)) > last)[:AT_ONCE]
            if not uids:
                return [], (validity, last)
            return list(_fetched(box.client, uids)), (validity, uids[-1])

    def keep(self, place: tuple[int, int]) -> None:
        self.state.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self.state.with_suffix(".new")
        draft.write_bytes(orjson.dumps(place))
        draft.replace(self.state)

    def _last(self, validity: int) -> int:
        """Return the number of the last recorded message; 0 where numbers have begun anew, as the validity says."""
        try:
            known, last = orjson.loads(self.state.read_bytes())
        except (OSError, ValueError):
            return 0
        return last if known == validity else 0

    def _connected(self) -> BaseMailBox:
        kind = MailBoxUnencrypted if self.host in LOOPBACK_HOSTS else MailBox
        box = kind(self.host, self.port, timeout=TIMEOUT_SECONDS)
        try:
            return box.login(self.user, self.password, self.folder)
        except BaseException:
            box.client.shutdown()
            raise


async def follow_mailbox(mailbox: Mailbox, company: Company, take: Take) -> None:
    """Record what arrives, for as long as the task runs; what fails is tried again, and nothing is passed over."""
    with ThreadPoolExecutor(1, thread_name_prefix="mailbox") as thread:
        while True:
            try:
                count = await record_new(mailbox, company, take, thread)
            except Exception as defect:  # whatever a mail server answers, the rest of this server goes on
                log.error("mailbox_failed", kind=type(defect).__name__, places=places(defect))
                count = 0
            if not count:
                await asyncio.sleep(POLL_SECONDS)


async def record_new(mailbox: Mailbox, company: Company, take: Take, thread: ThreadPoolExecutor) -> int:
    """Record the next messages and return how many there were: 0 also where mailbox or graph cannot be reached."""
    loop = asyncio.get_running_loop()
    try:
        messages, place = await loop.run_in_executor(thread, mailbox.new)
        if messages:
            events = [each for raw, arrived in messages for each in read_mail(raw, company, arrived)]
            await take(events)
            await loop.run_in_executor(thread, mailbox.keep, place)
            log.info("mail_recorded", count=len(messages))
        return len(messages)
    except (ImapToolsError, IMAP4.error, OSError) as error:
        log.warning("mailbox_not_read", kind=type(error).__name__)
    except (ServiceUnavailable, Overloaded) as error:
        log.warning("mail_waits", code=error.code)
    return 0


def _fetched(client: IMAP4, uids: Sequence[int]) -> Iterator[tuple[bytes, datetime]]:
    """Yield messages byte for byte: what has been parsed and written again is no longer what was sent."""
    _, answer = client.uid("FETCH", ",".join(map(str, uids)), "(INTERNALDATE BODY.PEEK[])")
    for item in answer:
        if isinstance(item, tuple):
            head, raw = cast("tuple[bytes, bytes]", item)
            arrived = Internaldate2tuple(head)
            yield raw, datetime.fromtimestamp(mktime(arrived), UTC) if arrived else datetime.now(UTC)
