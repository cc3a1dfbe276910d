"""A model learned without labels: Splink on DuckDB (Linacre and others, 2022), after Fellegi and Sunter (1969).

How often each level occurs by chance is counted on random pairs (u), how often in one person's records by expectation and
maximisation on pairs that share one field (m), in a session for each field. What random pairs of a small set have of true
ones among them is taken out of u, and the prior is what makes it equal the matches that are expected by it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import duckdb

from graph.errors import InvalidInput
from graph.matching.blocks import Rule, chosen, count
from graph.matching.comparisons import ELSE, Comparison
from graph.matching.preparing import COLUMNS, LISTS, NUMBERS

SESSIONS = ("born", "mail", "surname_read", "given_read", "phone", "number", "postcode", "home", "place_read", "text_read")
"""Fields on which a session of EM looks at pairs alone, where they are declared."""
SESSION_PAIRS, FEWEST_PAIRS, RANDOM_PAIRS = 300_000, 100, 600_000
LEAST_M, LEAST_U = 1e-3, 5e-7
"""What was never seen is not impossible."""
LEAST_BITS = -8.0
"""Of pairs that are kept: clusters are made of what could be one person."""
ROUNDS = 2
"""How often u and the prior are mended by each other."""
MISSING_SPLINK = "Matching by a model needs Splink: pip install 'customer360[identity]'."
NOTHING_LEARNED = "Too few records share a value of any field: there is nothing to learn from."
TABLE = "prepared"
Settings = dict[str, Any]


def require_splink() -> None:
    """Raise InvalidInput where Splink is not installed."""
    if find_spec("splink") is None:
        raise InvalidInput(MISSING_SPLINK)


def fill(connection: duckdb.DuckDBPyConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put prepared rows into `TABLE`, each with its place as its key."""
    arrow: Any = import_module("pyarrow")
    types = {column: arrow.list_(arrow.string()) if column in LISTS else arrow.string() for column in COLUMNS}
    types |= {column: arrow.int64() for column in NUMBERS}
    columns = {"key": arrow.array(range(len(rows)), arrow.int64())}
    columns |= {column: arrow.array([row[column] for row in rows], type_) for column, type_ in types.items()}
    connection.register("arriving", arrow.table(columns))
    connection.execute(f"create table {TABLE} as select * from arriving")  # noqa: S608  (names of our own)
    connection.unregister("arriving")


def settings(compared: Sequence[Comparison], rules: Sequence[Rule], prior: float) -> Settings:
    """Return the comparisons and blocks in the words of Splink."""
    return {
        "link_type": "dedupe_only", "sql_dialect": "duckdb", "unique_id_column_name": "key",
        "probability_two_random_records_match": prior, "retain_matching_columns": False,
        "comparisons": [_comparison(each) for each in compared],
        "blocking_rules_to_generate_predictions": [_block(rule.parts) for rule in rules],
    }  # fmt: skip


def learned(connection: duckdb.DuckDBPyConnection, table: str, compared: Sequence[Comparison], seed: int) -> Settings:
    """Return the settings of Splink with all that was learned of `table`."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    [(rows,)] = connection.execute(f"select count(*) from {table}").fetchall()  # noqa: S608  (columns of our own)
    rules = chosen(connection, table)
    linker = _linker(connection, table, settings(compared, rules, 1 / max(rows, 2)))
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=seed, min_count_per_level=None, num_chunks=1)
    if not sum(_taught(linker, part, count(connection, table, (part,))) for part in SESSIONS):
        raise InvalidInput(NOTHING_LEARNED)
    return _mended(connection, table, with_floors(linker.misc.save_model_to_json()), rows * (rows - 1) // 2)


def _taught(linker: Any, part: str, pairs: int) -> bool:
    """Hold a session of EM on the pairs that share one field; tell whether it taught anything.

    Where such pairs hold hardly any of one person, m goes to 0, which Splink refuses: other fields have to teach then, and what
    it had put aside for the session is put back.
    """
    if pairs <= FEWEST_PAIRS:
        return False
    refused = import_module("splink.internals.exceptions").EMTrainingException
    most = SESSION_PAIRS if pairs > SESSION_PAIRS else None
    before = linker._settings_obj.core_model_settings.copy()  # noqa: SLF001  (a refused session leaves its own behind)
    try:
        linker.training.estimate_parameters_using_expectation_maximisation(
            _block((part,)), estimate_without_term_frequencies=True, max_pairs=most
        )
    except (ValueError, refused):
        linker._settings_obj.core_model_settings = before  # noqa: SLF001
        return False
    return True


def _mended(connection: duckdb.DuckDBPyConnection, table: str, model: Settings, pairs: int) -> Settings:
    """Return the model with the prior that its own matches make, and without these matches in u."""
    prior, mended = model["probability_two_random_records_match"], model
    for _ in range(ROUNDS):
        weights = [bits for _, _, bits in scored(connection, table, mended)]
        prior = balanced(weights, mended["probability_two_random_records_match"], max(pairs, 1))
        mended = without_true_pairs(deepcopy(model), prior) | {"probability_two_random_records_match": prior}
    return mended


def scored(connection: duckdb.DuckDBPyConnection, table: str, model: Settings) -> list[tuple[int, int, float]]:
    """Return the pairs within the blocks of a model that are worth more than `LEAST_BITS`: key, key, match weight in bits."""
    found = _linker(connection, table, model).inference.predict(threshold_match_weight=LEAST_BITS, warning_mode="auto")
    sql = f"select key_l, key_r, match_weight from {found.physical_name}"  # noqa: S608  (columns of our own)
    return [(int(one), int(other), float(bits)) for one, other, bits in connection.execute(sql).fetchall()]


def _linker(connection: duckdb.DuckDBPyConnection, table: str, told: Settings) -> Any:
    splink: Any = import_module("splink")
    return splink.Linker(splink.DuckDBAPI(connection).register(table), told, log_level=None, validate_settings=False)


def _comparison(each: Comparison) -> Mapping[str, Any]:
    levels: list[Mapping[str, Any]] = [{"sql_condition": each.missing.sql, "label_for_charts": "MISSING", "is_null_level": True}]
    for level in each.levels:
        told: dict[str, Any] = {"sql_condition": level.condition.sql, "label_for_charts": level.name}
        if level.frequency:
            told |= {
                "tf_adjustment_column": level.frequency,
                "tf_adjustment_weight": 1.0,
                "disable_tf_exact_match_detection": True,
            }
        levels.append(told)
    levels.append({"sql_condition": "ELSE", "label_for_charts": ELSE})
    return {"output_column_name": each.name, "comparison_levels": levels}


def _block(parts: Sequence[str]) -> Mapping[str, Any]:
    if parts[0] in LISTS:
        return {"blocking_rule": f"l.{parts[0]} = r.{parts[0]}", "sql_dialect": "duckdb", "arrays_to_explode": [parts[0]]}
    return {"blocking_rule": " and ".join(f"{_of('l', part)} = {_of('r', part)}" for part in parts), "sql_dialect": "duckdb"}


def _of(side: str, part: str) -> str:
    return part.replace("substr(", f"substr({side}.") if part.startswith("substr(") else f"{side}.{part}"


def with_floors(model: Settings) -> Settings:
    """Give every level an m and a u: what was never seen gets the least of both."""
    for level in _levels(model):
        level["m_probability"] = max(level.get("m_probability") or 0.0, LEAST_M)
        level["u_probability"] = max(level.get("u_probability") or 0.0, LEAST_U)
    return model


def without_true_pairs(model: Settings, share: float) -> Settings:
    """Take the true pairs out of u, of which random pairs hold so large a share: u = (seen - share * m) / (1 - share)."""
    for level in _levels(model):
        m, u = level["m_probability"], level["u_probability"]
        level["u_probability"] = max((u - share * m) / (1 - share), u / 50, LEAST_U)
    return model


def balanced(weights: Sequence[float], prior: float, pairs: int) -> float:
    """Return the prior by which as many pairs match as it says, from the match weights of pairs under another prior."""
    evidence = [2.0 ** (min(bits, 500.0)) * (1 - prior) / prior for bits in weights]
    for _ in range(30):
        odds = prior / (1 - prior)
        prior = min(max(sum(each * odds / (1 + each * odds) for each in evidence) / pairs, 1 / pairs), 0.5)
    return prior


def _levels(model: Settings) -> Iterator[Settings]:
    for comparison in model["comparisons"]:
        yield from (level for level in comparison["comparison_levels"] if not level.get("is_null_level"))
