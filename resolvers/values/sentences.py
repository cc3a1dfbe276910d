"""Sentences for staff: the argument that says in which language, and the form of a field that puts one value into words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import phonenumbers
from phonenumbers import PhoneNumberFormat

from graph.words import DEFAULT_LANGUAGE, say
from resolvers.engine.planner import Argument
from resolvers.values.words import Language

HOME_COUNTRY_CODE = 81
E164 = re.compile(r"\+[1-9]\d{6,14}")
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
    return in_words(lambda pair, language: say(f"{family}.{pair[0]}", language, value=as_people_write(pair[1])))


def as_people_write(value: str) -> str:
    """Return a telephone number in E.164 as 090-1234-5678 at home and +44 20 7946 0958 elsewhere; other values as they are."""
    if not E164.fullmatch(value):
        return value
    number = phonenumbers.parse(value, None)
    at_home = number.country_code == HOME_COUNTRY_CODE
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL)
