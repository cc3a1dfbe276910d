"""Numbers written in kanji, by place (三十一) or digit by digit (二〇三)."""

from __future__ import annotations

DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
PLACES = {"十": 10, "百": 100, "千": 1000}
NUMERALS = "".join((*DIGITS, *PLACES))


def kanji_number(text: str) -> int:
    """Return the number that a text of these numerals stands for; raises KeyError for any other sign."""
    if not PLACES.keys() & set(text):
        return int("".join(str(DIGITS[sign]) for sign in text))
    whole, waiting = 0, 0
    for sign in text:
        if sign in PLACES:
            whole, waiting = whole + (waiting or 1) * PLACES[sign], 0
        else:
            waiting = 10 * waiting + DIGITS[sign]
    return whole + waiting
