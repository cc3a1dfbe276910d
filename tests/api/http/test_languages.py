"""Which language an API client gets."""

from __future__ import annotations

import pytest

from api.http.languages import preferred_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "ja"),
        ("", "ja"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("ja,en;q=0.9", "ja"),
        ("en;q=0.5, ja;q=0.9", "ja"),
        ("fr", "ja"),
        ("fr, en;q=0.3", "en"),
        ("en;q=0", "ja"),
        ("en;q=nonsense", "ja"),
        ("*", "ja"),
    ],
)
def test_the_preferred_of_two_languages_is_chosen(header: str | None, language: str) -> None:
    assert preferred_language(header) == language
