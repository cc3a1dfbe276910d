"""What a mutation was given, each value with its place, so that what is wrong with one can be pointed at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from graph.errors import InvalidInput
from graph.words import Sentence
from resolvers.engine import ids


@dataclass(frozen=True, slots=True)
class InputValue:
    """A coerced value; `pointer` is a JSON pointer into the input. A member that was left out is one of None."""

    value: Any
    pointer: str = ""

    def __getitem__(self, name: str) -> InputValue:
        return InputValue(self.value.get(name), f"{self.pointer}/{name}")

    @property
    def given(self) -> bool:
        return self.value is not None

    def each(self) -> list[InputValue]:
        """Return the items of a list; none of one that was left out."""
        items = cast("list[Any]", self.value or [])
        return [InputValue(item, f"{self.pointer}/{index}") for index, item in enumerate(items)]

    def raw_id(self, type_name: str | None = None) -> str:
        """Return the raw id in a global one, of one type or of any; raise InvalidInput for what is no such id."""
        try:
            return ids.decode_as(type_name, self.value) if type_name else ids.decode(self.value).raw
        except InvalidInput as error:
            raise InvalidInput(error.message, self.pointer) from None

    def text(self, refusal: str, *, least: int = 0, most: int) -> str:
        """Return a text without the space around it; raise InvalidInput with the message `refusal` for another length."""
        found = (self.value or "").strip()
        if not least <= len(found) <= most:
            raise InvalidInput(Sentence(refusal, least=least, most=most), self.pointer)
        return found
