"""The messages of each language, compiled from its committed .po file. A new language is its file and its name here."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

LANGUAGES = ("ja", "en")
"""The languages by their locale names; the first is that of a reader who states none of them."""
DEFAULT_LANGUAGE = LANGUAGES[0]
FOLDER = Path(__file__).parent


class Catalogue:
    """The messages of `languages`, read from `<folder>/<language>.po` when they are first needed."""

    def __init__(self, folder: Path, languages: tuple[str, ...]) -> None:
        self.folder = folder
        self.languages = languages
        self._compiled: dict[str, Translations] = {}

    def messages(self, language: str) -> Translations:
        """Return the messages of a language, compiled; a language that is not listed raises KeyError."""
        if language not in self._compiled:
            self._compiled[language] = self._compile(language)
        return self._compiled[language]

    def say(self, message: str, language: str, **values: object) -> str:
        """Return a message with its `{places}` filled; an id that the language lacks raises KeyError."""
        text = str(self.messages(language).gettext(message))
        if text == message:
            raise KeyError(f"{message} has no words in {language}.po")
        return text.format(**values) if values else text

    def count(self, message: str, language: str, number: int) -> str:
        """Return a message in the plural form of a number, which stands at its place `{number}`."""
        return str(self.messages(language).ngettext(message, message, number)).format(number=number)

    def name(self, enum: str, value: str, language: str) -> str:
        """Return the name of a value of a GraphQL enum; one without a name reads as the value."""
        return str(self.messages(language).pgettext(enum, value))

    def _compile(self, language: str) -> Translations:
        if language not in self.languages:
            raise KeyError(language)
        with (self.folder / f"{language}.po").open("rb") as source:
            messages = read_po(source, locale=language)
        compiled = BytesIO()
        write_mo(compiled, messages)
        compiled.seek(0)
        return Translations(compiled)


CATALOGUE = Catalogue(FOLDER, LANGUAGES)
"""The words of this program."""


def say(message: str, language: str, **values: object) -> str:
    """Return a message of this program in one of `LANGUAGES`, as `Catalogue.say`."""
    return CATALOGUE.say(message, language, **values)
