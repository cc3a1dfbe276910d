"""Neo4j plans a statement again for each new combination of the sizes of its lists, which takes half a second."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import graph
from graph.intake.arrival import ARRIVE
from graph.resolution.conclusion import WRITES

UNWOUND = re.compile(r"UNWIND \$([\w.]+)")


def statements() -> dict[str, str]:
    """Return every constant of graph/ that unwinds a list, by module and name."""
    modules = [importlib.import_module(found.name) for found in pkgutil.walk_packages(graph.__path__, "graph.")]
    return {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, str) and UNWOUND.search(value)
    }


STATEMENTS = statements()


def lists_of_their_own(statement: str) -> set[str]:
    return {name for name in UNWOUND.findall(statement) if not name.startswith("lists.")}


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_over_several_lists_takes_them_in_one_map(name: str) -> None:
    assert len(lists_of_their_own(STATEMENTS[name])) <= 1


def test_the_rule_sees_the_statements_that_it_is_about() -> None:
    assert {ARRIVE, WRITES} <= set(STATEMENTS.values())
    assert lists_of_their_own("UNWIND $records AS row UNWIND $lists.links AS link UNWIND $ids AS id") == {"records", "ids"}
