"""Documents that the server knows: the playground's examples and those of the company's own apps, asked by hash or text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import orjson

from api.http.playground.examples import examples
from api.process.settings import InvalidSettings, Settings
from graph.errors import InvalidInput
from resolvers.access.viewer import Viewer

MUTATION, SUBSCRIPTION = (re.compile(rf"^\s*{word}\b", re.MULTILINE) for word in ("mutation", "subscription"))
Json = dict[str, Any]
UNKNOWN = "The server does not know this document: it takes those of DOCUMENTS_FOLDER, others with the scope `playground`."


class PersistedQueryNotFound(InvalidInput):
    """A document that the server does not know; clients know the message of one asked by hash and send its text."""

    code = "PERSISTED_QUERY_NOT_FOUND"


class PersistedQueryNotSupported(InvalidInput):
    """A document by its hash, where no app has handed in documents; clients know this message and send texts from then on."""

    code = "PERSISTED_QUERY_NOT_SUPPORTED"


@dataclass(frozen=True, slots=True)
class Document:
    """One operation of an app: its text, and variables by which it is asked once after the start."""

    text: str
    variables: Mapping[str, Any]

    @property
    def asked_ahead(self) -> bool:
        """Whether it is asked after the start: neither a subscription nor what would change something, as no dry run does."""
        return SUBSCRIPTION.search(self.text) is None and not self._writes

    @property
    def _writes(self) -> bool:
        dry = any(isinstance(value, dict) and cast("Json", value).get("dryRun") is True for value in self.variables.values())
        return MUTATION.search(self.text) is not None and not dry


@dataclass(frozen=True, slots=True)
class Documents:
    """The known documents, `of_apps` among them or not; with `only` no others are answered, but to viewers who may explore."""

    known: tuple[Document, ...] = ()
    only: bool = False
    of_apps: bool = False
    by_hash: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_hash", {digest(each.text): each.text for each in self.known})

    def text_of(self, hash_: str) -> str:
        """Return the text of a document by the SHA-256 of its text, in hexadecimal.

        Raises PersistedQueryNotFound, or PersistedQueryNotSupported where no app has any.
        """
        text = self.by_hash.get(hash_.lower())
        if text is None and not self.of_apps:
            raise PersistedQueryNotSupported("PersistedQueryNotSupported")
        if text is None:
            raise PersistedQueryNotFound("PersistedQueryNotFound")
        return text

    def knows(self, text: str, viewer: Viewer) -> bool:
        """Return whether a document is known; raises PersistedQueryNotFound where it has to be and is not."""
        known = digest(text) in self.by_hash
        if self.only and not known and not viewer.may_explore:
            raise PersistedQueryNotFound(UNKNOWN)
        return known


def digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def known_documents(settings: Settings) -> Documents:
    """Return the documents of this process; raises InvalidSettings for a folder that cannot be read."""
    of_apps = tuple(documents_in(settings.documents_folder)) if settings.documents_folder else ()
    of_playground = tuple(Document(each.query, each.variables) for each in examples())
    return Documents((*of_playground, *of_apps), settings.known_documents_only, of_apps=bool(of_apps))


def documents_in(folder: Path) -> Iterable[Document]:
    paths = sorted(folder.rglob("*.graphql"))
    if not paths:
        raise InvalidSettings(f"DOCUMENTS_FOLDER: there are no .graphql files in {folder}.")
    return [document_of(path) for path in paths]


def document_of(path: Path) -> Document:
    beside = path.with_suffix(".json")
    try:
        variables: dict[str, Any] = orjson.loads(beside.read_bytes()) if beside.exists() else {}
        return Document(path.read_text("utf-8"), variables)
    except (OSError, ValueError) as error:
        raise InvalidSettings(f"DOCUMENTS_FOLDER: {path.name}, or the JSON beside it, cannot be read.") from error
