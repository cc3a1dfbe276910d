"""Products that a customer looked at: the newest time of each, so many of each record."""

from __future__ import annotations

import pytest

from graph.baskets import seen
from graph.baskets.records import Whose
from graph.baskets.seen import mark_seen
from graph.errors import InvalidInput, NotFound
from graph.keys import product_id
from graph.store import Store
from tests.conftest import wipe
from tests.graph.baskets.shopping import INK, PEN, WEB, opened, product
from tests.graph.coupons.giving_out import author, do
from tests.graph.orders.selling import tell

pytestmark = pytest.mark.anyio

SEEN = "MATCH (:SourceRecord)-[:LOOKED_AT]->(w:ProductView) RETURN w.sku ORDER BY w.turn DESC"


@pytest.fixture
async def hanako(store: Store) -> str:
    await wipe(store)
    [whose] = await opened(store, "1")
    return whose


async def test_a_product_stands_once_with_the_newest_time(store: Store, hanako: str) -> None:
    for each in (PEN, INK, PEN):
        await do(store, mark_seen(author(), Whose(hanako), [each], WEB))

    assert await store.read(SEEN) == [["PEN-1"], ["INK-1"]]


async def test_of_a_record_so_many_are_kept_the_newest(store: Store, hanako: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen, "MOST_KEPT", 2)
    await tell(store, product("CUP-1"))

    for each in (PEN, INK, product_id("CUP-1")):
        await do(store, mark_seen(author(), Whose(hanako), [each], WEB))

    assert await store.read(SEEN) == [["CUP-1"], ["INK-1"]]


async def test_what_is_no_product_or_too_many_is_refused(store: Store, hanako: str) -> None:
    for products, error in (([PEN, "none"], NotFound), ([], InvalidInput), ([PEN] * 51, InvalidInput)):
        with pytest.raises(error):
            await do(store, mark_seen(author(), Whose(hanako), products, WEB))
    assert await store.read(SEEN) == []
