"""A message of the catalogue that is told in English first, and to a reader in their own language."""

from __future__ import annotations

from typing import Self

from graph.words.catalogue import say

LOGGED = "en"


class Sentence(str):
    """The English text of a message with its places filled, which also knows how to be said otherwise."""

    __slots__ = ("_id", "_values")

    _id: str
    _values: dict[str, object]

    def __new__(cls, message: str, **values: object) -> Self:
        made = super().__new__(cls, say(message, LOGGED, **values))
        made._id, made._values = message, values
        return made

    def said(self, language: str) -> str:
        """Return it in one of `LANGUAGES`."""
        return say(self._id, language, **self._values)
