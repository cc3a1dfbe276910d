"""Migrations on a real server: order, record, one runner, refusals."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from graph.errors import GraphNotMigrated, GraphTooNew, StatementFailed
from graph.schema import Migration, migrate, migrations, read_migration, require_current
from graph.store import Store
from tests.searchable import until_searchable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from graph.local import LocalServer
    from graph.store import Transaction

CLEANUP = (
    "MATCH (m:Migration) WHERE m.name STARTS WITH '9' DETACH DELETE m",
    "MATCH (n:Trial) DETACH DELETE n",
    "DROP CONSTRAINT trial_key IF EXISTS",
    "DROP INDEX trial_colour IF EXISTS",
)


@pytest.fixture
async def graph(store: Store) -> AsyncIterator[Store]:
    """The migrated graph, rid of the migrations that a test tried."""
    yield store
    for statement in CLEANUP:

        async def run(transaction: Transaction, statement: Any = statement) -> None:
            await transaction.run(statement)

        await store.write(run)


def trial(name: str, text: str) -> tuple[Migration, ...]:
    return (*migrations(), read_migration(name, text))


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("", ()),
        ("// nothing but a comment;\n", ()),
        ("RETURN 1;", ("RETURN 1",)),
        ("RETURN 1", ("RETURN 1",)),
        ("RETURN 1;\n\nRETURN 2;  \n", ("RETURN 1", "RETURN 2")),
        ("// why\nRETURN 1\n  AS one;\n  // more\nRETURN 2;\n", ("RETURN 1\n  AS one", "RETURN 2")),
        ("RETURN 'a; b' AS text;\n", ("RETURN 'a; b' AS text",)),
    ],
)
def test_a_semicolon_at_the_end_of_a_line_ends_a_statement(text: str, statements: tuple[str, ...]) -> None:
    assert read_migration("0001_trial", text).statements == statements


def test_comments_do_not_change_a_checksum_but_statements_do() -> None:
    first = read_migration("0001_trial", "RETURN 1;\n")
    assert read_migration("0001_trial", "// said better\nRETURN 1;\n").checksum == first.checksum
    assert read_migration("0001_trial", "RETURN 2;\n").checksum != first.checksum


def test_each_migration_has_a_number_of_its_own() -> None:
    numbers = [int(migration.name.split("_")[0]) for migration in migrations()]
    assert numbers == sorted(set(numbers))


async def test_a_migrated_graph_is_current_and_records_what_was_applied(graph: Store) -> None:
    await require_current(graph)
    rows = await graph.read("MATCH (m:Migration) RETURN m.name, m.checksum, m.applied_at IS NOT NULL ORDER BY m.name")
    assert rows == [[migration.name, migration.checksum, True] for migration in migrations()]
    assert await migrate(graph) == []


async def test_every_index_is_online_and_every_name_is_our_own(graph: Store) -> None:
    rows = await graph.read("SHOW INDEXES YIELD name, state, type WHERE type <> 'LOOKUP' RETURN name, state")
    declared = "\n".join(statement for migration in migrations() for statement in migration.statements)
    assert {state for _, state in rows} == {"ONLINE"}
    assert {name for name, _ in rows if name not in declared} == {"migration_name", "migration_lock_name"}


async def test_the_text_index_finds_a_part_of_a_japanese_name_and_a_latin_word_that_is_elsewhere_a_stop_word(
    graph: Store,
) -> None:
    async def create(transaction: Transaction) -> None:
        await transaction.run(
            "CREATE (:Customer {id: 'trial', search_names: '試験 験太 太郎 郎 no shiken', search_details: 'born19880808'})"
        )

    await graph.write(create)
    await until_searchable(graph)
    find = "CALL db.index.fulltext.queryNodes('customer_search', $p.query) YIELD node RETURN node.id"
    assert await graph.read(find, {"query": 'search_names:"験太 太郎"'}) == [["trial"]]
    assert await graph.read(find, {"query": "+search_names:no +search_details:born19880808"}) == [["trial"]]


async def test_an_unmigrated_graph_is_refused_with_what_to_run(graph: Store) -> None:
    with pytest.raises(GraphNotMigrated, match=r"9001_later.*customer360 migrate"):
        await require_current(graph, trial("9001_later", "RETURN 1;"))


async def test_a_graph_of_a_newer_program_is_refused_and_not_migrated(graph: Store) -> None:
    newer = trial("9001_newer", "CREATE (:Trial);")
    assert await migrate(graph, newer) == ["9001_newer"]
    with pytest.raises(GraphTooNew, match="9001_newer"):
        await require_current(graph)
    with pytest.raises(GraphTooNew):
        await migrate(graph)


async def test_a_migration_that_was_changed_after_it_was_applied_is_refused(graph: Store) -> None:
    await migrate(graph, trial("9001_trial", "CREATE (:Trial);"))
    with pytest.raises(GraphTooNew, match="9001_trial"):
        await require_current(graph, trial("9001_trial", "CREATE (:Trial {other: true});"))


async def test_one_migration_changes_schema_and_data_in_the_order_of_its_statements(graph: Store) -> None:
    text = """
        CREATE CONSTRAINT trial_key IF NOT EXISTS FOR (n:Trial) REQUIRE n.key IS UNIQUE;
        MERGE (n:Trial {key: 'one'}) SET n.colour = 'red';
        CREATE INDEX trial_colour IF NOT EXISTS FOR (n:Trial) ON (n.colour);
        MATCH (n:Trial) SET n.colour = n.colour + '!';
    """
    assert await migrate(graph, trial("9001_trial", text)) == ["9001_trial"]
    assert await graph.read("MATCH (n:Trial) RETURN n.key, n.colour") == [["one", "red!"]]


async def test_a_migration_that_broke_in_the_middle_is_not_recorded_and_can_run_again(graph: Store) -> None:
    broken = trial("9001_trial", "MERGE (:Trial {key: 'one'});\nMERG (:Trial {key: 'two'});")
    with pytest.raises(StatementFailed):
        await migrate(graph, broken)
    with pytest.raises(GraphNotMigrated):
        await require_current(graph, broken)
    mended = trial("9001_trial", "MERGE (:Trial {key: 'one'});\nMERGE (:Trial {key: 'two'});")
    assert await migrate(graph, mended) == ["9001_trial"]
    assert await graph.read("MATCH (n:Trial) RETURN n.key ORDER BY n.key") == [["one"], ["two"]]


async def test_of_many_runners_at_once_one_applies_and_the_others_find_it_done(graph: Store, neo4j_server: LocalServer) -> None:
    others = [await Store.open(neo4j_server.uri, neo4j_server.user, neo4j_server.password) for _ in range(4)]
    counting = trial("9001_trial", "MERGE (n:Trial {key: 'runs'}) SET n.count = coalesce(n.count, 0) + 1;")
    applied = await asyncio.gather(*(migrate(runner, counting) for runner in (graph, *others)))
    for other in others:
        await other.close()
    assert sorted(applied) == [[], [], [], [], ["9001_trial"]]
    assert await graph.read("MATCH (n:Trial) RETURN n.count") == [[1]]


async def test_rules_have_their_new_names_in_decisions_and_in_receipts(graph: Store) -> None:
    async def old(transaction: Transaction) -> None:
        await transaction.run("MATCH (m:Migration {name: '0022_rules_by_their_names'}) DELETE m")
        for rule in ("OVER_BOUND", "CAME_APART", "SAID_BY_PERSON", "MOBILE_NUMBER"):
            made = "CREATE (:Trial:Decision {id: $p.rule, rule: $p.rule}), (:Trial:Receipt {key: $p.rule, body: $p.body})"
            await transaction.run(made, {"rule": rule, "body": f'["CREATED","c","{rule}"]'})

    await graph.write(old)
    assert await migrate(graph) == ["0022_rules_by_their_names"]
    rows = await graph.read("MATCH (d:Trial:Decision) MATCH (r:Receipt {key: d.id}) RETURN d.rule, r.body ORDER BY d.rule")
    names = ["FOLLOWED_DECISION", "MOBILE_NUMBER", "SEPARATED", "TOO_LARGE"]
    assert rows == [[name, f'["CREATED","c","{name}"]'] for name in names]
