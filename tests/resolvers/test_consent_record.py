"""Consents by mutation: who may record them for whom, what the payload says, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from graph.keys import identifier_id, record_id
from graph.store import Store
from resolvers.access.policy import POLICY
from resolvers.access.roles import READING, Role, Scope
from resolvers.access.rows import Rows
from resolvers.access.viewer import Viewer
from resolvers.engine.ids import encode
from resolvers.execution import execute
from tests.graph.resolution.fingerprint import differences, fingerprint
from tests.resolvers.proof import CountingStore
from tests.resolvers.test_consents import MAIL, MOBILE, empty, event, known, numbers, person, tell

__all__ = ["empty"]

RECORD = """
mutation ($input: ConsentRecordInput!) {
  consentRecord(input: $input) {
    customer { id mayContact(channel: EMAIL, purpose: MARKETING) { allowed reason } }
    userErrors { code message path currentVersion }
  }
}
"""
SAID = "MATCH (c:Consent)<-[:SAID]-(r:SourceRecord) RETURN r.key, c.state, c.proof_how, c.proof_staff"
PROOF = {"how": "店頭の申込書", "text": "メールでのご案内 第3版"}
POINT = f"EMAIL::{MAIL}"
MAY = {Role.ADMIN, Role.STEWARD, Role.CALL_CENTER, Role.STORE_STAFF, Role.CUSTOMER}


def viewer_as(role: Role | Scope, *, store: str = "ginza", record: str | None = "/pos:A", language: str = "en") -> Viewer:
    roles, scopes = (frozenset[str](), frozenset({role})) if isinstance(role, Scope) else (frozenset({role}), frozenset[str]())
    return Viewer("somebody", roles, scopes, frozenset({store}), record, language=language)


@pytest.fixture
async def two(empty: Store) -> Store:
    """Two customers with a mail address each; the first has been in the store Ginza."""
    visit = {"kind": "STORE_VISIT", "store": "ginza", "by": {"record": {"source": "/pos", "subject": "A"}}}
    await tell(empty, person("A", "花子", ("EMAIL", MAIL), ("POS_CARD", "C-1")), person("B", "太郎", ("PHONE", MOBILE)))
    await tell(empty, event("interaction", visit))
    return empty


async def asked(store: Store, code: str, statement: str = "GRANTED", **more: Any) -> dict[str, Any]:
    customer = await known(store, code)
    said = {
        "purpose": "MARKETING",
        "statement": statement,
        "contactPointId": encode("Identifier", identifier_id(POINT)) if code == "A" else None,
        "proof": PROOF,
    }
    seen = {"id": encode("Customer", customer.id), "version": customer.version}
    return {"idempotencyKey": f"key-{next(numbers)}", "customer": seen, **said, **more}


async def send(store: Any, viewer: Viewer, given: dict[str, Any]) -> dict[str, Any]:
    body = (await execute(store, RECORD, {"input": given}, None, viewer)).body
    return body if "errors" in body else body["data"]["consentRecord"]


@pytest.mark.parametrize("role", [*Role, *sorted(READING)])
async def test_who_may_record_a_consent(two: Store, role: Role | Scope) -> None:
    for dry_run in (True, False):
        answer = await send(two, viewer_as(role), await asked(two, "A", dryRun=dry_run))
        if role in MAY:
            assert answer["userErrors"] == []
            assert answer["customer"]["mayContact"] == {"allowed": True, "reason": "GRANTED"}
        else:
            assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"]
        assert (await two.read(SAID) != []) == (role in MAY and not dry_run)
    assert set(POLICY.readers("ConsentRecordPayload")) == MAY


@pytest.mark.parametrize(
    "viewer",
    [
        viewer_as(Role.STORE_STAFF),
        viewer_as(Role.CUSTOMER),
        viewer_as(Role.CUSTOMER, record=None),
        viewer_as(Role.CUSTOMER, record="/pos:nobody"),
        # Who reads everybody records for no more people by that.
        Viewer("both", frozenset({Role.CUSTOMER, Role.ANALYST, Role.MARKETING}), record="/pos:A"),
    ],
)
@pytest.mark.parametrize("dry_run", [False, True])
async def test_for_somebody_else_they_are_told_what_is_told_of_nobody(two: Store, viewer: Viewer, dry_run: bool) -> None:
    before = await fingerprint(two)
    told = await send(two, viewer, await asked(two, "B", dryRun=dry_run))
    nobody = await send(two, viewer, await asked(two, "B", customer={"id": encode("Customer", "nobody"), "version": 1}))
    assert told == nobody
    assert (told["customer"], [error["code"] for error in told["userErrors"]]) == (None, ["NOT_FOUND"])
    assert told["userErrors"][0]["path"] == ["input", "customer", "id"]
    assert differences(await fingerprint(two), before) == []


async def test_the_policy_says_for_whom(two: Store) -> None:
    del two
    assert POLICY.rows["ConsentRecordPayload"][Role.STORE_STAFF] is Rows.STORES
    assert POLICY.rows["ConsentRecordPayload"][Role.CUSTOMER] is Rows.SELF


async def test_a_customer_speaks_by_their_own_account_and_staff_is_named(two: Store) -> None:
    await send(two, viewer_as(Role.CUSTOMER), await asked(two, "A"))
    assert await two.read(SAID) == [["/pos:A", "GRANTED", PROOF["how"], None]]
    answer = await send(two, viewer_as(Role.CALL_CENTER), await asked(two, "A", "REFUSED", proof=None))
    assert answer["customer"]["mayContact"] == {"allowed": False, "reason": "REFUSED"}
    assert await two.read(SAID) == [["/pos:A", "REFUSED", None, "somebody"]]


async def test_taking_it_back_leaves_nothing_said(two: Store) -> None:
    for statement, reason in (("GRANTED", "GRANTED"), ("TAKEN_BACK", "NO_CONSENT")):
        answer = await send(two, viewer_as(Role.CALL_CENTER), await asked(two, "A", statement))
        assert answer["customer"]["mayContact"]["reason"] == reason


async def test_a_dry_run_answers_as_it_would_be_and_the_payload_is_one_statement(two: Store) -> None:
    before = await fingerprint(two)
    tried = await send(two, viewer_as(Role.ADMIN), await asked(two, "A", dryRun=True))
    assert differences(await fingerprint(two), before) == []
    counting: Any = CountingStore(two)
    assert await send(counting, viewer_as(Role.ADMIN), await asked(two, "A")) == tried
    assert counting.statements == 2, "whether the customer is the viewer's to speak for, and the payload"


async def test_a_repeat_gets_the_first_answer_and_a_lost_race_the_version_of_now(two: Store) -> None:
    given = await asked(two, "A")
    first = await send(two, viewer_as(Role.ADMIN), given)
    await tell(two, event("person", {"name": {"full": "試験 花江"}}, subject="A", time="2026-05-01T10:00:00Z"))
    assert await send(two, viewer_as(Role.ADMIN), given) == first
    late = await send(two, viewer_as(Role.ADMIN), {**given, "idempotencyKey": "late"})
    [error] = late["userErrors"]
    assert (error["code"], error["path"][1:], error["currentVersion"]) == (
        "CONFLICT",
        ["customer", "version"],
        (await known(two, "A")).version,
    )


LONG = "長" * 10_001
NOT_THEIRS = ("no contact point of this customer", "連絡先ではありません")


@pytest.mark.parametrize(
    ("wrong", "path", "english", "japanese"),
    [
        ({"proof": None}, ["proof", "how"], "A consent needs its proof", "同意を記録するには"),
        ({"proof": {"how": " \u3000"}}, ["proof", "how"], "A consent needs its proof", "同意を記録するには"),
        ({"proof": {"how": "電話"}}, ["proof", "text"], "A consent needs its proof", "同意を記録するには"),
        ({"proof": {**PROOF, "text": LONG}}, ["proof", "text"], "Use up to 10000 characters", "10000文字以内"),
        ({"proof": {**PROOF, "how": LONG}}, ["proof", "how"], "Use up to 200 characters", "200文字以内"),
        ({"validTo": "2026-01-01T00:00:00Z"}, ["validTo"], "must lie in the future", "これから先の日時"),
        ({"contactPointId": "nonsense"}, ["contactPointId"], "not a global id", "ID"),
        ({"contactPointId": encode("Store", "x")}, ["contactPointId"], "not the id of a Identifier", "Identifier"),
        (
            {"contactPointId": encode("Identifier", "x")},
            ["contactPointId"],
            *NOT_THEIRS,
        ),
        (
            {"contactPointId": encode("Identifier", identifier_id("POS_CARD::C-1"))},
            ["contactPointId"],
            *NOT_THEIRS,
        ),
        (
            {"recordId": encode("SourceRecord", record_id("/pos:B"))},
            ["recordId"],
            "no such source record",
            "登録情報はありません",
        ),
        ({"idempotencyKey": " "}, ["idempotencyKey"], "An idempotency key has", "冪等キー"),
    ],
)
async def test_what_is_wrong_is_told_with_its_place_in_the_language_of_the_reader(
    two: Store, wrong: dict[str, Any], path: list[str], english: str, japanese: str
) -> None:
    for language, words in (("en", english), ("ja", japanese)):
        refused = await send(two, viewer_as(Role.CALL_CENTER, language=language), await asked(two, "A", **wrong))
        [error] = refused["userErrors"]
        assert (error["path"][1:], words in error["message"]) == (path, True), error
    assert await two.read(SAID) == []


@pytest.mark.parametrize("wrong", [{"purpose": "SPAM"}, {"statement": "MAYBE"}, {"statement": None}, {"validTo": "soon"}])
async def test_words_that_there_are_not_never_come_in(two: Store, wrong: dict[str, Any]) -> None:
    refused = await send(two, viewer_as(Role.ADMIN), await asked(two, "A", **wrong))
    assert [error["extensions"]["code"] for error in refused["errors"]] == ["INVALID_INPUT"]
    assert await two.read(SAID) == []
