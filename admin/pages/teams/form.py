"""The form of a team as it is shown, sent, and refused: each error stands by its field, and what was typed stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from starlette.datastructures import FormData
from starlette.requests import Request

from admin.parts.questions import Json

MORE_ROWS = "rows"
"""The button that asks for further empty rows and saves nothing."""
EMPTY_ROWS = 3
MOST_FIELDS = 1_000
LARGEST_FORM = 131_072
"""Bytes: 150 members with what they can do."""
MEMBER = ("account", "skills", "languages", "capacity", "shift")
WHOLE_NUMBER = "number"
"""Stands for the error of a field that is not one, which is told before anything is asked."""
_BETWEEN = re.compile(r"[,、，]")
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """A member as text; a row without an account is none."""

    account: str = ""
    skills: str = ""
    languages: str = ""
    capacity: str = "6"
    shift: str = ""

    def asked(self) -> Json:
        return {
            "account": self.account,
            "skills": several(self.skills),
            "languages": several(self.languages),
            "capacity": int(self.capacity),
            "shift": self.shift or None,
        }


@dataclass(frozen=True, slots=True)
class Form:
    """`version` is that of the team when the form was made of it; 0 for a new one.

    `errors` are by the name of a field of the team, or `<place of the row>/<name>` of a member; '' is of the form as a whole.
    """

    code: str = ""
    name: str = ""
    assigns: bool = False
    minutes: str = ""
    version: int = 0
    rows: tuple[Row, ...] = ()
    errors: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    def with_more_rows(self) -> Form:
        return replace(self, rows=(*self.rows, *[Row()] * EMPTY_ROWS), errors=NOTHING)

    def places(self) -> list[int]:
        """Return the places of the rows that are members, in order."""
        return [place for place, row in enumerate(self.rows) if row.account]

    def asked(self) -> Json:
        """As the TeamPutInput of the schema; only a form without errors has one."""
        return {
            "code": self.code,
            "name": self.name,
            "version": self.version,
            "assigns": self.assigns,
            "offerMinutes": int(self.minutes) if self.minutes else None,
            "members": [self.rows[place].asked() for place in self.places()],
        }

    def refused(self, error: Json) -> tuple[Form, bool]:
        """Return the form with what was refused, and whether it was since the team has changed: it then goes by that."""
        if error["currentVersion"] is not None:
            return replace(self, version=error["currentVersion"]), True
        match error["path"][1:]:
            case ["members", place, name, *_]:
                where = f"{self.places()[int(place)]}/{name}"
            case [name, *_]:
                where = {"offerMinutes": "minutes"}.get(name, name)
            case _:
                where = ""
        return replace(self, errors={where: error["message"]}), False


def several(text: str) -> list[str]:
    return [each.strip() for each in _BETWEEN.split(text) if each.strip()]


def form_of(team: Json | None) -> Form:
    """Return the form of a team as the schema has it, with room for further members."""
    if team is None:
        return Form().with_more_rows()
    rows = [
        Row(each["account"], ", ".join(each["skills"]), ", ".join(each["languages"]), str(each["capacity"]), each["shift"] or "")
        for each in team["members"]
    ]
    minutes = "" if team["offerMinutes"] is None else str(team["offerMinutes"])
    form = Form(team["code"], team["name"], team["assigns"], minutes, team["version"], tuple(rows))
    return form.with_more_rows()


def received(sent: FormData, team: Json | None) -> Form:
    """Return the form as it was sent; the code of a team that there is stays."""
    columns = [[str(each).strip() for each in sent.getlist(name)] for name in MEMBER]
    rows = tuple(Row(*values) for values in zip(*columns, strict=False))
    name, code, minutes, version = (str(sent.get(each, "")).strip() for each in ("name", "code", "minutes", "version"))
    errors = {} if not minutes or _NUMBER.fullmatch(minutes) else {"minutes": WHOLE_NUMBER}
    errors |= {
        f"{place}/capacity": WHOLE_NUMBER for place, row in enumerate(rows) if row.account and not _NUMBER.fullmatch(row.capacity)
    }
    read = int(version) if _NUMBER.fullmatch(version) else 0
    return Form(team["code"] if team else code, name, sent.get("assigns") == "yes", minutes, read, rows, errors)


async def sent_by(request: Request) -> FormData:
    return await request.form(max_files=0, max_fields=MOST_FIELDS)
