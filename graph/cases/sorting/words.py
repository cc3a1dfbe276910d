"""What a model sees of a text: its words, and of each word the n-grams of two to four characters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

SHORTEST, LONGEST = 2, 4
"""Characters of an n-gram."""
MOST_WORDS, LONGEST_WORD = 400, 40
_ADDRESS = re.compile(r"\S+@\S+|https?:\S+|www\.\S+")
_DIGIT = re.compile(r"\d")
# A run of kanji or katakana with the hiragana behind it, a run of hiragana, or letters and digits of any other script.
_WORD = re.compile(r"[々〆ァ-ヺー㐀-䶿一-鿿]+[ぁ-ゖ]*|[ぁ-ゖ]+|[^\W_ぁ-ヿ㐀-鿿]+")


def written(subject: str | None, text: str | None) -> str:
    """Return the text by which a case is sorted: its subject, and what was written first."""
    return f"{subject or ''}\n{text or ''}"


def words(text: str) -> list[str]:
    """Return the words of a text in their order, folded. Addresses are left out, and each digit is a 0.

    Japanese has no gaps between words: its words are cut where hiragana ends, as in 荷物が|届きません.
    """
    folded = _DIGIT.sub("0", _ADDRESS.sub(" ", unicodedata.normalize("NFKC", text).casefold()))
    return [found[0][:LONGEST_WORD] for found in islice(_WORD.finditer(folded), MOST_WORDS)]


def ngrams(word: str) -> Iterator[str]:
    """Return the n-grams of a word, its beginning and end marked by a blank; none reaches into the next word."""
    padded = f" {word} "
    for size in range(SHORTEST, LONGEST + 1):
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]


def counted(of: Iterable[str]) -> Counter[str]:
    """Return how often each n-gram stands in words."""
    return Counter(ngram for word in of for ngram in ngrams(word))
