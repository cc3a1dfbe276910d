"""A model as JSON: numbers, n-grams and ids, nothing that runs when it is read, and no text that anybody has written."""

from __future__ import annotations

from typing import Any

import orjson

from graph.cases.sorting.model import CaseModel, Figures, Labeller, Remembered, Vocabulary
from graph.errors import InvalidInput

FORMAT = 1
"""Grows with each change of what words, n-grams and signatures are; a model of another format is trained anew."""


def to_json(model: CaseModel) -> bytes:
    places = model.vocabulary.places
    return orjson.dumps(
        {
            "format": FORMAT,
            "version": model.version,
            "cases": model.cases,
            "ngrams": sorted(places, key=places.__getitem__),
            "idf": list(model.vocabulary.idf),
            "fields": {name: _told(labeller) for name, labeller in model.fields.items()},
            "remembered": [[each.case, f"{each.signature:x}"] for each in model.remembered],
        }
    )


def from_json(text: bytes) -> CaseModel:
    """Return the model; raises InvalidInput for what is none, or of another format."""
    try:
        told: dict[str, Any] = orjson.loads(text)
        if told["format"] != FORMAT:
            raise InvalidInput("The model of cases is of another version of the program: train it anew.")
        ngrams = told["ngrams"]
        if len(told["idf"]) != len(ngrams):
            raise ValueError
        return CaseModel(
            told["version"],
            told["cases"],
            Vocabulary({ngram: place for place, ngram in enumerate(ngrams)}, told["idf"]),
            {name: _labeller(each, len(ngrams)) for name, each in told["fields"].items()},
            tuple(Remembered(case, int(signature, 16)) for case, signature in told["remembered"]),
        )
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError):
        raise InvalidInput("The file of the model of cases cannot be read: train it anew.") from None


def _told(labeller: Labeller) -> dict[str, Any]:
    figures = labeller.figures
    return {
        "labels": labeller.labels,
        "coefficients": [list(row) for row in labeller.coefficients],
        "intercepts": labeller.intercepts,
        "inverse_temperature": labeller.inverse_temperature,
        "tuned": list(labeller.tuned),
        "held_out": list(labeller.held_out),
        "figures": {"cases": figures.cases, "macro_f1": figures.macro_f1, "majority_f1": figures.majority_f1},
    }


def _labeller(told: dict[str, Any], ngrams: int) -> Labeller:
    labels, rows, intercepts = tuple(told["labels"]), told["coefficients"], tuple(told["intercepts"])
    if not len(labels) == len(rows) == len(intercepts) or any(len(row) != ngrams for row in rows):
        raise ValueError
    tuned, held_out = ([(probability, right) for probability, right in told[part]] for part in ("tuned", "held_out"))
    temperature = told["inverse_temperature"]
    return Labeller(labels, tuple(rows), intercepts, temperature, tuned, held_out, Figures(**told["figures"]))
