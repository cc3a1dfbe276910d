"""Templates in one language: what is escaped, what is missing is an error, and words come from the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined


def environment_of(folders: Sequence[Path], messages: Translations) -> Environment:
    """Return what renders the templates of these folders with these words."""
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(messages, newstyle=True)  # type: ignore[attr-defined]
    return environment
