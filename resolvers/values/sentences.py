"""Sentences for staff: the argument that says in which language, and the form of a field that puts one value into words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graph.words import DEFAULT_LANGUAGE, say
from resolvers.engine.planner import Argument
from resolvers.values.words import Language

IN_WORDS = {"language": Argument(Language, "Language of the text.", DEFAULT_LANGUAGE)}
"""The argument of a planned field."""


def in_words(sentence: Callable[[Any, str], str]) -> Callable[[Any, Mapping[str, Any]], str]:
    """Return the form of a field with the argument `IN_WORDS`; `sentence(value, language)` takes one of `LANGUAGES`."""
    return lambda value, given: sentence(value, given["language"])


def message(family: str) -> Callable[[Any, Mapping[str, Any]], str]:
    """Return the form of a field whose value ends a message id: `rule` and NAMED say `rule.NAMED`."""
    return in_words(lambda value, language: say(f"{family}.{value}", language))


def message_with_value(family: str) -> Callable[[Any, Mapping[str, Any]], str]:
    """Return the form of a field that reads [end of the message id, value that stands in the message]."""
    return in_words(lambda pair, language: say(f"{family}.{pair[0]}", language, value=pair[1]))
