"""The sign of life of an open page, as its script sends it."""

from __future__ import annotations

import re

from starlette.requests import Request

from admin.parts.live import Sign
from admin.parts.questions import Problem

LARGEST = 1_024
"""Bytes of one."""
PAGE = re.compile(r"[0-9a-f]{32}")
STATES = ("viewing", "writing", "left")


async def sign_of(request: Request) -> Sign:
    """Return what a page says of itself; raises Problem 400 for anything else."""
    async with request.form(max_files=0, max_fields=2) as form:
        page, state = str(form.get("page", "")), str(form.get("state", ""))
    if not PAGE.fullmatch(page) or state not in STATES:
        raise Problem(400)
    return Sign(page, writing=state == "writing", left=state == "left")
