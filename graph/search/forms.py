"""What a customer is found by: texts that a search index cuts at their spaces, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from graph.search.folding import fold_name, fold_romaji, fold_text, sounding
from graph.search.parting import parted
from graph.search.runs import Run, pairs, runs

BORN, POSTED = "born", "post"
BORDER = "|"
"""Stands between two names: no phrase goes over it."""
_POSTAL_CODE = re.compile(r"(?<!\d)\d{3}-\d{4}(?!\d)")


def search_names(names: Iterable[str]) -> str:
    """Return the forms of all names and readings of a customer, each once."""
    forms = [name_forms(name) for name in names]
    return f" {BORDER} ".join(dict.fromkeys(filter(None, forms)))


def search_details(birth_date: str | None, address: str | None) -> str:
    """Return the forms of what somebody tells beside a name: a date of birth (ISO), postal code and parts of an address."""
    told = [date_form(birth_date)] if birth_date else []
    if address:
        folded = fold_text(address)
        told += map(postal_form, _POSTAL_CODE.findall(folded))
        for run in runs(folded):
            told += pairs(run.text) if run.gapless else [run.text]
    return " ".join(told)


def date_form(iso: str) -> str:
    return f"{BORN}{iso.replace('-', '')}"


def postal_form(code: str) -> str:
    return f"{POSTED}{code.replace('-', '')}"


@lru_cache(maxsize=20_000)
def name_forms(name: str) -> str:
    """Return the forms of one name: as written, each word, and how each word sounds."""
    folded = fold_name(name)
    found = runs(folded)
    together = "".join(run.text for run in found if run.gapless)
    words = [word for run in found for word in _words(run)]
    latin = [fold_romaji(run.text) for run in found if not run.gapless]
    # As one word: a name that is typed without its gaps or hyphens.
    hyphened = [bare for word in folded.split() if (bare := fold_romaji(word)).isalnum() and not runs(bare)[0].gapless]
    sounds = [sounding(word) for word in (*words, *latin)]
    forms = [together, *words, *latin, *hyphened, "".join(latin), *sounds, "".join(sounds) if all(sounds) else ""]
    phrase = pairs(together) if together else []
    return " ".join([*phrase, *dict.fromkeys(form for form in forms if (len(form) > 1 or form in latin) and form not in phrase)])


def _words(run: Run) -> list[str]:
    """Return a gapless run, and its family and given name where they can be told."""
    if not run.gapless:
        return []
    return [run.text, *(part.text for part in parted(run))]
