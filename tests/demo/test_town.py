"""The demo town: made up, the same every time, and accepted by the public contract."""

from __future__ import annotations

import ast
from pathlib import Path

from demo.town import town_events
from graph.ingest.reading import read_event
from graph.touchpoints import INTERACTION_KINDS

DEMO = Path(__file__).parents[2] / "demo"
ROOMS = {"api", "graph", "resolvers", "admin"}


def test_the_town_is_the_same_every_time() -> None:
    assert list(town_events()) == list(town_events())


def test_every_event_is_accepted_and_has_an_id_of_its_own() -> None:
    events = [read_event(raw, b"key") for raw in town_events()]
    assert len({(event.source, event.id) for event in events}) == len(events)
    assert len({event.type for event in events}) == 5


def test_every_kind_of_interaction_happens() -> None:
    assert {raw["data"]["kind"] for raw in town_events() if raw["type"] == "customer360.interaction.v1"} == set(INTERACTION_KINDS)


def test_people_come_in_from_four_systems_and_many_from_several() -> None:
    people = [raw for raw in town_events() if raw["type"] == "customer360.person.v1"]
    assert {raw["source"] for raw in people} == {"/pos", "/ec", "/cti", "/line/1654000000"}
    assert len(people) > 400


def test_the_demo_imports_nothing_of_ours() -> None:
    for path in DEMO.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.split(".")[0] for name in names} & ROOMS, path.name
