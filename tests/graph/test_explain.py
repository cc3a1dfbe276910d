"""The corpus: the database plans every statement of graph/ in the language that the store names, whatever its own default.

The fragments of resolvers/ come in through the operations of the pages (tests/admin/test_operations.py) and of the
playground (tests/api/http/test_playground.py), which run for real.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import graph
from graph import schema
from graph.errors import StatementFailed
from graph.intake.record import EVENT_NOUNS
from graph.writes.unit import locking, writing
from tests.house.test_statements import statements

if TYPE_CHECKING:
    from graph.store import Store, Transaction

OPEN_NAME = "{{"
EXPRESSION = "COLLECT {"
"""How an expression begins, which stands in statements of other rooms."""


def whole_statements() -> dict[str, str]:
    """Return the constants of graph/ by name and what is made of them, without those that stand in a larger one.

    Clauses for the planner of reads, in which its names are open, are none.
    """
    by_text = {text: name for name, text in statements(graph).items() if OPEN_NAME not in text}
    by_text |= {locking(EVENT_NOUNS): "locking", writing(EVENT_NOUNS): "writing"}
    return {name: text for text, name in by_text.items() if not any(text in other for other in by_text if other != text)}


async def refused(store: Store, found: dict[str, str]) -> list[str]:
    names: list[str] = []
    for name, text in found.items():
        explained: Any = f"EXPLAIN {'RETURN ' if text.startswith(EXPRESSION) else ''}{text}"

        async def explain(transaction: Transaction, statement: Any = explained) -> None:
            await transaction.run(statement)

        try:
            await store.write(explain)
        except StatementFailed:
            names.append(name)
    return names


async def test_every_statement_passes_explain(store: Store) -> None:
    found = whole_statements()
    assert {"locking", "writing"} <= found.keys()
    assert len(found) > 40
    assert await refused(store, found) == []


async def test_one_that_is_of_another_language_is_found(store: Store) -> None:
    # Cypher 5 knew `SET n = r` for a relationship.
    former = {"former": "MATCH (n)-[r]->(m) SET n = r", "right": "MATCH (n)-[r]->(m) SET n = properties(r)"}
    assert await refused(store, former) == ["former"]


async def test_the_default_language_of_a_database_is_known(store: Store) -> None:
    assert await schema.default_language(store, "neo4j") == "CYPHER 25"
    assert await schema.default_language(store, "nowhere") is None
