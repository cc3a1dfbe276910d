"""Why and why not over GraphQL: who may ask, what is answered in both languages, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from graph.identity.weights import WEIGHTS
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.keys import record_id
from graph.store import Store
from graph.words import say
from resolvers.access.viewer import Viewer
from resolvers.engine.ids import encode
from resolvers.execution import execute
from resolvers.identity.decision import DecisionRule
from resolvers.identity.explanation import ObstacleKind
from resolvers.identity.match_candidate import CandidateReason
from tests.conftest import wipe

SCORE = """bits priorBits probability confidence ja: sentence en: sentence(language: EN) weightsVersion
  fields { field agreement bits ja: sentence en: sentence(language: EN) first second }"""
PATH = """
query ($one: ID!, $other: ID!) {
  identityPath(from: $one, to: $other) {
    customer { id } links { start { externalId name } end { externalId } rule ja: sentence en: sentence(language: EN) since
      identifier { kind value sharing } decision { actor } score { SCORE } }
  }
}
""".replace("SCORE", SCORE)
WHY_NOT = """
query ($one: ID!, $other: ID!) {
  whyNot(a: $one, b: $other) {
    sameCustomer closest { record { externalId } other { externalId } score { SCORE } }
    obstacles { kind ja: sentence en: sentence(language: EN) record { externalId } other { externalId }
      identifier { value } decision { actor } }
  }
}
""".replace("SCORE", SCORE)


@pytest.fixture(scope="module")
async def family(store: Store) -> Store:
    """Two records of one man, and a woman who has given his number."""
    await wipe(store)
    events = [
        {
            "specversion": "1.0", "type": "customer360.person.v1", "source": "/ec", "id": subject, "subject": subject,
            "time": "2026-04-01T10:00:00Z",
            "data": {
                "name": {"family": "試験", "given": given}, "gender": gender,
                "identifiers": [{"kind": "PHONE", "value": "090-1000-4121"}],
            },
        }
        for subject, given, gender in (("1", "太郎", "MALE"), ("2", "太郎", None), ("3", "花子", "FEMALE"))
    ]  # fmt: skip
    await record(store, [read_event(raw, b"a key for tests") for raw in events])
    return store


async def ask(store: Store, query: str, one: str, other: str, role: str = "call_center") -> dict[str, Any]:
    ends = {"one": encode("SourceRecord", record_id(f"/ec:{one}")), "other": encode("SourceRecord", record_id(f"/ec:{other}"))}
    return (await execute(store, query, ends, None, Viewer("tester", frozenset({role})))).body


async def test_the_links_of_a_path_are_told_in_both_languages(family: Store) -> None:
    [link] = (await ask(family, PATH, "1", "2"))["data"]["identityPath"]["links"]
    assert (link["start"], link["end"]) == ({"externalId": "1", "name": "試験 太郎"}, {"externalId": "2"})
    assert link["identifier"] == {"kind": "PHONE", "value": "+819010004121", "sharing": "UNKNOWN"}
    assert (link["rule"], link["decision"], link["since"]) == ("MOBILE_NUMBER", None, "2026-04-01T10:00:00Z")
    assert (link["ja"], link["en"]) == ("携帯電話番号が一致しました。", "It shares a mobile number.")


async def test_a_link_says_how_far_its_records_agree_in_each_field_and_in_all(family: Store) -> None:
    [link] = (await ask(family, PATH, "1", "2"))["data"]["identityPath"]["links"]
    score = link["score"]
    fields = {each["field"]: each for each in score["fields"]}
    assert {name: each["agreement"] for name, each in fields.items() if each["bits"]} == {
        "GIVEN_NAME": "SAME", "HOUSEHOLD": "SURNAME", "MOBILE": "SAME",
    }  # fmt: skip
    assert (fields["MOBILE"]["first"], fields["MOBILE"]["second"]) == (["+819010004121"], ["+819010004121"])
    assert (fields["MOBILE"]["ja"], fields["MOBILE"]["en"]) == ("携帯電話番号が同じです。", "A mobile number is the same.")
    assert score["bits"] == pytest.approx(sum(each["bits"] for each in score["fields"]))
    assert score["probability"] == pytest.approx(1 / (1 + 2 ** -(score["bits"] + score["priorBits"])))
    assert (score["confidence"], score["en"]) == ("ALMOST_CERTAIN", "Almost certainly one person.")
    assert (score["ja"], score["weightsVersion"]) == ("ほぼ確実に同じお客様です。", WEIGHTS.version)


async def test_two_people_have_no_path_but_a_reason_in_both_languages(family: Store) -> None:
    assert await ask(family, PATH, "1", "3") == {"data": {"identityPath": None}}
    [told] = (await ask(family, WHY_NOT, "2", "3"))["data"]["whyNot"]["obstacles"]
    assert told["kind"] == "GIVEN_NAME_DIFFERS"
    assert told["identifier"] == {"value": "+819010004121"}
    assert "名が異なる" in told["ja"]
    assert "given names differ" in told["en"]
    closest = (await ask(family, WHY_NOT, "1", "3"))["data"]["whyNot"]["closest"]
    # The other record of the first customer tells no gender, so less speaks against it.
    assert (closest["record"], closest["other"]) == ({"externalId": "2"}, {"externalId": "3"})
    assert {each["field"]: each["agreement"] for each in closest["score"]["fields"]}["GIVEN_NAME"] == "DIFFERENT"
    conflict = "The given names conflict: check before taking them for one person."
    assert (closest["score"]["confidence"], closest["score"]["en"]) == ("CONFLICTING", conflict)
    assert (await ask(family, WHY_NOT, "1", "2"))["data"]["whyNot"] == {"sameCustomer": True, "obstacles": [], "closest": None}


@pytest.mark.parametrize("query", [PATH, WHY_NOT])
async def test_who_may_read_no_customer_may_not_ask_why(family: Store, query: str) -> None:
    refused = await ask(family, query, "1", "2", "visitor")
    assert [error["extensions"]["code"] for error in refused["errors"]] == ["FORBIDDEN"]


@pytest.mark.parametrize("query", [PATH, WHY_NOT])
async def test_an_id_of_something_else_is_refused(family: Store, query: str) -> None:
    ends = {"one": encode("Store", "1"), "other": encode("Store", "1")}
    body = (await execute(family, query, ends, None, Viewer("tester", frozenset({"admin"})))).body
    assert [error["extensions"]["code"] for error in body["errors"]] == ["INVALID_INPUT"]


def test_every_reason_and_rule_has_its_sentences() -> None:
    kinds: Any = ObstacleKind
    reasons: Any = CandidateReason
    rules: Any = DecisionRule
    proposed = "LIKELY_SAME"  # nothing keeps such a pair apart
    assert {str(reason) for reason in reasons} - {proposed} < {str(kind) for kind in kinds}
    for message in [*(f"obstacle.{kind}" for kind in (*kinds, proposed)), *(f"rule.{rule}" for rule in rules)]:
        assert say(message, "ja") != say(message, "en")
