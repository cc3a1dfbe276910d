"""Why a client asks, as it says in a header; the read audit keeps it."""

from __future__ import annotations

from starlette.requests import Request

from admin.parts.purpose import LONGEST

HEADER = "x-purpose"


def stated_purpose(request: Request) -> str:
    return cut(request.headers.get(HEADER, ""))


def cut(purpose: str) -> str:
    return purpose[:LONGEST]
