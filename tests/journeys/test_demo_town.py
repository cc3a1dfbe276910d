"""The demo town in the graph: what a newcomer looks up first is there, and what must stay apart does."""

from __future__ import annotations

import pytest

from api.demo_command import DemoData, load_demo
from api.settings import Settings
from graph.store import Store

CUSTOMER_OF = "MATCH (:SourceRecord {key: $key})-[:RESOLVES_TO]->(c:Customer) RETURN c.id"
CONTACTS_OF = """
MATCH (:SourceRecord {key: $key})-[:RESOLVES_TO]->(c:Customer)
MATCH (c)<-[:RESOLVES_TO]-(:SourceRecord)-[:DID]->(t:Touchpoint)
RETURN t.key
"""


@pytest.fixture(scope="module")
async def town(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("data")
    settings = Settings(data_folder=folder)  # pyright: ignore[reportCallIssue]
    assert (await load_demo(store, DemoData.TOWN, settings)).keys() == {"CREATED"}
    assert (await load_demo(store, DemoData.TOWN, settings)).keys() == {"REPEATED"}
    return store


async def customers(town: Store, *keys: str) -> set[str]:
    return {row[0] for key in keys for row in await town.read(CUSTOMER_OF, {"key": key})}


async def contacts(town: Store, key: str) -> set[str]:
    return {row[0] for row in await town.read(CONTACTS_OF, {"key": key})}


async def test_the_first_resident_is_one_customer_over_four_systems(town: Store) -> None:
    keys = ["/pos:M-100001", "/ec:U1001", "/line/1654000000:U" + f"{1:032x}", "/cti:C-1"]
    assert len(await customers(town, *keys)) == 1


async def test_a_bare_call_and_a_guest_order_land_on_the_customer_who_holds_the_number(town: Store) -> None:
    assert {"/cti:first-call", "/ec:EC-GUEST-1", "/cti:TEL-1"} <= await contacts(town, "/pos:M-100001")


async def test_a_family_with_one_landline_stays_three_people(town: Store) -> None:
    family = [f"/pos:M-90000{index}" for index in (1, 2, 3)]
    assert len(await customers(town, *family)) == 3
    assert "/cti:family-call" not in set().union(*[await contacts(town, key) for key in family])


async def test_two_people_who_had_one_mobile_number_stay_two(town: Store) -> None:
    assert len(await customers(town, "/pos:M-800001", "/pos:M-800002")) == 2


async def test_there_are_about_two_hundred_customers_with_two_years_of_contacts(town: Store) -> None:
    assert 190 <= (await town.read("MATCH (c:Customer)<-[:RESOLVES_TO]-() RETURN count(DISTINCT c)"))[0][0] <= 240
    years = await town.read("MATCH (t:Touchpoint) RETURN duration.between(min(t.at), max(t.at)).months")
    assert years[0][0] >= 20
