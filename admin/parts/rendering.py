"""Templates: one environment for each language, whole pages and the blocks of them that htmx swaps in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import tzinfo
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from jinja2_fragments import render_block
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from admin.parts.addresses import split
from admin.parts.formats import Formats
from admin.parts.languages import Preferred, Words, own_name, reader_language
from admin.parts.questions import Problem, Questions, Viewer
from admin.parts.templates import environment_of

ROOM = Path(__file__).parents[1]
FILTERS = (
    "day", "time", "month", "ago", "duration", "birthday", "age", "money", "number", "phone", "identifier", "kana", "moment",
    "spaced", "language_name", "naming", "span", "is_past", "last_day", "hours", "weekday",
)  # fmt: skip
NAMES = """
query Names {
  touchpointKinds { kind typeName fields { name type } }
  channels: __type(name: "Channel") { enumValues { name } }
}
"""
ICONS = ROOM / "static" / "vendor" / "lucide"


@dataclass(frozen=True, slots=True)
class Shell:
    """What the frame around every page needs."""

    language: str
    languages: Mapping[str, str]
    path: str
    viewer: Viewer | None
    """None where nobody has signed in: then the frame has no search and no pages to go to."""


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """`status` chooses the words, `to` is the page that was asked for, or that the reader is on."""

    status: int
    to: str


class Rendering:
    """Renders a template with the fields of one dataclass, in the reader's language."""

    def __init__(self, words: Words, preferred: Preferred, time_zone: tzinfo) -> None:
        self.words = words
        self.preferred = preferred
        self.time_zone = time_zone
        self.channels: list[str] = []
        self.own_fields: dict[str, list[dict[str, str]]] = {}
        self.kinds: list[str] = []
        self.environments = {language: self._environment(Formats(language, time_zone)) for language in words.languages}

    def language_of(self, request: Request) -> str:
        return reader_language(request, self.words.languages, self.preferred)

    async def learn_names(self, questions: Questions) -> None:
        """Take the channels, and the kinds of touchpoints with their own fields, from the schema, which alone decides them."""
        if not self.channels:
            answer = await questions.ask(NAMES)
            kinds = answer["touchpointKinds"]
            self.own_fields = {each["typeName"]: each["fields"] for each in kinds}
            self.kinds = [each["kind"] for each in kinds]
            self.channels = [value["name"] for value in answer["channels"]["enumValues"]]

    def page(self, request: Request, template: str, page: Any, *, block: str | None = None, status: int = 200) -> HTMLResponse:
        """Answer the whole page, or only `block` of it when htmx asks for a fragment."""
        body = self.fragment(request, template, page, block if wants_fragment(request) else None)
        return HTMLResponse(body, status, headers={"Content-Language": self.language_of(request)})

    def fragment(self, request: Request, template: str, page: Any, block: str | None = None) -> str:
        """Return what a template makes of a page, or one `block` of it."""
        language = self.language_of(request)
        names = {name: own_name(name) for name in self.words.languages}
        shell = Shell(language, names, request.url.path, getattr(request.state, "viewer", None))
        context = {"shell": shell} | {field.name: getattr(page, field.name) for field in fields(page)}
        environment = self.environments[language]
        if block is not None:
            return render_block(environment, template, block, context)
        return environment.get_template(template).render(context)

    def problem(self, request: Request, problem: Problem) -> HTMLResponse:
        """Answer a designed error page, or only its message when htmx asks."""
        page = ProblemPage(problem.status, page_of(request))
        return self.page(request, "problems/problem.html", page, block="problem", status=problem.status)

    def starting(self, request: Request) -> HTMLResponse:
        """Answer that the database is starting, with a page that asks again by itself."""
        page = self.page(request, "problems/starting.html", ProblemPage(503, page_of(request)), block="problem", status=503)
        page.headers["Retry-After"] = "2"
        return page

    def _environment(self, formats: Formats) -> Environment:
        messages = self.words.messages(formats.language)
        environment = environment_of([ROOM / "pages", ROOM / "parts"], messages)
        environment.globals["icon"] = icon
        filters: dict[str, Any] = {name: getattr(formats, name) for name in FILTERS}
        environment.filters.update(filters)

        def label(value: str, enum: str) -> str:
            """The name of an enum value; one without a message yet reads as its own name."""
            return str(messages.pgettext(enum, value)).replace("_", " ")

        def named(person: dict[str, Any]) -> str:
            """What a customer is called: by name, else by reading."""
            return formats.spaced(person["name"]) or formats.kana(person["kana"] or "") or str(messages.gettext("Name unknown"))

        environment.filters |= {"label": label, "named": named}
        return environment


def page_of(request: Request) -> str:
    """Return the address, without the host, of the page that is asked for, or of the one that a fragment is for."""
    here = split(request.headers.get("hx-current-url", "") if wants_fragment(request) else str(request.url))
    return f"{here.path}?{here.query}" if here.query else here.path


def wants_fragment(request: Request) -> bool:
    """Tell whether htmx will swap a part; when it restores history it needs the whole page."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-history-restore-request") != "true"


@cache
def icon(name: str) -> Markup:
    """Return the drawing, to stand in the page; the words beside it say what it means."""
    drawing = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    start = drawing.index(">", drawing.index("<svg")) + 1
    shape = " ".join(drawing[start:].split())
    opening = (
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
    )
    return Markup(opening + shape)  # noqa: S704 (a vendored file, nothing that a reader or a source wrote)
