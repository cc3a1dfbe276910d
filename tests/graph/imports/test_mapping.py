"""A mapping file is checked when it is read, and says in plain words what is wrong with it and where."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from graph.errors import InvalidInput
from graph.imports.mapping import load_mapping
from graph.imports.rows import NULL_WORDS

MAPPINGS = Path(__file__).parents[3] / "mappings"
RULE = "events: [{name: members, type: customer360.person.v1, files: a.csv, subject: $id, time: $at, data: {kana: $kana}%s}]"


def written(folder: Path, text: str) -> Path:
    path = folder / "source.yaml"
    path.write_text(dedent(text), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", sorted(MAPPINGS.rglob("*.yaml")), ids=lambda path: path.stem)
def test_every_committed_mapping_is_read(path: Path) -> None:
    assert load_mapping(path).events


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- 1", "a mapping is an object"),
        ("source: [", "is no YAML"),
        ("source: /pos\ntime_zone: Asia/Tokyo\nevents: []", "events: Tuple should have at least 1 item"),
        ("source: /pos\ntime_zone: Tokyo\n" + RULE % "", "no time zone 'Tokyo'"),
        ("source: /pos\ntime_zone: UTC\nencoding: utf-0\n" + RULE % "", "no encoding 'utf-0'"),
        ("source: /pos\ntime_zone: UTC\nencoding: [utf-8, hex]\n" + RULE % "", "no encoding 'hex'"),
        ("source: /pos\ntime_zone: UTC\nskip: -1\n" + RULE % "", "skip: Input should be greater"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", where: {a: yes}", "put the cells of `where` in quotes"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", where: {a: {above: 1}}", "only {not: cell or cells}"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", where: a", "`where` is a table"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", needs: [id, colour]", "`needs` names colour"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", id: {$decimal: $a, times: x}", "`times` is a number"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", id: {$split: $a, by: ''}", "`by` is the text between"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", colour: red", "events[members].colour: Extra inputs are not permitted"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", adjacent: true", "events[members]: `adjacent` says something"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", distinct: id", "only id and lookups are known, not at, kana"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", id: $a, across_files: true", "`across_files` makes the id"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", id: {$matching: $a, pattern: '['}", "needs `pattern`"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", id: {$jion: [a]}", "there is no operation $jion"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", id: {$join: $a}", "$join takes a list"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", id: {$join: [$a], wiht: x}", "$join does not take wiht"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", id: {$map: $a}", "needs `values`"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", id: {$map: $a, values: {yes: 1}}", "in quotes"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", id: {$decimal: $a, places: two}", "`places` is a number"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", id: {$time: $a, zone: Mars}", "no time zone 'Mars'"),
        ("source: /pos\ntime_zone: UTC\n" + RULE % ", id: $", "names no column"),
    ],
)
def test_a_mapping_with_an_error_says_where_and_what(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        load_mapping(written(tmp_path, text))
    assert sentence in caught.value.message


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("null: NULL", set[str]()),
        ("null: [なし, -, 0]", {"なし", "-", "0"}),
        ("null: \\N", {"\\N"}),
        ('null: "\\N"', {"\\N"}),
        ("null: 空欄", {"空欄"}),
    ],
)
def test_words_for_nothing_are_added_to_the_usual_ones(tmp_path: Path, written: str, words: set[str]) -> None:
    (tmp_path / "source.yaml").write_text(f"source: /pos\ntime_zone: UTC\n{written}\n{RULE % ''}", encoding="utf-8")
    mapping = load_mapping(tmp_path / "source.yaml")
    assert mapping.text.null == NULL_WORDS | words


def test_two_entries_cannot_have_one_name(tmp_path: Path) -> None:
    rule = "{name: a, type: t, files: a.csv, time: $at, data: {}}"
    with pytest.raises(InvalidInput, match="a name of its own"):
        load_mapping(written(tmp_path, f"source: /pos\ntime_zone: UTC\nevents: [{rule}, {rule}]"))


def test_a_missing_mapping_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        load_mapping(tmp_path / "absent.yaml")
