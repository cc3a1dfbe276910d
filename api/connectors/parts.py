"""JSON of others, read without trust in its shape: what is missing or of another type is nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast


@dataclass(frozen=True, slots=True)
class Part:
    """A value somewhere in a body; names lead into objects, and into nothing where there is none."""

    value: object

    def __getitem__(self, name: str) -> Part:
        return Part(self._members().get(name))

    def each(self, name: str) -> list[Part]:
        """Return the items of the list under a name."""
        value: Any = self[name].value
        return [Part(item) for item in cast("list[object]", value)] if isinstance(value, list) else []

    def items(self) -> list[Part]:
        """Return the items of a list, or an object alone as one."""
        value: Any = self.value
        if isinstance(value, list):
            return [Part(item) for item in cast("list[object]", value)]
        return [self] if self._members() else []

    def text(self, *names: str) -> str | None:
        """Return the first of these that is a text with something in it, or a number, which becomes one."""
        for name in names:
            value = self[name].value
            if isinstance(value, str) and value.strip():
                return value
            if isinstance(value, int | float) and not isinstance(value, bool):
                return str(value)
        return None

    def whole(self, name: str) -> int | None:
        """Return a whole number that is not negative."""
        value = self[name].value
        return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None

    def says(self, name: str) -> bool:
        return name in self._members()

    def _members(self) -> dict[str, Any]:
        value: Any = self.value
        return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
