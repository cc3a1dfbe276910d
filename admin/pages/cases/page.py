"""The route table of the pages of cases."""

from __future__ import annotations

from admin.pages.cases.availability import availability
from admin.pages.cases.case import case
from admin.pages.cases.inbox import inbox
from admin.pages.cases.new import new
from admin.parts.page import Page

LARGEST_FORM = 131_072
"""Bytes: a note of 10,000 characters, each of which can take nine."""

PAGES = (
    Page("/cases", inbox, ("GET", "POST"), LARGEST_FORM),
    Page("/cases/new", new, ("GET", "POST"), LARGEST_FORM),
    Page("/cases/availability", availability, ("POST",), LARGEST_FORM),
    Page("/cases/{id}", case, ("GET", "POST"), LARGEST_FORM),
)
