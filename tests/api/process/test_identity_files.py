"""The files for identity: read in one way, refused in words that show no value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from api.process.identity_files import blocked_values, source_trust
from api.process.settings import InvalidSettings, Settings

Reading = Callable[[Settings], object]


def settings(**files: Path | None) -> Settings:
    return Settings(_env_file=None, **files)  # pyright: ignore[reportCallIssue, reportArgumentType]


def test_without_files_nothing_is_blocked_and_nothing_is_said_of_trust() -> None:
    assert not blocked_values(settings()).has("PHONE", "+81310004100")
    assert source_trust(settings()) is None


def test_values_and_patterns_of_the_file_are_blocked(tmp_path: Path) -> None:
    file = tmp_path / "blocked.yaml"
    file.write_text('values:\n  PHONE: ["03-1000-4100"]\npatterns:\n  EMAIL: ["*@shop.example.jp"]\n', "utf-8")
    listed = blocked_values(settings(blocked_values_file=file))
    assert listed.has("PHONE", "+81310004100")
    assert listed.has("EMAIL", "ginza@shop.example.jp")


@pytest.mark.parametrize(("text", "expected"), [("/pos: 10\n/line: -1\n", {"/pos": 10, "/line": -1}), ("", {})])
def test_trust_of_sources_is_a_table_of_ranks(tmp_path: Path, text: str, expected: dict[str, int]) -> None:
    file = tmp_path / "trust.yaml"
    file.write_text(text, "utf-8")
    assert source_trust(settings(source_trust_file=file)) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "cannot be read"),
        ("values: [", "no YAML"),
        ("- 03-1000-4100", "no YAML table"),
        ("values: {TELEX: ['03-1000-4100']}", "a kind that there is not"),
        ("values: {PHONE: [310004100]}", "a list of texts"),
    ],
)
def test_a_list_of_values_that_does_not_hold_is_refused(tmp_path: Path, text: str | None, message: str) -> None:
    assert "4100" not in refusal(tmp_path, text, message, "blocked_values_file", blocked_values)


@pytest.mark.parametrize("text", [None, "/pos", "/pos: high", "- /pos", "/pos: true", "/pos: [", "1: 2"])
def test_a_file_that_says_no_ranks_is_refused(tmp_path: Path, text: str | None) -> None:
    refusal(tmp_path, text, "SOURCE_TRUST_FILE", "source_trust_file", source_trust)


def refusal(folder: Path, text: str | None, message: str, setting: str, read: Reading) -> str:
    """Return how a file of this text is refused."""
    file = folder / "told.yaml"
    if text is not None:
        file.write_text(text, "utf-8")
    with pytest.raises(InvalidSettings, match=message) as refused:
        read(settings(**{setting: file}))
    return refused.value.message
