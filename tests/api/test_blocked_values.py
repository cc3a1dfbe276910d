"""The file of values that identify nobody: read once, refused in words that show none of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.blocked_values import listed_values
from api.settings import InvalidSettings, Settings


def settings(path: Path | None) -> Settings:
    return Settings(_env_file=None, blocked_values=path)  # pyright: ignore[reportCallIssue]


def test_without_a_file_nothing_is_listed() -> None:
    assert not listed_values(settings(None)).has("PHONE", "+81310004100")


def test_what_the_file_lists_is_known(tmp_path: Path) -> None:
    file = tmp_path / "blocked.toml"
    file.write_text('[values]\nPHONE = ["03-1000-4100"]\n[patterns]\nEMAIL = ["*@shop.example.jp"]\n', "utf-8")
    listed = listed_values(settings(file))
    assert listed.has("PHONE", "+81310004100")
    assert listed.has("EMAIL", "ginza@shop.example.jp")


@pytest.mark.parametrize(
    ("text", "message"),
    [(None, "cannot be read"), ("PHONE = [", "no TOML"), ("[values]\nTELEX = ['03-1000-4100']\n", "a kind that there is not")],
)
def test_a_file_that_does_not_hold_is_refused_without_its_values(tmp_path: Path, text: str | None, message: str) -> None:
    file = tmp_path / "blocked.toml"
    if text is not None:
        file.write_text(text, "utf-8")
    with pytest.raises(InvalidSettings, match=message) as refused:
        listed_values(settings(file))
    assert "4100" not in refused.value.message
