"""What a case is answered with: to whom replies can go, and the text of one that was taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from admin.pages.cases import operations
from admin.parts.questions import Json, Questions

KINDS: Mapping[str, str] = {"EMAIL": "EMAIL", "LINE_USER_ID": "LINE"}
"""Kind of an identifier -> the channel of a reply to it."""


def addresses(case: Json, interactions: list[Json], channels: list[str]) -> list[Json]:
    """Return the identifiers that can be answered, each once: of the newest message first, then those of the customer."""
    told: list[Json] = [each["touchpoint"] for each in reversed(interactions) if each.get("touchpoint")]
    used: list[Json] = [identifier for each in told for identifier in each.get("identifiersUsed", ())]
    owner: Json = case.get("contacts") or {}
    page: Json = owner.get("identifiers") or {"edges": []}
    held: list[Json] = [edge["node"]["identifier"] for edge in page["edges"]]
    found: dict[str, Json] = {each["id"]: each for each in (*used, *held)}
    return [each for each in found.values() if KINDS.get(each["kind"]) in channels and each.get("state") != "BLOCKED"]


@dataclass(frozen=True, slots=True)
class Ways:
    """How a customer can be answered: `open` are the identifiers that can be, the first of them proposed, `returned` those
    to which mail comes back. `instead_of` is what would have been proposed if mail to it did not come back. Nothing is sent
    from here at all unless it is `set_up`.
    """

    open: list[Json]
    returned: list[Json]
    instead_of: Json | None
    set_up: bool


def ways_to_reply(found: list[Json], channels: list[str]) -> Ways:
    """Put the addresses to which mail comes back after those by which the customer can be reached."""
    reachable = [each for each in found if not each.get("undeliverableSince")]
    returned = [each for each in found if each.get("undeliverableSince")]
    return Ways(reachable, returned, found[0] if found and found[0] in returned else None, bool(channels))


async def taken_back(questions: Questions, case: str, typed: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of a form that takes a reply back, with what that reply says, to be written again."""
    found: Json = (await questions.ask_of(operations.REPLIES, id=case))["case"] or {}
    replies: list[Json] = found.get("replies", [])
    for reply in replies:
        if reply["id"] == typed.get("reply"):
            to: Json = reply.get("identifier") or {}
            texts = {"reply_text": reply.get("text", ""), "reply_subject": reply.get("subject", "")}
            return {**typed, **texts, "reply_to": to.get("id", "")}
    return dict(typed)
