"""Replies leave through a real mail server and LINE's place: once, in the thread, recorded in the case, and undone in time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

import httpx2
import pytest
from aiosmtpd.controller import Controller
from starlette.routing import Route
from structlog.testing import capture_logs

from api.process.settings import Settings
from api.replies.senders import Sender, senders_of
from api.replies.sending import send_due
from graph.cases.expected import Expected
from graph.cases.following import follow_next
from graph.cases.opening_rules import DEFAULT_RULES
from graph.cases.setting import set_state
from graph.changes.numbering import number_changes
from graph.errors import Conflict, NotFound
from graph.events.newest import utc_text
from graph.intake.reading import read_event
from graph.intake.receipts import Receipt
from graph.intake.record import record
from graph.replies.leaving import LOST_AFTER, hold
from graph.replies.writing import Letter, reply, take_back
from graph.store import Store
from tests.api.connectors.imap import free_port
from tests.api.connectors.test_line import Line, listening
from tests.api.connectors.test_mail_exchange import Letters
from tests.conftest import wipe
from tests.graph.cases.working import author, case, do, kinds, mail, opened, person, tell, touchpoint

KEY = b"a key for tests"
ADDRESS, PROVIDER, USER = "hanako@example.jp", "1654000000", "U" + "1" * 32
OF = "MATCH (i:Identifier {kind: $p.kind, value: $p.value}) RETURN i.id"
WAITING = "MATCH (y:Reply) RETURN y.state, y.failure"
SENT = (
    "MATCH (k:Case)<-[i:IN_CASE]-(t:Touchpoint {direction: 'OUTBOUND'}) WHERE k.id = $p.case "
    "RETURN t.channel, t.text, t.staff, i.rule, "
    "EXISTS { (t)-[:IN_THREAD]->(:Thread)<-[:IN_THREAD]-(:Touchpoint {external_id: 'm1'}) }"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """A case that a mail has opened, what sends, and what mail server and LINE have taken."""

    store: Store
    case: str
    senders: dict[str, Sender]
    letters: Letters
    line: Line

    async def take(self, events: Sequence[Any]) -> list[Receipt]:
        return await record(self.store, [read_event(each, KEY) for each in events])

    async def write(
        self,
        kind: str = "EMAIL",
        value: str = ADDRESS,
        text: str = "本日発送します。",
        subject: str = "",
        channels: Sequence[str] = ("EMAIL", "LINE"),
    ) -> str:
        [[identifier]] = await self.store.read(OF, {"kind": kind, "value": value})
        command = reply(author(), Expected(self.case), Letter(identifier, text, subject), channels)
        return (await do(self.store, command))["cases"][0]

    async def send(self) -> int:
        """Let the ten seconds pass, and send what is due."""
        await self._age("WAITING")
        return await send_due(self.store, self.senders, self.take)

    async def bounce(self) -> None:
        """Let the mail server report a second later that what has left did not arrive."""
        [[sent]] = await self.store.read("MATCH (t:Email {direction: 'OUTBOUND'}) RETURN t.external_id")
        told = {
            "kind": "EMAIL",
            "direction": "OUTBOUND",
            "deliveryStatus": "FAILED 5.1.1",
            "by": {"identifiers": [{"kind": "EMAIL", "value": ADDRESS}]},
        }
        report = {"specversion": "1.0", "type": "customer360.interaction.v1", "source": "/mail", "id": "bounce", "subject": sent}
        await tell(self.store, {**report, "time": utc_text(datetime.now(UTC) + timedelta(seconds=1)), "data": told})
        await self.follow()

    async def _age(self, state: str, by: timedelta = timedelta(minutes=1)) -> None:
        async def age(transaction: Any) -> None:
            at = utc_text(datetime.now(UTC) - by)
            await transaction.run("MATCH (y:Reply {state: $p.state}) SET y.send_at = $p.at", {"state": state, "at": at})

        await self.store.write(age)

    async def follow(self) -> None:
        while await number_changes(self.store, "tests"):
            pass
        while await follow_next(self.store, "tests", DEFAULT_RULES):
            pass


@pytest.fixture
async def desk(store: Store, tmp_path: Path) -> AsyncIterator[Desk]:
    await wipe(store)
    letters, line = Letters(), Line()
    controller = Controller(letters, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings = Settings(
        _env_file=None,
        data_folder=tmp_path,
        smtp_host="127.0.0.1",
        smtp_port=controller.port,
        mail_addresses="info@shop.example.jp",
        line_access_token="made-up-token",
    )
    held = (
        {"kind": "EMAIL", "value": ADDRESS},
        {"kind": "EMAIL", "value": "other@example.jp"},
        {"kind": "LINE_USER_ID", "value": USER, "scope": PROVIDER},
    )
    await tell(store, person("1", *held))
    asked = {"messageId": "m1@example.jp", "references": ["m0@example.jp"], "subject": "届かない", "via": held[0]}
    await tell(store, mail("m1", None, time=utc_text(datetime.now(UTC) - timedelta(hours=1)), **asked))
    whose = await opened(store, touchpoint=touchpoint("m1"))
    routes = [Route("/v2/bot/message/push", line.take, methods=["POST"])]
    async with listening(routes) as address, httpx2.AsyncClient(base_url=address, trust_env=False) as client:
        yield Desk(store, whose, dict(senders_of(settings, client)), letters, line)
    controller.stop()


async def test_a_reply_leaves_after_ten_seconds_in_the_thread_and_belongs_to_the_case(desk: Desk) -> None:
    await desk.write()
    assert await send_due(desk.store, desk.senders, desk.take) == 0
    assert desk.letters.taken == []
    assert await desk.send() == 1
    [(sender, recipients, content)] = desk.letters.taken
    message = message_from_bytes(content)
    assert (sender, recipients) == ("info@shop.example.jp", [ADDRESS])
    assert str(make_header(decode_header(message["Subject"]))) == "Re: 届かない [C-1001]"
    assert (message["In-Reply-To"], message["References"]) == ("<m1@example.jp>", "<m0@example.jp> <m1@example.jp>")
    assert await desk.store.read(WAITING) == []
    await desk.follow()
    assert await desk.store.read(SENT, {"case": desk.case}) == [["EMAIL", "本日発送します。", "op-1", "THREAD", True]]
    assert "REPLY" in await kinds(desk.store, desk.case)
    assert (await case(desk.store, desk.case))["unanswered"] is False


@pytest.mark.parametrize(("typed", "subject"), [("", "届かない [C-1001]"), ("お詫び", "お詫び [C-1001]")])
async def test_a_mail_that_answers_none_has_the_subject_that_was_typed_or_that_of_the_case(
    desk: Desk, typed: str, subject: str
) -> None:
    await desk.write(value="other@example.jp", subject=typed)
    await desk.send()
    [(_, recipients, content)] = desk.letters.taken
    assert recipients == ["other@example.jp"]
    message = message_from_bytes(content)
    assert (str(make_header(decode_header(message["Subject"]))), message["In-Reply-To"]) == (subject, None)


async def test_a_reply_by_line_is_pushed_once_also_where_its_sender_was_lost_on_the_way(desk: Desk) -> None:
    await desk.write("LINE_USER_ID", USER)
    await desk._age("WAITING")
    [[own_id]] = await desk.store.read("MATCH (y:Reply) RETURN y.id")
    held = await hold(desk.store, own_id, again=True)
    assert held is not None
    await desk.senders["LINE_USER_ID"].send(held)
    assert await send_due(desk.store, desk.senders, desk.take) == 0
    await desk._age("SENDING", LOST_AFTER + timedelta(seconds=5))
    assert await send_due(desk.store, desk.senders, desk.take) == 1
    assert [each["messages"][0]["text"] for each in desk.line.accepted.values()] == ["本日発送します。"]
    await desk.follow()
    assert [row[:4] for row in await desk.store.read(SENT, {"case": desk.case})] == [
        ["LINE", "本日発送します。", "op-1", "REFERENCE"]
    ]


async def test_a_mail_whose_sender_was_lost_is_not_sent_twice_but_told(desk: Desk) -> None:
    await desk.write()
    await desk._age("WAITING")
    [[own_id]] = await desk.store.read("MATCH (y:Reply) RETURN y.id")
    assert await hold(desk.store, own_id, again=False) is not None
    assert await hold(desk.store, own_id, again=False) is None
    await desk._age("SENDING", LOST_AFTER + timedelta(seconds=5))
    assert await send_due(desk.store, desk.senders, desk.take) == 0
    assert await desk.store.read(WAITING) == [["FAILED", "UNCERTAIN"]]
    assert desk.letters.taken == []


async def test_a_reply_can_be_taken_back_until_it_leaves(desk: Desk) -> None:
    await desk.write()
    [[own_id]] = await desk.store.read("MATCH (y:Reply) RETURN y.id")
    await do(desk.store, take_back(author(), Expected(desk.case), own_id))
    assert await desk.send() == 0
    assert desk.letters.taken == []
    await desk.write()
    [[own_id]] = await desk.store.read("MATCH (y:Reply) RETURN y.id")
    await desk._age("WAITING")
    assert await hold(desk.store, own_id, again=False) is not None
    with pytest.raises(Conflict):
        await do(desk.store, take_back(author(), Expected(desk.case), own_id))


@pytest.mark.parametrize(
    ("statuses", "state"),
    [([500], ["WAITING", None]), ([400], ["FAILED", "LINE_REFUSED"])],
    ids=["for now", "for good"],
)
async def test_what_is_not_taken_waits_or_has_failed_with_a_code_and_no_word_in_the_log(
    desk: Desk, statuses: list[int], state: list[str | None]
) -> None:
    desk.line.statuses += statuses
    await desk.write("LINE_USER_ID", USER, text="秘密の言葉")
    with capture_logs() as logs:
        assert await desk.send() == 0
    assert await desk.store.read(WAITING) == [state]
    assert "秘密の言葉" not in str(logs)
    assert USER not in str(logs)


async def test_a_case_whose_reply_was_refused_has_bounced_until_another_has_left(desk: Desk) -> None:
    desk.line.statuses += [400]
    await desk.write("LINE_USER_ID", USER)
    await desk.send()
    assert "NOT_SENT" in await kinds(desk.store, desk.case)
    assert (await case(desk.store, desk.case))["bounced"]
    await desk.write("LINE_USER_ID", USER)
    assert (await case(desk.store, desk.case))["bounced"]
    await desk.send()
    await desk.follow()
    assert not (await case(desk.store, desk.case))["bounced"]


async def test_a_bounce_that_is_reported_after_the_case_was_resolved_opens_it_again(desk: Desk) -> None:
    await desk.write()
    await desk.send()
    await desk.follow()
    await do(desk.store, set_state(author(), [Expected(desk.case)], "RESOLVED", "SOLVED", "返信済み"))
    await desk.bounce()
    found = await case(desk.store, desk.case)
    assert (found["state"], found["reopen_count"], found["bounced"]) == ("OPEN", 1, True)


async def test_no_reply_goes_to_who_is_none_of_the_case_or_has_refused(desk: Desk) -> None:
    await tell(desk.store, person("2", {"kind": "EMAIL", "value": "taro@example.jp"}, given="太郎"))
    with pytest.raises(NotFound):
        await desk.write(value="taro@example.jp")
    with pytest.raises(Conflict):
        await desk.write(channels=["LINE"])
    refusal = {"purpose": "SERVICE", "state": "REFUSED", "by": {"record": {"source": "/crm", "subject": "1"}}}
    consent = {
        "specversion": "1.0",
        "type": "customer360.consent.v1",
        "source": "/crm",
        "id": "no",
        "time": "2026-04-02T00:00:00Z",
    }
    await tell(desk.store, {**consent, "data": refusal})
    with pytest.raises(Conflict):
        await desk.write()


async def test_no_reply_goes_to_an_address_from_which_mail_comes_back_until_mail_comes_from_it(desk: Desk) -> None:
    held = {"kind": "EMAIL", "value": ADDRESS}
    soon = [utc_text(datetime.now(UTC) + timedelta(seconds=each)) for each in (1, 2)]
    returned = {"direction": "OUTBOUND", "deliveryStatus": "FAILED 5.1.1", "via": held}
    await tell(desk.store, mail("returned", None, time=soon[0], **returned))
    with pytest.raises(Conflict, match="comes back as undeliverable"):
        await desk.write()
    await desk.write(value="other@example.jp")
    await desk.write("LINE_USER_ID", USER)
    await tell(desk.store, mail("again", None, time=soon[1], via=held))
    await desk.write()


async def test_a_reply_that_bounces_opens_the_case_again(desk: Desk) -> None:
    await desk.write()
    await desk.send()
    await desk.follow()
    await desk.bounce()
    assert "BOUNCED" in await kinds(desk.store, desk.case)
    found = await case(desk.store, desk.case)
    assert (found["state"], found["unanswered"], found["bounced"]) == ("OPEN", True, True)
