"""An export as a page to read: everything that is held of a person, in one language, made piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeAlias, cast

from babel.support import Translations
from jinja2 import Environment

from admin.parts.formats import Formats
from admin.parts.languages import Words
from admin.parts.templates import environment_of

Row: TypeAlias = dict[str, Any]
ENUMS = {
    ("touchpoints", "kind"): "TouchpointKind", ("identifiers", "kind"): "IdentifierKind", ("customer", "kind"): "CustomerKind",
    ("customer", "gender"): "Gender", ("records", "gender"): "Gender", ("touchpoints", "status"): "OrderStatus",
    ("identifiers", "sharing"): "Sharing", ("identifiers", "state"): "IdentifierState", ("touchpoints", "channel"): "Channel",
    ("customer", "favourite_channel"): "Channel", ("consents", "purpose"): "Purpose", ("consents", "state"): "ConsentState",
    ("cases", "state"): "CaseState", ("cases", "priority"): "CasePriority", ("cases", "origin"): "CaseOrigin",
    ("cases", "channel"): "Channel", ("case_events", "channel"): "Channel", ("case_events", "kind"): "CaseEventKind",
    ("case_events", "state"): "CaseState", ("case_events", "priority"): "CasePriority", ("promises", "state"): "PromiseState",
    ("fulfillments", "state"): "FulfillmentState", ("fulfillments", "method"): "FulfillmentMethod",
    ("fulfillments", "checked"): "PickupCheck", ("point_entries", "kind"): "PointEntryKind",
    ("coupons_shown", "channel"): "Channel", ("coupons_held", "channel"): "Channel", ("coupons_used", "channel"): "Channel",
    ("coupons_held", "state"): "CouponReservationState", ("coupons_used", "state"): "CouponRedemptionState",
    ("basket_lines", "channel"): "Channel", ("basket_handovers", "channel"): "Channel", ("products_seen", "channel"): "Channel",
    ("offers", "channel"): "Channel", ("offers", "answered_channel"): "Channel", ("offers", "state"): "OfferState",
    ("stock_requests", "outcome"): "StockRequestOutcome", ("accesses", "roles"): "Role", ("accesses", "tags"): "Tag",
}  # fmt: skip
"""Section and name of a value -> the words that there are for it."""
SENTENCES = {
    ("decisions", "rule"): "rule", ("touchpoints", "rule"): "rule", ("candidates", "rule"): "rule",
    ("candidates", "reason"): "obstacle",
}  # fmt: skip
"""Section and name of a value -> the family of sentences that say it."""
PROPERTY = "Property"
PIECES_AT_ONCE = 500
EMPTY: tuple[object, ...] = (None, "", [], {})


class Gathered(Protocol):
    """What an export has: the names and the number of the rows of each section, and the rows one after the other."""

    @property
    def columns(self) -> dict[str, list[str]]: ...

    @property
    def counts(self) -> dict[str, int]: ...

    def rows(self, name: str) -> Iterator[Row]: ...


Document: TypeAlias = Callable[[Mapping[str, Any], Any], Iterator[str]]


def documents(words: Words, time_zone: tzinfo) -> dict[str, Document]:
    """Return file name -> what makes that file of an export's head and rows, one for each language of the words."""
    made: dict[str, Document] = {}
    for language in words.languages:
        made[f"{language}.html"] = partial(_pieces, language, _environment(words, Formats(language, time_zone)))
    return made


def _pieces(language: str, environment: Environment, head: Mapping[str, Any], gathered: Gathered) -> Iterator[str]:
    template = environment.get_template("export.html")
    pieces = template.stream(language=language, head=head, gathered=gathered, sections=list(gathered.columns))
    pieces.enable_buffering(PIECES_AT_ONCE)
    yield from pieces


def _environment(words: Words, formats: Formats) -> Environment:
    messages = words.messages(formats.language)
    environment = environment_of([Path(__file__).parent], messages)
    filters: dict[str, Any] = {
        "moment": formats.moment,
        "number": formats.number,
        "title": partial(_title, messages),
        "shown": partial(_shown, messages, formats),
        "named": _named,
    }
    environment.filters.update(filters)
    return environment


def _title(messages: Translations, name: str, section: str) -> str:
    """Return what a value of a section is called, or one of any, or the field of a touchpoint; without words its own name."""
    first, *rest = name.split("_")
    field = first + "".join(map(str.title, rest))
    for context, key in ((PROPERTY, f"{section}.{name}"), (PROPERTY, name), ("TouchpointField", field)):
        if (said := str(messages.pgettext(context, key))) != key:
            return said
    return name.replace("_", " ")


def _named(row: Row, columns: Sequence[str], *, whole: bool) -> Iterator[tuple[str, Any]]:
    """Yield name and value: all of them, or those that say something."""
    for name in columns:
        value = row.get(name)
        if whole or value not in EMPTY:
            yield name, value


def _shown(messages: Translations, formats: Formats, value: Any, section: str, name: str) -> str:
    """Return a value as a reader knows it: in words where there are some, times as they are written here."""
    if isinstance(value, bool):
        return str(messages.gettext("Yes")) if value else str(messages.gettext("No"))
    if isinstance(value, list):
        return ", ".join(_shown(messages, formats, each, section, name) for each in value)  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value)
        return "; ".join(f"{key}: {_shown(messages, formats, each, section, name)}" for key, each in pairs.items())
    if enum := ENUMS.get((section, name)):
        return str(messages.pgettext(enum, str(value))).replace("_", " ")
    if family := SENTENCES.get((section, name)):
        sentence = f"{family}.{value}"
        said = str(messages.gettext(sentence))
        return str(value) if said == sentence else said
    return str(formats.moment(value))
