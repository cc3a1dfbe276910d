"""Each role has pages of its own: what it may not read or use is not shown, and no page fails for anybody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx2
import pytest

from graph.keys import store_id
from graph.store import Store
from resolvers.access.roles import OUTSIDE, Role
from resolvers.engine import ids
from tests.admin.people import told
from tests.running import Running, running

LOOKING_UP = {Role.ADMIN, Role.STEWARD, Role.CALL_CENTER, Role.STORE_STAFF, Role.FRANCHISE_STAFF}
SEEING_HER = {Role.ADMIN, Role.STEWARD, Role.CALL_CENTER, Role.ANALYST, Role.FRANCHISE_STAFF}
"""Of the demo town's stores she has bought in Shibuya, where a franchisee's staff works, and never in Ginza."""


@dataclass(frozen=True, slots=True)
class Places:
    server: Running
    customer: str
    order: str
    store: str
    product: str

    def addresses(self) -> list[str]:
        own = f"/admin/customers/{self.customer}"
        return [
            "/admin", "/admin?day=2026-04-01", "/admin/stores", own, f"{own}/accesses", "/admin/accesses", "/admin/cases",
            "/admin/teams", "/admin/teams/new",
            f"{own}/decisions/same/{self.customer}",
            f"/admin/orders/{self.order}", f"/admin/stores/{self.store}", f"/admin/products/{self.product}",
        ]  # fmt: skip


@pytest.fixture(scope="module")
async def town(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Places]:
    async with running(store, tmp_path_factory.mktemp("roles")) as server:
        customer = await told(server)
        query = "query ($id: ID!) { customer(by: {id: $id}) { orders(first: 1) { edges { node { id } } } } }"
        order = (await server.ask(query, id=customer))["data"]["customer"]["orders"]["edges"][0]["node"]["id"]
        product = (await server.ask('{ product(by: {sku: "SKU-1"}) { id } }'))["data"]["product"]["id"]
        yield Places(server, customer, order, ids.encode("Store", store_id("shibuya")), product)


@pytest.fixture
async def browser(town: Places) -> AsyncIterator[httpx2.AsyncClient]:
    headers = {"Accept-Language": "en", "Sec-Fetch-Site": "same-origin"}
    async with httpx2.AsyncClient(base_url=town.server.address, headers=headers, timeout=60) as one:
        yield one


async def sign_in(browser: httpx2.AsyncClient, role: Role) -> None:
    assert (await browser.post("/sign-in", data={"role": role.value})).status_code == 303


@pytest.mark.parametrize("role", Role)
async def test_no_page_fails_for_a_role(town: Places, browser: httpx2.AsyncClient, role: Role) -> None:
    await sign_in(browser, role)
    answers = {address: (await browser.get(address)).status_code for address in town.addresses()}
    if role in OUTSIDE:
        assert set(answers.values()) == {403}
        return
    assert {address: status for address, status in answers.items() if status not in (200, 303, 403, 404, 409)} == {}
    own = f"/admin/customers/{town.customer}"
    assert answers["/admin/stores"] == answers[f"/admin/stores/{town.store}"] == 200
    assert (answers[own] == 200) == (role in SEEING_HER), answers[own]
    assert (answers[f"{own}/accesses"] == 200) == (role in (Role.ADMIN, Role.STEWARD))


@pytest.mark.parametrize("role", [role for role in Role if role not in OUTSIDE])
async def test_what_a_role_may_not_use_is_not_shown(town: Places, browser: httpx2.AsyncClient, role: Role) -> None:
    await sign_in(browser, role)
    stores = (await browser.get("/admin/stores")).text
    assert ('name="query"' in stores) == (role in LOOKING_UP)
    page = await browser.get(f"/admin/customers/{town.customer}")
    if page.status_code == 200:
        deciding = role in (Role.ADMIN, Role.STEWARD)
        assert ("/decisions/same/" in page.text) <= deciding
        assert ("/accesses" in page.text) == deciding
        assert ("花子" in page.text) == (role is not Role.ANALYST)
