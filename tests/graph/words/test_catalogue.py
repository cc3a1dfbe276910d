"""The one catalogue: each message that code says stands in every language with the same places, and none is left over."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo

import httpx2
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from graphql import assert_enum_type
from starlette.applications import Starlette

from admin.site import starting_routes
from api.http.languages import preferred_language
from graph.coupons.refusals import REFUSALS as COUPON_REFUSALS
from graph.coupons.rules import RULES as COUPON_RULES
from graph.events.amounts import ROUNDED_TOTAL
from graph.identity.comparing import LEVELS
from graph.identity.consent import RULES as CONSENT_RULES
from graph.identity.normalising.identifiers import UNREADABLE_MAIL, UNREADABLE_PHONE
from graph.identity.score import CONFIDENCES, CONFLICTS
from graph.identity.survivorship import RULES as SURVIVORSHIP_RULES
from graph.loyalty.ledger import ENTRY_KINDS
from graph.orders.notices import KINDS as NOTICES
from graph.orders.states import BEGUN, NEXT, PICKUP
from graph.touchpoints import TOUCHPOINTS, summarize
from graph.touchpoints.concerns import CALL_OUTCOMES
from graph.vocabulary import CONSENT_STATES, DIRECTIONS, ORDER_STATUSES
from graph.words import CATALOGUE, LANGUAGES, Catalogue, catalogue, say
from graph.words.catalogue import FOLDER
from resolvers.loyalty.explained import message_of
from resolvers.schema import build_schema
from tests.admin.test_languages import STABLE_ID

THIRD = "eo"
ROOT = Path(__file__).parents[3]


def words_of(enum: str) -> list[str]:
    return list(assert_enum_type(build_schema().definition.type_map[enum]).values)


def read(language: str, folder: Path = FOLDER) -> Catalog:
    with (folder / f"{language}.po").open("rb") as source:
        return read_po(source, locale=language)


def texts(said: object) -> list[str]:
    return [said] if isinstance(said, str) else list(said)  # type: ignore[call-overload]


def stable(language: str) -> dict[str, list[str]]:
    """Return the messages of graph and resolvers: id -> texts."""
    messages = [message for message in read(language) if message.id and not message.context]
    return {texts(each.id)[0]: texts(each.string) for each in messages if STABLE_ID.match(texts(each.id)[0])}


def used() -> set[str]:
    """Return every id that code can say: those that it spells out, and those that end in a word of a closed list."""
    families = {
        "obstacle": {*words_of("ObstacleKind"), *words_of("CandidateReason")},
        "match": words_of("MatchReasonKind"),
        "household": words_of("HouseholdEvidenceKind"),
        "survivorship": SURVIVORSHIP_RULES,
        "permission": words_of("PermissionReason"),
        "confidence": [*(name for name, _ in CONFIDENCES), *CONFLICTS],
        "rule.NEW_RECORD": [reason for reason in words_of("CandidateReason") if reason != "LIKELY_SAME"],  # no rule refused it
        "thread": [*words_of("ThreadRule"), "UNVERIFIED"],
        "summary": TOUCHPOINTS,
        "coupon": COUPON_REFUSALS,
        "points": {message_of(*each) for each in product(ENTRY_KINDS, (-1, 1), (None, "r"), (True, False), (0,))},
        "refusal": [f"PICKUP_{state}" for state in {BEGUN}.union(NEXT[PICKUP], *NEXT[PICKUP].values())],
        "issued": [*COUPON_RULES, "PERSON"],
        "notice": [*NOTICES, *(f"subject.{kind}" for kind in NOTICES)],
        "form.side": DIRECTIONS,
        "form.status": ORDER_STATUSES,
        "form.outcome": CALL_OUTCOMES,
        "score": ["NOTHING_TO_COMPARE", *(f"{field}.{level}" for field, levels in LEVELS.items() for level in levels)],
    }
    grown = {f"{family}.{word}" for family, words in families.items() for word in words}
    spelled = {
        found
        for room in ("graph", "resolvers")
        for path in (ROOT / room).rglob("*.py")
        for found in re.findall(
            r'"((?:form\.|score\.|confidence\.|refusal\.|notice\.|points\.(?=[A-Z]))[A-Za-z_]+)"',
            path.read_text(encoding="utf-8"),
        )
    }
    return grown | spelled


def rules() -> set[str]:
    """Return every rule and warning that a decision, an attribution, a link or a receipt can name, as the sources spell them."""
    sources = "\n".join(
        path.read_text(encoding="utf-8") for room in ("graph", "resolvers") for path in (ROOT / room).rglob("*.py")
    )
    return {f"{family}.{word}" for family in ("rule", "warning") for word in re.findall(r'"([A-Z][A-Z_]+)"', sources)}


def test_every_language_has_the_same_messages() -> None:
    ids = {language: set(stable(language)) for language in LANGUAGES}
    assert [language for language in LANGUAGES if ids[language] != ids["ja"]] == []
    assert [key for language in LANGUAGES for key, said in stable(language).items() if not all(said)] == []


def test_every_message_that_code_says_is_there_and_none_is_left_over() -> None:
    there = set(stable("ja"))
    consents = {f"consent.{rule}.{state}" for rule in CONSENT_RULES for state in CONSENT_STATES}
    # Nobody grants for another, and what outweighs is a refusal.
    consents -= {"consent.BY_OTHER.GRANTED", "consent.REFUSAL_OUTWEIGHS.GRANTED"}
    told = {f"rule.{rule}" for enum in ("DecisionRule", "AttributionRule") for rule in words_of(enum)}
    warned = {f"warning.{code}" for code in (UNREADABLE_PHONE, UNREADABLE_MAIL, ROUNDED_TOTAL)}
    assert used() | consents | told | warned <= there
    assert there <= used() | consents | rules()


def test_a_message_has_the_same_places_in_every_language() -> None:
    def places(said: list[str]) -> set[str]:
        return {f"{name}:{form}" for text in said for _, name, form, _ in Formatter().parse(text) if name}

    japanese = stable("ja")
    assert [key for key, said in stable("en").items() if places(said) != places(japanese[key])] == []


def test_every_refusal_of_a_command_is_a_message_of_the_catalogue() -> None:
    rooms = ("graph/decisions", "graph/commands", "graph/consents")
    modules = ("resolvers/identity/mutations.py", "resolvers/engine/input_value.py", "resolvers/engine/mutation.py")
    sources = [path for room in rooms for path in (ROOT / room).rglob("*.py")] + [ROOT / module for module in modules]
    raised = [
        found
        for path in sources
        for found in re.findall(r"raise (?:Conflict|InvalidInput|NotFound|Outdated)\((\S+)", path.read_text(encoding="utf-8"))
    ]
    assert len(raised) > 20
    assert [found for found in raised if not found.startswith(("Sentence(", "error.message,"))] == []


def test_an_unknown_message_or_language_is_an_error_and_never_shown() -> None:
    with pytest.raises(KeyError, match=r"rule\.NO_SUCH_RULE has no words in ja\.po"):
        say("rule.NO_SUCH_RULE", "ja")
    with pytest.raises(KeyError):
        say("rule.NAMED", "xx")


def test_a_value_is_put_in_as_it_is() -> None:
    assert say("match.NAME", "en", value="{value} {0}") == "The name {value} {0} is like it"


@pytest.fixture
def third(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """A made-up third language: one new file beside the others, each English text in double brackets."""
    for language in LANGUAGES:
        (tmp_path / f"{language}.po").write_bytes((FOLDER / f"{language}.po").read_bytes())
    english, new = read("en"), Catalog(locale=THIRD)
    for message in read("ja"):
        if message.id:
            own = english.get(message.id, message.context)  # type: ignore[arg-type]
            string = own.string if own is not None and own.string else message.id
            marked = tuple(f"[[{text}]]" for text in texts(string))
            new.add(message.id, marked if isinstance(message.id, tuple) else marked[0], context=message.context)
    with (tmp_path / f"{THIRD}.po").open("wb") as target:
        write_po(target, new)
    monkeypatch.setattr(CATALOGUE, "folder", tmp_path)
    monkeypatch.setattr(CATALOGUE, "languages", (*LANGUAGES, THIRD))
    monkeypatch.setattr(CATALOGUE, "_compiled", {})
    return catalogue.CATALOGUE


async def test_a_third_language_is_one_new_file(third: Catalogue) -> None:
    assert say("rule.MOBILE_NUMBER", THIRD) == "[[It shares a mobile number.]]"
    line = summarize("CALL", {"direction": "INBOUND", "duration_seconds": 5}, THIRD)
    assert line.startswith("[[Call]] · ")
    assert "[[from the customer]]" in line
    assert "[[5 s]]" in line
    app = Starlette(routes=starting_routes(third, preferred_language, ZoneInfo("Asia/Tokyo")))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://127.0.0.1") as client:
        page = await client.get("/admin", headers={"Accept-Language": f"{THIRD},ja;q=0.5"})
    assert page.headers["Content-Language"] == THIRD
    assert "[[Skip to the content]]" in page.text
