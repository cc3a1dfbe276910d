"""What claims make of somebody: staff by their roles, a customer by their account, and never both."""

from __future__ import annotations

from typing import Any

import pytest

from api.access.claims import Reading
from api.process.settings import InvalidSettings, load_settings
from graph.keys import scoped
from resolvers.access.roles import Role

READING = Reading(roles="groups", names={"Shop": "store_staff"}, customer="shop.account", customer_source="/ec")


CASES: list[tuple[dict[str, Any], set[Role], str | None]] = [
    ({"shop": {"account": "U1"}}, {Role.CUSTOMER}, "U1"),
    ({"shop.account": "U1"}, {Role.CUSTOMER}, "U1"),
    ({"shop": {"account": "U1"}, "groups": ["Gardeners"]}, {Role.CUSTOMER}, "U1"),
    ({"shop": {"account": "U1"}, "groups": ["Shop"]}, {Role.STORE_STAFF}, None),
    ({"shop": {"account": ["U1", "U2"]}}, {Role.CUSTOMER}, None),
    ({"shop": {"account": 7}}, set(), None),
    ({"groups": ["customer"]}, {Role.CUSTOMER}, None),
    ({"groups": ["Shop", "customer"]}, {Role.STORE_STAFF}, None),
    ({"groups": ["analyst", "client_contact"]}, {Role.ANALYST}, None),
    ({"shop": {"account": "U1"}, "scope": "openid assist"}, set(), None),
    ({"shop": {"account": "U1"}, "scope": "openid playground"}, {Role.CUSTOMER}, "U1"),
    ({}, set(), None),
]


@pytest.mark.parametrize(("claims", "roles", "record"), CASES)
def test_an_account_makes_a_customer_of_who_has_no_role_in_the_company(
    claims: dict[str, Any], roles: set[Role], record: str | None
) -> None:
    viewer = READING.viewer({"sub": "somebody", **claims})
    assert viewer.roles == {role.value for role in roles}
    assert viewer.record == (record and scoped("/ec", record))


def test_without_the_setting_no_account_makes_a_customer() -> None:
    viewer = Reading().viewer({"sub": "somebody", "customer": "U1"})
    assert (viewer.roles, viewer.record) == (frozenset(), None)


def test_what_the_session_keeps_has_the_account_too() -> None:
    assert {"groups", "shop", "shop.account", "stores"} == READING.claims


@pytest.mark.parametrize("alone", ["CUSTOMER_CLAIM", "CUSTOMER_SOURCE"])
def test_the_claim_and_its_source_are_set_together(monkeypatch: pytest.MonkeyPatch, alone: str) -> None:
    monkeypatch.setenv(alone, "account")
    with pytest.raises(InvalidSettings, match="set together"):
        load_settings()
    monkeypatch.setenv("CUSTOMER_CLAIM", "account")
    monkeypatch.setenv("CUSTOMER_SOURCE", "/ec")
    assert load_settings().customer_source == "/ec"
