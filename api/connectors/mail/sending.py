"""Messages that are sent by SMTP, each with an id that proves later that an answer belongs to its thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import aiosmtplib

from api.process.settings import LOOPBACK_HOSTS
from graph.errors import Customer360Error, InvalidInput, ServiceUnavailable
from graph.threads.naming import keyed_part

TIMEOUT_SECONDS = 30
TLS_PORT = 465


class MailRefused(Customer360Error):
    """The server takes the message neither now nor later: an address that is none, or a sender it does not know."""

    code = "MAIL_REFUSED"


@dataclass(frozen=True, slots=True)
class Answered:
    """The message that is answered: its id, what it refers to, and whether a program sent it."""

    message_id: str
    references: Sequence[str] = ()
    auto_submitted: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to somebody; `automatic` where no person wrote it. Its id is made of `number`, 32 hex digits, if one is given."""

    to: str
    subject: str
    text: str
    answers: Answered | None = None
    automatic: bool = False
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What left: its message id without brackets, and the whole, which `read_mail` reads as an outgoing contact."""

    message_id: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over: port 465 by TLS, others by STARTTLS, on loopback without. `key` is that of our message ids."""

    host: str
    port: int
    user: str | None
    password: str | None
    sender: str
    key: bytes

    async def send(self, outgoing: Outgoing) -> Sent:
        """Hand a message over. A program's message is never answered by another one.

        Raises InvalidInput for that and for what cannot stand in a header, MailRefused, or ServiceUnavailable where it can be
        tried again, perhaps twice delivered.
        """
        message, message_id = self._message(outgoing)
        try:
            await aiosmtplib.send(
                message,
                hostname=self.host,
                port=self.port,
                username=self.user,
                password=self.password,
                use_tls=self.port == TLS_PORT,
                start_tls=self.port != TLS_PORT and self.host not in LOOPBACK_HOSTS,
                timeout=TIMEOUT_SECONDS,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _refusal(max(each.code for each in error.recipients)) from None
        except aiosmtplib.SMTPResponseException as error:
            raise _refusal(error.code) from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise ServiceUnavailable(f"The mail server could not be reached ({type(error).__name__}).") from None
        return Sent(message_id, message.as_bytes(policy=SMTP))

    def _message(self, outgoing: Outgoing) -> tuple[EmailMessage, str]:
        answers = outgoing.answers
        if outgoing.automatic and answers is not None and answers.auto_submitted:
            raise InvalidInput("A program does not answer a message that a program sent.")
        message = EmailMessage()
        message_id = f"{keyed_part(self.key, outgoing.number)}@{self.sender.rpartition('@')[2]}"
        try:
            message["From"], message["To"], message["Subject"] = self.sender, outgoing.to, outgoing.subject
        except ValueError:
            raise InvalidInput("Address and subject are one line each.") from None
        message["Date"], message["Message-ID"] = format_datetime(datetime.now(UTC)), f"<{message_id}>"
        if answers is not None:
            message["In-Reply-To"] = f"<{answers.message_id}>"
            message["References"] = " ".join(f"<{each}>" for each in (*answers.references, answers.message_id))
        if outgoing.automatic:
            message["Auto-Submitted"] = "auto-replied" if answers is not None else "auto-generated"
        message.set_content(outgoing.text, charset="utf-8")
        return message, message_id


def _refusal(code: int) -> Customer360Error:
    if code >= 500:
        return MailRefused(f"The mail server answered {code}.")
    return ServiceUnavailable(f"The mail server answered {code}; send it again later.")
