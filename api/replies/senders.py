"""How a reply leaves by each channel, and the event of what has left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID

import httpx2

from api.connectors.delivery import RawEvent
from api.connectors.events import INTERACTION, by_identifier, event
from api.connectors.line.push import API, LinePush, line_push
from api.connectors.mail.configured import company_of, mail_server
from api.connectors.mail.incoming import Company, read_mail
from api.connectors.mail.sending import Answered, MailServer, Outgoing
from api.process.settings import Settings
from graph.cases.number import shown_number
from graph.replies.nodes import Reply


class Sender(Protocol):
    """`repeats`: the channel knows a reply that is sent twice, so that one whose end is not known is sent again."""

    repeats: ClassVar[bool]

    async def send(self, reply: Reply) -> RawEvent:
        """Send a reply and return the event of what has left.

        Raises ServiceUnavailable or Overloaded where it can be sent later, any other error where it never will.
        """
        ...


@dataclass(frozen=True, slots=True)
class MailSender:
    server: MailServer
    company: Company
    repeats: ClassVar[bool] = False

    async def send(self, reply: Reply) -> RawEvent:
        subject: str = reply.properties["subject"] or (reply.answers[2] if reply.answers else "") or reply.about
        number = "" if reply.number is None else shown_number(reply.number)
        named = subject if number in subject else f"{subject} [{number}]".strip()
        answers = Answered(reply.answers[0], reply.answers[1]) if reply.answers else None
        automatic = reply.notice is not None
        line, text = _answering(named) if answers else named, reply.properties["text"]
        sent = await self.server.send(Outgoing(reply.to[1], line, text, answers, automatic, reply.id))
        [told] = read_mail(sent.raw, self.company, datetime.now(UTC))
        return {**told, "data": {**told["data"], **_own(reply)}}


@dataclass(frozen=True, slots=True)
class LineSender:
    push: LinePush
    repeats: ClassVar[bool] = True

    async def send(self, reply: Reply) -> RawEvent:
        _, user, provider = reply.to
        text: str = reply.properties["text"]
        await self.push.push(user, [{"type": "text", "text": text}], UUID(reply.id))
        now = datetime.now(UTC).isoformat()
        by = by_identifier("LINE_USER_ID", user)
        data = {"kind": "SOCIAL_MESSAGE", "channel": "LINE", "direction": "OUTBOUND", "text": text, "by": by, **_own(reply)}
        return event(INTERACTION, f"/line/{provider}", f"reply-{reply.id}", now, data, subject=f"reply-{reply.id}")


def senders_of(settings: Settings, client: httpx2.AsyncClient) -> Mapping[str, Sender]:
    """Return what sends, by the kind of identifier that it sends to; nothing where no server and no token is set."""
    server, push = mail_server(settings), line_push(settings, client)
    found: dict[str, Sender] = {}
    if server is not None:
        found["EMAIL"] = MailSender(server, company_of(settings))
    if push is not None:
        found["LINE_USER_ID"] = LineSender(push)
    return found


def line_client() -> httpx2.AsyncClient:
    return httpx2.AsyncClient(base_url=API, trust_env=False)


def _own(reply: Reply) -> dict[str, Any]:
    """Return what ties the contact to its case and who wrote it, or to the order that a program tells of."""
    if reply.number is None:
        told = reply.notice.number if reply.notice else None
        return {"autoSubmitted": True, **({"orders": [told]} if told else {})}
    return {"reference": shown_number(reply.number), "staff": reply.properties["made_by"]}


def _answering(subject: str) -> str:
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"
