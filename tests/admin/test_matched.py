"""Which part of a found value was typed."""

from __future__ import annotations

import pytest

from admin.parts.matched import matched_parts


@pytest.mark.parametrize(
    ("values", "typed", "kind", "marked"),
    [
        (["試験 花子"], "花子", "NAME", "花子"),
        (["シケン ハナコ"], "しけん", "KANA", "シケン"),
        (["シケン ハナコ"], "ﾊﾅｺ", "KANA", "ハナコ"),
        (["試験 花子", "シケン ハナコ", "Shiken Hanako"], "hana", "NAME", "Hana"),
        (["試験 花子", None, None], "別人", "NAME", None),
        (["090-5555-0101"], "０１０１", "LAST_DIGITS", "0101"),
        (["T-2025-0003"], "t-2025-0003", "ORDER_NUMBER", "T-2025-0003"),
        ([None], "何か", "NAME", None),
    ],
)
def test_what_was_typed_is_marked_however_it_is_written(
    values: list[str | None], typed: str, kind: str, marked: str | None
) -> None:
    parts = matched_parts(values, typed, kind)
    assert next((text for text, is_typed in parts if is_typed), None) == marked
    assert "".join(text for text, _ in parts) in {value or "" for value in values}
