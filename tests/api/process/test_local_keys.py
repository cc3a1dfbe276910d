"""Keys of this installation: made once, readable by their owner only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from api.process.local_keys import KeyUnusable, local_key


def test_a_key_is_made_once_and_kept(tmp_path: Path) -> None:
    first = local_key(tmp_path / "data", "tokens")
    assert (len(first), local_key(tmp_path / "data", "tokens")) == (32, first)
    assert local_key(tmp_path / "data", "receipts") != first


def test_only_the_owner_may_read_a_key(tmp_path: Path) -> None:
    local_key(tmp_path / "data", "tokens")
    assert (tmp_path / "data" / "tokens.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["tokens.key"]


def test_those_who_start_at_once_get_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(lambda _: local_key(tmp_path, "tokens"), range(32)))) == 1


def test_a_key_of_the_wrong_length_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "tokens.key").write_bytes(b"short")
    with pytest.raises(KeyUnusable, match="does not hold 32 bytes"):
        local_key(tmp_path, "tokens")


def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "tokens.key").mkdir()
    with pytest.raises(KeyUnusable, match=r"tokens\.key cannot be read"):
        local_key(tmp_path, "tokens")


def test_a_key_that_others_can_read_is_warned_of(tmp_path: Path) -> None:
    local_key(tmp_path, "tokens")
    for mode, warned in ((0o640, ["key_readable_by_others"]), (0o604, ["key_readable_by_others"]), (0o600, [])):
        (tmp_path / "tokens.key").chmod(mode)
        with capture_logs() as lines:
            local_key(tmp_path, "tokens")
        assert [line["event"] for line in lines] == warned
