"""What is left of a text that is shown masked."""

from __future__ import annotations

import pytest

from resolvers.access.masks import masked
from resolvers.access.tags import Tag


@pytest.mark.parametrize(
    ("tag", "text", "shown"),
    [
        (Tag.CONTACT, "+819012345678", "090-****-5678"),
        (Tag.CONTACT, "+81312345678", "03-****-5678"),
        (Tag.CONTACT, "+14155550123", "****0123"),
        (Tag.CONTACT, "hanako@example.jp", "h***@example.jp"),
        (Tag.CONTACT, "@example.jp", "***@example.jp"),
        (Tag.CONTACT, "M0001", "****"),
        (Tag.CONTACT, "4900000000000", "****0000"),
        (Tag.CONTACT, "070-2222-991 試験花子", "****"),
        (Tag.NAME, "試験 花子", "試* 花*"),
        (Tag.NAME, "試験花子", "試*"),
        (Tag.NAME, " ", "****"),
        (Tag.ADDRESS, "東京都千代田区1-1", "東京都****"),
        (Tag.ADDRESS, "神奈川県横浜市西区1-1", "神奈川県****"),
        (Tag.ADDRESS, "京都府京都市1-1", "京都府****"),
        (Tag.ADDRESS, "1 Test Street", "****"),
        (Tag.FREE_TEXT, "折り返し希望", "****"),
        (Tag.INTERNAL, "試験係", "****"),
    ],
)
def test_enough_is_left_to_recognise_and_too_little_to_learn(tag: Tag, text: str, shown: str) -> None:
    assert masked(tag, text) == shown
