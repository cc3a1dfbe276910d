"""The registry of touchpoint kinds. A new kind is one row here: models and GraphQL types follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import LiteralString

from graph.touchpoints.concerns import (
    Concern,
    Rule,
    always,
    by_company,
    by_customer,
    by_staff,
    complaint,
    goes_on,
    low_score,
    meeting,
    missed,
    order_state,
    taken_by_phone,
)
from graph.touchpoints.fields import (
    BROWSING,
    CONVERSATION,
    CORRESPONDENCE,
    COUNTER,
    DOCUMENT,
    OPINION,
    RETURNING,
    SCHEDULED,
    SOCIAL,
    TELEPHONE,
    WRITTEN,
    Field,
)

ORDER = "ORDER"
RETURN = "RETURN"


@dataclass(frozen=True, slots=True)
class TouchpointKind:
    """One row. `label` is the node label and the GraphQL type; its name and summary line stand in the catalogue of words.

    `asks` and `answers` tell whether one asks for an answer and gives one, `goes_on` whether it has not ended yet (None:
    never), `concerns` what can be wrong with one, the gravest first. A kind with `own_event` is reported by an event type
    of its own; one `in_threads` is part of a conversation, which others may go on with.
    """

    kind: str
    label: str
    channel: str
    fields: tuple[Field, ...]
    asks: Rule | None = None
    answers: Rule | None = None
    goes_on: Rule | None = None
    concerns: tuple[Concern, ...] = ()
    own_event: bool = False
    in_threads: bool = False


_ROWS = (
    TouchpointKind(ORDER, "Order", "WEB", (), answers=taken_by_phone, concerns=(order_state,), own_event=True),
    TouchpointKind(RETURN, "Return", "STORE", RETURNING, own_event=True),
    TouchpointKind(
        "CALL",
        "Call",
        "PHONE",
        TELEPHONE,
        asks=missed,
        answers=by_staff,
        goes_on=goes_on,
        concerns=(complaint,),
        in_threads=True,
    ),
    TouchpointKind("IVR_SESSION", "IvrSession", "PHONE", TELEPHONE, in_threads=True),
    TouchpointKind(
        "EMAIL", "Email", "EMAIL", CORRESPONDENCE, asks=by_customer, answers=by_company, concerns=(complaint,), in_threads=True
    ),
    TouchpointKind(
        "SMS", "Sms", "SMS", CORRESPONDENCE, asks=by_customer, answers=by_company, concerns=(complaint,), in_threads=True
    ),
    TouchpointKind("NEWSLETTER", "Newsletter", "EMAIL", WRITTEN),
    TouchpointKind("WEB_FORM", "WebForm", "WEB", CORRESPONDENCE, asks=always, concerns=(complaint,), in_threads=True),
    TouchpointKind(
        "CHAT_THREAD",
        "ChatThread",
        "CHAT",
        CONVERSATION,
        asks=by_customer,
        answers=by_company,
        concerns=(complaint,),
        in_threads=True,
    ),
    TouchpointKind("BOT_SESSION", "BotSession", "CHAT", CONVERSATION, in_threads=True),
    TouchpointKind(
        "SOCIAL_MESSAGE",
        "SocialMessage",
        "SOCIAL",
        SOCIAL,
        asks=by_customer,
        answers=by_company,
        concerns=(complaint,),
        in_threads=True,
    ),
    TouchpointKind("FAX", "Fax", "FAX", DOCUMENT, asks=by_customer, answers=by_company, concerns=(complaint,), in_threads=True),
    TouchpointKind("CATALOG_REQUEST", "CatalogRequest", "POSTAL", DOCUMENT),
    TouchpointKind("STORE_VISIT", "StoreVisit", "STORE", COUNTER, answers=by_staff, concerns=(complaint,), in_threads=True),
    TouchpointKind("CHECK_IN", "CheckIn", "STORE", COUNTER),
    TouchpointKind("WEB_SESSION", "WebSession", "WEB", BROWSING),
    TouchpointKind("APP_SESSION", "AppSession", "APP", BROWSING),
    TouchpointKind("PRODUCT_USE", "ProductUse", "APP", BROWSING),
    TouchpointKind("VIRTUAL_TOUR", "VirtualTour", "WEB", BROWSING),
    TouchpointKind("WEBINAR", "Webinar", "EVENT", SCHEDULED),
    TouchpointKind("APPOINTMENT", "Appointment", "STORE", SCHEDULED, concerns=(complaint, meeting), in_threads=True),
    TouchpointKind("SERVICE_VISIT", "ServiceVisit", "ONSITE", SCHEDULED, concerns=(complaint, meeting), in_threads=True),
    TouchpointKind("SURVEY", "Survey", "WEB", OPINION, concerns=(complaint, low_score)),
    TouchpointKind("FEEDBACK", "Feedback", "WEB", OPINION, concerns=(complaint, low_score)),
    TouchpointKind("DOWNLOAD", "Download", "WEB", DOCUMENT),
    TouchpointKind("NOTE", "Note", "PORTAL", ()),
)

TOUCHPOINTS: Mapping[str, TouchpointKind] = MappingProxyType({row.kind: row for row in _ROWS})
"""Kind name -> its row; the order of the rows is the order of the GraphQL enum."""

INTERACTION_KINDS = tuple(row.kind for row in _ROWS if not row.own_event)
"""The kinds that an interaction event may name."""

LOOKED_AT: tuple[LiteralString, ...] = (
    "channel", "direction", "staff", "topic", "subject", "status", "state",
    *dict.fromkeys(own.name for row in _ROWS for own in row.fields if own.looked_at),
)  # fmt: skip
"""The properties that rules and commands look at: those that kinds share, and of their own fields those that say so."""
