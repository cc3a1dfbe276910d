"""`customer360 identity evaluate` on a public set whose gate it must keep, and on files that something is wrong with."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

import bench.identity
from api.commands.command_line import program

FOLDER = Path(bench.identity.__path__[0])
MAPPING, DATA = FOLDER / "mappings" / "fake_1000.yaml", FOLDER / "data" / "fake_1000.csv"


def _evaluate(*words: str) -> tuple[int, str, BaseException | None]:
    told = CliRunner().invoke(program(["identity"]), ["identity", "evaluate", *words])
    return told.exit_code, told.output, told.exception


def test_the_clusters_of_fake_1000_keep_their_gate_without_a_look_at_the_truth(tmp_path: Path) -> None:
    output = tmp_path / "figures.json"
    code, said, _ = _evaluate("--data", str(DATA), "--truth", "cluster", "--fields", str(MAPPING), "--output", str(output))
    assert code == 0, said
    assert said.startswith("1,000 records of 251 people; 0 rows could not be read.")
    figures = orjson.loads(output.read_bytes())
    assert figures["clusters"]["f1"] >= 0.955
    assert figures["clusters"]["b3_f1"] >= 0.965
    assert figures["automatic"]["precision"] == 1.0


@pytest.mark.parametrize(
    ("name", "text", "mapping", "said"),
    [
        ("rows.xlsx", "a", "fields: {email: a}", "no CSV or Parquet file"),
        ("rows.csv", "a,b\n1,2\n", "fields: {email: a}", "no column person"),
        ("rows.csv", "a,person\n1,2\n3,4\n", "fields: {email: mail}", "No file has what the mapping names: mail"),
        ("rows.csv", "a,person\n1,2\n", "fields: {email: a}", "fewer than two rows"),
        ("rows.csv", "a,person\n1,2\n3,4\n", "fields: {email: a}", "Too few fields"),
        ("rows.csv", "a,person\n1,2\n", "fields: [", "is no YAML"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(tmp_path: Path, name: str, text: str, mapping: str, said: str) -> None:
    data, fields = tmp_path / name, tmp_path / "fields.yaml"
    data.write_text(text, "utf-8")
    fields.write_text(mapping, "utf-8")
    code, _, error = _evaluate("--data", str(data), "--truth", "person", "--fields", str(fields))
    assert code == 1
    assert said in str(error)
