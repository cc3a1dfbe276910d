"""The file of points: what it says, and what of it cannot be meant; the server earns by it from its first order on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from api.process.points import points_programme
from api.process.points_upkeep import PointsUpkeep
from api.process.settings import InvalidSettings, Settings
from graph.loyalty.programme import EarnRule, Programme, Rank
from graph.loyalty.programmes import use_programmes
from graph.store import Store
from tests.graph.orders.selling import order, order_id, tell

FILE = """
currency: JPY
return_days: 14
valid_days: 365
given_back_days: 60
used_from: [/shop]
ranks:
  - {name: SILVER, spend: 50000}
rules:
  - {name: gifts, per: 100, points: 0, skus: [GIFT-CARD]}
  - {name: pens, per: 100, points: 3, categories: [筆記具], brands: [試験文具]}
  - {name: base, per: 100, points: 1, until: 2026-06-30}
  - {name: july, per: 100, points: 5, from: 2026-07-01, until: 2026-07-31, channels: [APP], ranks: [SILVER], adds: true}
"""


def settings(folder: Path, text: str | None) -> Settings:
    path = folder / "points.yaml"
    if text is not None:
        path.write_text(text, "utf-8")
    return Settings(points_file=path if text is not None else None)


def test_without_a_file_there_is_no_programme(tmp_path: Path) -> None:
    assert points_programme(settings(tmp_path, None)) is None


def test_a_file_is_the_programme_that_it_says(tmp_path: Path) -> None:
    rules = (
        EarnRule("gifts", 100, 0, skus=frozenset({"GIFT-CARD"})),
        EarnRule("pens", 100, 3, categories=frozenset({"筆記具"}), brands=frozenset({"試験文具"})),
        EarnRule("base", 100, 1, ends=date(2026, 6, 30)),
        EarnRule(
            "july", 100, 5, date(2026, 7, 1), date(2026, 7, 31),
            channels=frozenset({"APP"}), ranks=frozenset({"SILVER"}), adds=True,
        ),
    )  # fmt: skip
    life = (14, 365, 60)
    told = Programme(0, "", "Asia/Tokyo", "JPY", *life, frozenset({"/shop"}), (Rank("SILVER", 50_000),), rules)
    assert points_programme(settings(tmp_path, FILE)) == told


def test_amounts_are_in_the_currency_and_kept_in_its_minor_units(tmp_path: Path) -> None:
    found = points_programme(settings(tmp_path, 'currency: USD\nrules: [{name: a, per: "1.50", points: 1}]'))
    assert found is not None
    assert found.rules[0].per == 150


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rules: 3", "must have"),
        ("- a", "no YAML table"),
        ("rules: [{name: a, per: 100, points: -1}]", "must have"),
        ("rules: [{name: a, per: 0, points: 1}]", "not above 0"),
        ("rules: [{name: a, per: '1.5', points: 1}]", "an amount"),
        ("rules: [{name: a, per: 1, points: 1}, {name: a, per: 1, points: 1}]", "one name"),
        ("ranks: [{name: a, spend: 1}, {name: a, spend: 2}]", "one name"),
        ("rules: [{name: a, per: 1, points: 1, ranks: [GOLD]}]", "GOLD"),
        ("rules: [{name: a, per: 1, points: 1, channels: [PIGEON]}]", "PIGEON"),
        ("rules: [{name: a, per: 1, points: 1, from: 2026-07-01, until: 2026-06-30}]", "before it begins"),
        ("valid_days: 0", "must have"),
        ("currency: YEN\nrules: [{name: a, per: 1, points: 1}]", "an amount"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InvalidSettings, match=f"POINTS_FILE.*{words}"):
        points_programme(settings(tmp_path, text))


@pytest.mark.anyio
async def test_a_server_that_has_just_started_earns_by_its_file(store: Store, tmp_path: Path) -> None:
    use_programmes([])
    await tell(store, order("Q-1", {"amount": "10000"}))
    await PointsUpkeep(points_programme(settings(tmp_path, FILE))).follow(store, order_id("Q-1"))
    assert await store.read("MATCH (e:PointEntry) RETURN e.kind, e.amount ORDER BY e.number") == [["EARN", 100]]
    use_programmes([])
