"""What each button of a case does: the mutation by its name, and its input from what the form says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TypeAlias

from admin.parts.questions import Json, Problem

CODES = ("SOLVED", "INFORMED", "REFUNDED", "NO_ANSWER", "DUPLICATE", "NO_ACTION")
"""Codes of a resolution that can be chosen."""


@dataclass(frozen=True, slots=True)
class Said:
    """A form's texts, about a case as it was read: `{id, version}`. Its times are in the business time `zone`."""

    texts: Mapping[str, str]
    case: Json
    zone: tzinfo

    @property
    def same(self) -> Json:
        """The case as it was read: refused if something has happened since."""
        return {"case": self.case}

    @property
    def whatever(self) -> Json:
        """The case, whatever has happened to it since."""
        return {"case": {"id": self.case["id"]}}

    def __getitem__(self, name: str) -> str:
        return self.texts.get(name, "")

    def time(self, name: str) -> str | None:
        """Return a time as RFC 3339; None where none was chosen. Raises Problem 400 for what is no time."""
        if not self[name]:
            return None
        try:
            return datetime.fromisoformat(self[name]).replace(tzinfo=self.zone).astimezone(UTC).isoformat()
        except (ValueError, OverflowError):
            raise Problem(400) from None


Asked: TypeAlias = Callable[[Said], Json]


def _several(said: Said) -> Json:
    return {"cases": [said.case]}


def _without_blanks(**members: str | None) -> Json:
    return {name: value for name, value in members.items() if value}


def _updated(said: Said) -> Json:
    return {**said.same, **_without_blanks(subject=said["subject"], priority=said["priority"]), "topic": said["topic"]}


def _replied(said: Said) -> Json:
    subject = _without_blanks(subject=said["reply_subject"])
    return {**said.whatever, "identifierId": said["reply_to"], "text": said["reply_text"], **subject}


def _asked_of(said: Said) -> Json:
    return {**said.whatever, "team": said["ask_team"], "note": said["ask_note"], "answerBy": said.time("answer_by")}


def _promised(said: Said) -> Json:
    due = said.time("promise_due")
    if due is None:
        raise Problem(400)
    return {**said.whatever, "text": said["promise"], "dueAt": due, **_without_blanks(owner=said["promise_owner"])}


def _promise(said: Said) -> Json:
    return {"promiseId": said["promise_id"]}


WAYS: Mapping[str, tuple[str, Asked]] = {
    # Who has it already is told, whatever else has changed.
    "take": ("caseAssign", lambda said: {"cases": [{"id": said.case["id"]}], "take": True}),
    "assign": ("caseAssign", lambda said: {**_several(said), "team": said["team"], "assignee": said["assignee"]}),
    "free": ("caseAssign", _several),
    "decline": ("caseDecline", lambda said: said.whatever),
    "state": (
        "caseSetState",
        lambda said: {**_several(said), "state": said["state"], "code": said["code"], "note": said["note"]},
    ),
    "resolve": (
        "caseSetState",
        lambda said: {**_several(said), "state": "RESOLVED", "code": said["code"], "note": said["note"]},
    ),
    "reply": ("caseReply", _replied),
    "unsend": ("caseReplyUndo", lambda said: {**said.whatever, "replyId": said["reply"]}),
    "note": ("caseNote", lambda said: {**said.whatever, "text": said["text"]}),
    "update": ("caseUpdate", _updated),
    "topic": ("caseUpdate", lambda said: {**said.same, "topic": said["topic"]}),
    "priority": ("caseUpdate", lambda said: {**said.same, "priority": said["priority"]}),
    "tag": ("caseTag", lambda said: {"cases": [{"id": said.case["id"]}], "tag": said["tag"]}),
    "untag": ("caseUntag", lambda said: {"cases": [{"id": said.case["id"]}], "tag": said["tag"]}),
    "snooze": ("caseSnooze", lambda said: {**said.whatever, "until": said.time("until")}),
    "wake": ("caseSnooze", lambda said: said.whatever),
    "escalate": ("caseEscalate", _asked_of),
    "answer": ("caseAnswer", lambda said: {**said.whatever, "note": said["answer"]}),
    "tie": ("caseTie", lambda said: {**said.whatever, "touchpointId": said["touchpoint"]}),
    "untie": ("caseUntie", lambda said: {**said.whatever, "touchpointId": said["touchpoint"]}),
    "thanks": ("caseThanksUndo", lambda said: {**said.whatever, "eventId": said["event"]}),
    "promise": ("promiseMake", _promised),
    "keep": ("promiseKeep", _promise),
    "withdraw": ("promiseWithdraw", _promise),
}
"""Button -> its mutation, and the input of it beside the key."""
STEPS = {
    "tie": "touchpoint",
    "untie": "touchpoint",
    "unsend": "reply",
    "thanks": "event",
    "keep": "promise_id",
    "withdraw": "promise_id",
    "untag": "tag",
    "topic": "topic",
    "priority": "priority",
    "wake": "",
    "decline": "",
}
"""Button that needs nothing but a press -> what it is about, which stands behind its name in `step`."""


def stepped(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of a form with its `step` taken apart; raises Problem 400 for a step that there is not."""
    if "step" not in texts:
        return dict(texts)
    pressed, _, subject = texts["step"].partition(" ")
    if pressed not in STEPS:
        raise Problem(400)
    return {**texts, "pressed": pressed, STEPS[pressed]: subject}
