"""Which pairs are looked at: those that share what few others share, chosen by how many pairs each choice makes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import duckdb

from graph.matching.preparing import LISTS

SINGLE = ("numbers", "mails", "phones", "mail_user", "born", "home", "landline", "whole", "whole_read",
          "surname_read", "given_read", "surname", "given",
          "postcode", "place_read", "text_read", "category")  # fmt: skip
BEGINNINGS = ("substr(surname_read, 1, 3)", "substr(given_read, 1, 3)", "substr(born, 1, 4)", "substr(born, 5, 4)",
              "substr(place_read, 1, 4)", "substr(postcode, 1, 3)", "substr(text_read, 1, 6)", "name_key")  # fmt: skip
PAIRS_OF_A_RULE, PAIRS_OF_A_ROW = 2_000_000, 10
ALL_PAIRS, ALL_PAIRS_OF_A_ROW = 2_000_000, 60


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows are looked at together that have the same in all of `parts`; `pairs` is how many pairs of rows those are."""

    parts: tuple[str, ...]
    pairs: int


def chosen(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[Rule, ...]:
    """Return the rules for a table: the broadest that make few enough pairs, alone or together, the most telling first."""
    [(rows,)] = connection.execute(f"select count(*) from {table}").fetchall()  # noqa: S608  (columns of our own)
    most = max(PAIRS_OF_A_RULE, PAIRS_OF_A_ROW * rows)
    rules: list[Rule] = []
    parts = (*SINGLE, *BEGINNINGS)
    for size in (1, 2, 3):
        for each in combinations(parts, size):
            if any(set(rule.parts) <= set(each) for rule in rules) or (size > 1 and any(part in LISTS for part in each)):
                continue
            if size == 3 and not {"substr(surname_read, 1, 3)", "substr(given_read, 1, 3)"} & set(each):
                continue
            if 0 < (pairs := count(connection, table, each)) <= most:
                rules.append(Rule(each, pairs))
    kept: list[Rule] = []
    total = max(ALL_PAIRS, ALL_PAIRS_OF_A_ROW * rows)
    for rule in sorted(rules, key=lambda rule: (rule.pairs, rule.parts)):
        total -= rule.pairs
        if total < 0:
            break
        kept.append(rule)
    return tuple(kept)


def count(connection: duckdb.DuckDBPyConnection, table: str, parts: tuple[str, ...]) -> int:
    """Return how many pairs of rows have the same in all parts."""
    if parts[0] in LISTS:
        grouped = f"select count(*) as n from (select unnest({parts[0]}) as part from {table}) group by part"  # noqa: S608  (columns of our own)
    else:
        there = " and ".join(f"{part} is not null and {part} <> ''" for part in parts)
        grouped = f"select count(*) as n from {table} where {there} group by {', '.join(parts)}"  # noqa: S608  (columns of our own)
    summed = f"select coalesce(sum(n * (n - 1) / 2), 0) from ({grouped})"  # noqa: S608  (columns of our own)
    [(pairs,)] = connection.execute(summed).fetchall()
    return int(pairs)
