"""The read tree: names that never clash, expressions once, one statement."""

from __future__ import annotations

from graph.reads import Row, statement


def test_a_fragment_gets_numbers_for_its_own_names_and_the_rows_name_for_the_rest() -> None:
    root = Row()
    people = root.nested("MATCH ({n}:Person {{id: ${id}}})", 1)
    people.row.value("{v}.name")
    assert statement(root).text == "MATCH (n_1:Person {id: $p.id_1}) RETURN [n_1.name]"


def test_an_expression_that_is_asked_for_twice_is_read_once() -> None:
    row = Row({"v": "n"})
    assert [row.value("{v}.name"), row.value("{v}.age"), row.value("{v}.name")] == [0, 1, 0]
    assert statement(row).text == "RETURN [n.name, n.age]"


def test_what_several_fields_build_on_is_bound_once_and_only_if_named() -> None:
    row = Row({"v": "n"}, {"friends": "COLLECT {{ MATCH ({v})--({f}) RETURN {f} }}", "enemies": "[]"})
    row.value("SIZE({friends})")
    row.value("HEAD({friends})")
    assert statement(row).text == (
        "WITH *, COLLECT { MATCH (n)--(f_1) RETURN f_1 } AS friends_1 RETURN [SIZE(friends_1), HEAD(friends_1)]"
    )


def test_the_first_row_only_and_a_guard_are_written_around_the_rows() -> None:
    row = Row({"v": "n"})
    store = row.nested("MATCH ({v})-->({n}:Store)", 7, first_only=True)
    store.row.value("{v}.code")
    store.guard = "n.kind IN ['ORDER']"
    row.value("{v}.kind")
    rows = "MATCH (n)-->(n_7:Store) RETURN [n_7.code] LIMIT 1"
    assert statement(row).text == f"RETURN [CASE WHEN n.kind IN ['ORDER'] THEN HEAD(COLLECT {{ {rows} }}) END, n.kind]"


def test_names_that_a_reading_adds_are_written_over_the_thing_of_its_rows() -> None:
    row = Row({"v": "n"})
    amounts = row.nested("UNWIND {v}.amounts AS {n}", 2, names={"units": "toInteger({v})"})
    amounts.row.value("{units} * 2")
    assert statement(row).text == "UNWIND n.amounts AS n_2 RETURN [toInteger(n_2) * 2]"


def test_the_rows_of_a_statement_become_the_root_of_the_tree() -> None:
    first, every, both = Row(), Row(), Row()
    first.nested("MATCH ({n})", 1, first_only=True)
    every.nested("MATCH ({n})", 1)
    both.nested("MATCH ({n})", 1)
    both.value("COUNT {{ MATCH () }}")
    assert [statement(first).root_of(rows) for rows in ([], [[["a"]]])] == [[None], [["a"]]]
    assert statement(every).root_of([[["a"]], [["b"]]]) == [[["a"], ["b"]]]
    assert statement(both).root_of([[[[["a"]], 1]]]) == [[["a"]], 1]
