"""Neo4j plans a statement again for each order of magnitude of a parameter of its own, so all stand in the one map `$p`."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import graph
import resolvers
from graph.touchpoints.writes import CREATE_TOUCHPOINTS
from resolvers.timeline.seeks import BY_RECORD

PARAMETER = re.compile(r"\$(?![(])(?!p\.)\w*")
CYPHER = re.compile(r"\b(MATCH|MERGE|UNWIND|CREATE|CALL|RETURN)\b[^a-z]*[({$:\[]")
RUN_AS_THEY_STAND = {"graph.imports"}
"""Packages whose `$` is that of mapping files."""


def statements(*packages: object) -> dict[str, str]:
    """Return every constant that holds Cypher, by module and name; of fragments, with the parameters as they will stand."""
    names = [
        found.name
        for package in packages
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")  # type: ignore[attr-defined]
        if not found.name.startswith(tuple(RUN_AS_THEY_STAND))
    ]
    return {
        f"{module}.{name}": value.replace("${", "$p.{")
        for module in names
        for name, value in vars(importlib.import_module(module)).items()
        if isinstance(value, str) and CYPHER.search(value)
    }


def test_every_parameter_stands_in_the_one_map() -> None:
    assert {name: found for name, text in statements(graph, resolvers).items() if (found := PARAMETER.findall(text))} == {}


def test_the_rule_sees_the_statements_that_it_is_about() -> None:
    assert {CREATE_TOUCHPOINTS, BY_RECORD.replace("${", "$p.{")} <= set(statements(graph, resolvers).values())
    assert PARAMETER.findall("UNWIND $rows AS row MATCH (n {id: $p.id}) SET n:$(row.label), n.x = $now") == ["$rows", "$now"]


def test_only_the_store_names_the_language() -> None:
    rooms = (Path(graph.__path__[0]), Path(resolvers.__path__[0]))
    named = [path.name for room in rooms for path in room.rglob("*.py") if re.search(r"CYPHER \d", path.read_text("utf-8"))]
    assert named == ["store.py"]
