"""The encoding of a text file is what the mapping states, and a wrong one is told before a row is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InvalidInput
from graph.imports.encodings import encoding_called, encoding_of, opened

HEADER = "会員番号,氏名\n"
WORDS = f"{HEADER}M-1,検体 一\nM-2,例題 花子\n"
WINDOWS = f"{HEADER}M-1,㈱①髙﨑 太\nM-2,検体～－\n"
ASCII_FIRST = "id,name\n" + "1,plain\n" * 20_000 + "2,検体 一\n"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("utf-8", "utf-8-sig"),
        ("UTF8", "utf-8-sig"),
        ("shift_jis", "cp932"),
        ("Shift-JIS", "cp932"),
        ("sjis", "cp932"),
        ("SJIS-win", "cp932"),
        ("Windows-31J", "cp932"),
        ("cp932", "cp932"),
        ("utf-16", "utf-16"),
        ("euc-jp", "euc_jp"),
    ],
)
def test_an_encoding_has_many_names(said: str, name: str) -> None:
    assert encoding_called(said) == name


@pytest.mark.parametrize("said", ["utf-0", "hex", ""])
def test_what_is_no_encoding_of_text_is_told(said: str) -> None:
    with pytest.raises(ValueError, match="there is no encoding"):
        encoding_called(said)


@pytest.mark.parametrize(
    ("written", "stated", "text"),
    [
        ("utf-8", ["utf-8"], WORDS),
        ("utf-8-sig", ["utf-8"], WORDS),
        ("cp932", ["cp932"], WORDS),
        ("cp932", ["shift_jis"], WINDOWS),
        ("cp932", ["utf-8", "cp932"], WORDS),
        ("cp932", ["utf-8", "cp932"], ASCII_FIRST),
        ("cp932", ["utf-8", "cp932"], "id,name\n1,plain\n2,plain\n3,ｹﾝﾀｲ ﾊｼﾞﾒ\n"),
        ("utf-8", ["cp932", "utf-8"], WORDS),
        ("utf-8-sig", ["cp932", "utf-8"], ASCII_FIRST),
        ("utf-8", ["cp932", "utf-8"], "id,name\n1,José\n2,plain\n"),
        ("utf-8", ["utf-8"], "id,name\n1,a\0b\n" + "2,plain\n" * 20),
        ("ascii", ["utf-8", "cp932"], "id,name\n1,plain\n"),
        ("utf-16", ["utf-16"], WORDS),
        ("utf-16-le", ["utf-16"], WORDS),
        ("utf-16-be", ["utf-16"], WORDS),
        ("utf-16", ["utf-16-le"], WORDS),
        ("utf-16", ["utf-8", "cp932", "utf-16"], WORDS),
        ("euc_jp", ["euc-jp"], WORDS),
        ("iso2022_jp", ["iso-2022-jp"], WORDS),
    ],
)
def test_a_file_is_read_in_the_stated_encoding_that_it_has(tmp_path: Path, written: str, stated: list[str], text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(written))
    with opened(path, [encoding_called(said) for said in stated]) as file:
        assert file.read() == text


@pytest.mark.parametrize(
    ("written", "stated", "looks_like"),
    [
        ("cp932", "utf-8", "cp932"),
        ("utf-16", "utf-8", "utf-16"),
        ("utf-16", "cp932", "utf-16"),
        ("utf-8", "cp932", "utf-8"),
        ("utf-8-sig", "shift_jis", "utf-8"),
        ("utf-8", "utf-16", "utf-8"),
        ("euc_jp", "utf-8", "euc_jp"),
        ("iso2022_jp", "utf-8", "iso2022_jp"),
    ],
)
def test_another_encoding_is_told_with_the_one_to_state(tmp_path: Path, written: str, stated: str, looks_like: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(WORDS.encode(written))
    with pytest.raises(InvalidInput) as caught:
        encoding_of(path, [encoding_called(stated)])
    assert "a.csv is not written in" in caught.value.message
    assert f"`encoding: {looks_like}`" in caught.value.message


@pytest.mark.parametrize("garbage", [b"\xff", b"caf\xe9", b"\xc2"])
def test_a_single_bad_byte_says_nothing_about_the_file(tmp_path: Path, garbage: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,name\n" + b"1,plain\n" * 50 + b"2," + garbage + b"\n")
    assert encoding_of(path, ["utf-8-sig"]) == "utf-8-sig"
    path.write_bytes(WORDS.encode() * 20 + b"2," + garbage + b"\n")
    assert encoding_of(path, ["utf-8-sig", "cp932"]) == "utf-8-sig"
