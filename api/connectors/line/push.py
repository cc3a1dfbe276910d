"""Messages to friends of a LINE account: pushed once, however often they are sent under one key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx2

from api.process.settings import Settings
from graph.errors import Customer360Error, InvalidInput, Overloaded, ServiceUnavailable

API = "https://api.line.me"
TIMEOUT_SECONDS = 20
MOST_MESSAGES = 5
ACCEPTED_BEFORE = 409


class LineRefused(Customer360Error):
    """LINE does not take the message, now or later: a token that does not hold, somebody who is no friend, a bad message."""

    code = "LINE_REFUSED"


@dataclass(frozen=True, slots=True)
class Pushed:
    """`request_id` is LINE's of the request that was accepted; `before` says that this was an earlier one of the same key."""

    request_id: str | None
    before: bool = False


@dataclass(frozen=True, slots=True)
class LinePush:
    """Pushes with a channel access token; `client` is open for as long as it is used."""

    client: httpx2.AsyncClient
    token: str

    async def push(self, to: str, messages: Sequence[dict[str, Any]], retry_key: UUID) -> Pushed:
        """Push one to five messages (LINE's message objects) to a user id; send again under the same key after any failure.

        LINE knows a key for 24 hours. Raises LineRefused, Overloaded with the seconds to wait, or ServiceUnavailable where it
        is not known whether it was accepted.
        """
        if not 1 <= len(messages) <= MOST_MESSAGES:
            raise InvalidInput(f"LINE takes one to {MOST_MESSAGES} messages at once.")
        headers = {"Authorization": f"Bearer {self.token}", "X-Line-Retry-Key": str(retry_key)}
        try:
            answer = await self.client.post(
                "/v2/bot/message/push", json={"to": to, "messages": list(messages)}, headers=headers, timeout=TIMEOUT_SECONDS
            )
        except httpx2.HTTPError:
            raise ServiceUnavailable("LINE did not answer; push again under the same key.") from None
        return _pushed(answer)


def _pushed(answer: httpx2.Response) -> Pushed:
    if answer.status_code == 200:
        return Pushed(answer.headers.get("x-line-request-id"))
    if answer.status_code == ACCEPTED_BEFORE:
        return Pushed(answer.headers.get("x-line-accepted-request-id"), before=True)
    if answer.status_code == 429:
        after = answer.headers.get("retry-after", "")
        raise Overloaded("LINE takes no more messages just now.", int(after) if after.isdecimal() else 60)
    if answer.status_code >= 500:
        raise ServiceUnavailable(f"LINE answered {answer.status_code}; push again under the same key.")
    raise LineRefused(f"LINE answered {answer.status_code}.")


def line_push(settings: Settings, client: httpx2.AsyncClient) -> LinePush | None:
    """Return what pushes by the settings, over a client whose base is `API`; None where no access token is set."""
    token = settings.line_access_token
    return LinePush(client, token.get_secret_value()) if token else None
