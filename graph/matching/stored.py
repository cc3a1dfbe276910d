"""A learned model as a file: what was learned, from how many rows, and the fingerprint of these.

Nobody must be found in it: frequencies are kept of what many have, such as common names, and of nothing else.
"""

from __future__ import annotations

from typing import Any, cast

import orjson

from graph.errors import InvalidInput
from graph.matching.comparisons import comparisons
from graph.matching.fields import Declared
from graph.matching.model import Learned
from graph.matching.scoring import Scorer
from graph.matching.training import Settings

FORMAT = 1
MANY = 10
"""Rows that have a value whose frequency is kept; any other counts as if so many had it, which it is rarer than."""


def to_json(learned: Learned, version: str) -> bytes:
    """Return a model as JSON; `version` is the time at which it was learned."""
    told = {
        "format": FORMAT, "version": version, "fingerprint": learned.fingerprint, "rows": learned.rows,
        "settings": learned.settings, "frequencies": _common(learned),
    }  # fmt: skip
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)


def _common(learned: Learned) -> dict[str, dict[str, float]]:
    least = MANY / max(learned.rows, 1)
    return {
        column: {value: share for value, share in shares.items() if share >= least}
        for column, shares in learned.frequencies.items()
    }


def settings_of(stored: bytes, declared: Declared) -> Settings:
    """Return what Splink knows of a stored model of the same fields; raises InvalidInput."""
    scorer_of(stored, declared)
    return cast("Settings", orjson.loads(stored)["settings"])


def scorer_of(stored: bytes, declared: Declared) -> Scorer:
    """Return what scores pairs by a stored model of the same fields; raises InvalidInput."""
    compared = comparisons(declared)
    try:
        told = cast("dict[str, Any]", orjson.loads(stored))
        names = [each["output_column_name"] for each in told["settings"]["comparisons"]]
        if told["format"] != FORMAT or names != [each.name for each in compared]:
            raise InvalidInput("The model was learned by another version of the program: learn it anew.")
        return Scorer(told["settings"], compared, told["frequencies"], rare=MANY / max(told["rows"], 1))
    except (orjson.JSONDecodeError, KeyError, TypeError):
        raise InvalidInput("The file is no model.") from None
