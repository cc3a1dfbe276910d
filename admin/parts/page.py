"""A page as a row of the route table, which stands beside its handler as `PAGES`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from admin.parts.questions import Questions
from admin.parts.rendering import Rendering

Handler: TypeAlias = Callable[[Request, Questions, Rendering], Awaitable[Response]]

LARGEST_FORM = 16_384


@dataclass(frozen=True, slots=True)
class Page:
    """`path` is what follows `/admin`, empty for that address itself; `methods` are the HTTP methods that it takes,
    `largest_form` the bytes of what is sent to it."""

    path: str
    handler: Handler
    methods: tuple[str, ...] = ("GET",)
    largest_form: int = LARGEST_FORM
