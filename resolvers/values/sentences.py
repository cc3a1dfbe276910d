"""Sentences for staff: the argument that says in which tongue, and the form of a field that puts one value into words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from resolvers.engine.planner import Argument
from resolvers.values.words import Language

IN_WORDS = {"language": Argument(Language, "Language of the text.", "ja")}
"""The argument of a planned field."""


def in_words(sentence: Callable[[Any, str], str]) -> Callable[[Any, Mapping[str, Any]], str]:
    """Return the form of a field with the argument `IN_WORDS`; `sentence(value, language)` takes `ja` or `en`."""
    return lambda value, given: sentence(value, given["language"])
