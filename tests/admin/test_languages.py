"""Which language a reader gets, and that both catalogues say everything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from graphql import assert_enum_type
from starlette.requests import Request
from strawberry.utils.str_converters import to_camel_case

import admin
from admin.parts.languages import reader_language, switch
from api.http.languages import preferred_language
from graph.datasets.tables import REMOVED, TABLES
from graph.exports.sections import SECTIONS
from graph.touchpoints import TOUCHPOINTS
from graph.words import LANGUAGES
from graph.words.catalogue import FOLDER
from resolvers.access.roles import READING, Role
from resolvers.access.tags import Tag
from resolvers.touchpoints.touchpoint import LISTED
from tests.admin.test_operations import SCHEMA

TEMPLATES = Path(admin.__file__).parent
ENUMS = (
    "AttentionReason", "Channel", "IdentifierKind", "IdentifierState", "Sharing", "OrderStatus", "Gender", "MatchReasonKind",
    "StoreKind", "ComparedField", "Purpose", "ConsentState", "TouchpointKind", "JobKind", "JobState", "ErasureFate",
    "CustomerKind", "WebhookDeliveryState", "WebhookFailure", "WebhookOffReason", "ExportTable", "ExportFormat",
    "CaseState", "CasePriority", "CaseReasonKind", "CaseEventKind", "CaseOrigin", "CaseList", "CaseClockKind", "CaseClockState",
    "PointEntryKind",
    "PromiseState", "PossibleCustomerReason", "CaseReplyState", "AssignmentReason", "AssignmentObstacle",
    "CouponKind", "CouponRefusal", "CouponRedemptionState", "CouponReservationState",
    "OrderState", "FulfillmentMethod", "FulfillmentState", "PickupCheck", "PickupEnd",
    "PickupNoticeKind", "PickupNoticeState", "PickupNoticeReason", "CouponIssueRuleKind",
    "StockRequestOutcome", "OfferState", "CandidateReason", "IdentifierReason",
)  # fmt: skip

STABLE_ID = re.compile(r"[a-z]+\.\w+(\.\w+)?$")
"""The form of the ids that graph and resolvers use; the templates say English sentences."""


def request(query: str = "", method: str = "GET", scheme: str = "http", **headers: str) -> Request:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http",
        "method": method,
        "scheme": scheme,
        "path": "/admin",
        "query_string": query.encode(),
        "headers": pairs,
    }
    return Request(scope | {"server": ("127.0.0.1", 8000)})


def read(language: str) -> Catalog:
    with (FOLDER / f"{language}.po").open("rb") as source:
        return read_po(source, locale=language)


def said_by_templates() -> Iterator[str]:
    options = {"trimmed": "true"}
    read_by = [("**.html", "jinja2.ext:babel_extract"), ("parts/rendering.py", "python"), ("documents/document.py", "python")]
    for _, _, message, _, _ in extract_from_dir(TEMPLATES, read_by, {"**.html": options}):
        yield message if isinstance(message, str) else message[0]


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({}, "ja"),
        ({"accept_language": "en-GB,en;q=0.9,ja;q=0.8"}, "en"),
        ({"accept_language": "ja-JP"}, "ja"),
        ({"accept_language": "fr, en;q=0.5"}, "en"),
        ({"accept_language": "ja;q=0.5, en;q=0.9"}, "en"),
        ({"accept_language": "en;q=0"}, "ja"),
        ({"accept_language": "fr"}, "ja"),
        ({"accept_language": ",;"}, "ja"),
        ({"accept_language": "en", "cookie": "customer360_language=ja"}, "ja"),
        ({"accept_language": "en", "cookie": "customer360_language=xx"}, "en"),
    ],
)
def test_a_reader_gets_the_chosen_language_else_the_wished_one(headers: dict[str, str], language: str) -> None:
    assert reader_language(request(**headers), LANGUAGES, preferred_language) == language


def test_a_language_link_sets_a_cookie_and_keeps_the_rest_of_the_address() -> None:
    answer = switch(request("kind=CALL&lang=en&channel=PHONE"), LANGUAGES)
    assert answer is not None
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin?kind=CALL&channel=PHONE")
    cookie = answer.headers["set-cookie"]
    assert re.match(r"customer360_language=en; HttpOnly; Max-Age=\d+; Path=/; SameSite=lax$", cookie)


def test_the_cookie_is_secure_over_https() -> None:
    answer = switch(request("lang=en", scheme="https"), LANGUAGES)
    assert answer is not None
    assert "Secure" in answer.headers["set-cookie"]


def test_an_unknown_language_or_an_unsafe_request_switches_nothing() -> None:
    assert switch(request("lang=xx"), LANGUAGES) is None
    assert switch(request("lang=en", method="POST"), LANGUAGES) is None


def test_every_sentence_of_the_templates_has_a_japanese_one_and_no_message_is_left_over() -> None:
    plain = [each for each in read("ja") if each.id and not each.context and not STABLE_ID.match(_texts(each.id)[0])]
    assert set(said_by_templates()) == {_texts(message.id)[0] for message in plain}
    assert [message.id for message in plain if not all(_texts(message.string))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_enum_value_and_every_own_field_of_a_kind_has_a_name(language: str) -> None:
    named = {(message.context, message.id) for message in read(language) if message.context and message.string}
    fields = {
        ("TouchpointField", to_camel_case(own.name))
        for row in TOUCHPOINTS.values()
        for own in row.fields
        if own.type not in LISTED
    }
    words = {(enum, value) for enum in ENUMS for value in assert_enum_type(SCHEMA.type_map[enum]).values}
    roles = {("Role", each.value) for each in (*Role, *READING)}
    tags = {("Tag", each.value) for each in Tag if each is not Tag.PUBLIC}
    counted = (*(section.name for section in SECTIONS), *TABLES, REMOVED, "shared", "hashes")
    counts = {("JobCount", name) for name in counted}
    properties = {(context, name) for context, name in named if context == "Property"}
    assert named - properties == words | fields | roles | tags | counts
    columns = {name for section in SECTIONS for name in section.columns}
    assert columns - {name for _, name in properties} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_doubtful(language: str) -> None:
    assert not [message.id for message in read(language) if message.id and (message.fuzzy or list(message.check()))]


def _texts(string: object) -> list[str]:
    return [string] if isinstance(string, str) else list(string)  # type: ignore[call-overload]
