"""What a lenient projector gives the ordinary executor to walk, and what stops a strict one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


class Violation(Exception):
    """A row that the executor would object to."""


class Answer(dict[str, Any]):
    """An object for the ordinary executor: its values by response key, and its type."""

    __slots__ = ("type_name",)

    def __init__(self, type_name: str, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.type_name = type_name


def attempt(form: Callable[..., Any], value: Any, *given: Any) -> Any:
    """Return what the form makes of a value, null of null, and a failure as a value."""
    try:
        return None if value is None else form(value, *given)
    except Exception as error:
        return error
