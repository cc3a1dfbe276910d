"""How far two source records agree, field by field, and what that says in all. No rule joins anybody by it.

Its fields are read by the planner from a pair of records; an explanation, which has the records already, makes the object.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, LiteralString, TypeAlias

from graph.explanation.scoring import score_of_rows
from graph.identity.profile import FIELDS
from graph.identity.score import FieldScore, Score
from resolvers.access.tags import Cover, Derived, Tag
from resolvers.engine.planner import entry, planned, prop
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Entries, Made
from resolvers.values.sentences import IN_WORDS, in_words
from resolvers.values.words import listed, words

if TYPE_CHECKING:
    # To a type checker a word is text, as in `words.py`.
    Agreement: TypeAlias = str
    ComparedField: TypeAlias = str
    Confidence: TypeAlias = str
else:
    ComparedField = words(
        "ComparedField",
        "What two source records are compared in.",
        listed(
            FIELDS,
            {
                "GIVEN_NAME": "How they are called, in kanji, kana or Latin letters.",
                "HOUSEHOLD": "Surname, address and landline as one: who shares one of them mostly shares all.",
                "BIRTH_DATE": "Day they were born; days that programs fill in do not count.",
                "GENDER": "Woman or man, where both were told.",
                "MOBILE": "Portable telephones, at a time when both had them.",
                "MAIL": "Where letters reach them over the net.",
                "ACCOUNT": "Member numbers, cards and whatever else is one person's alone.",
            },
        ),
    )
    Agreement = words(
        "Agreement",
        "How far two source records agree in one respect.",
        {
            "SAME": "They agree in the value itself.",
            "READS_ALIKE": "Written otherwise or not at all, but pronounced in one way.",
            "CLOSE": "One slip of a finger apart.",
            "HOME_AND_SURNAME": "They live together, or share a landline, and have one family name.",
            "HOME": "They live together, or share a landline, under another family name or one that is not told.",
            "SURNAME": "They have one family name; that they live together is not known.",
            "SAME_YEAR": "Born in one year, on other days.",
            "SAME_LOCAL_PART": "What stands before the sign @ agrees.",
            "DIFFERENT": "Both were told, and do not agree.",
            "UNKNOWN": "There is nothing to compare, which speaks neither for one person nor against it.",
        },
    )
    Confidence = words(
        "Confidence",
        "What a probability means in words.",
        {
            "ALMOST_CERTAIN": "At least 999 in a thousand such pairs are one person.",
            "LIKELY": "At least nine in ten such pairs are one person.",
            "OPEN": "Between one and nine in ten such pairs are one person.",
            "UNLIKELY": "Fewer than one in ten such pairs are one person.",
        },
    )


def as_entry(score: Score) -> dict[str, Any]:
    """Return a score as the entry of a row, by the names of the fields below."""
    return {
        "bits": score.bits,
        "priorBits": score.prior_bits,
        "probability": score.probability,
        "confidence": score.confidence,
        "weightsVersion": score.weights_version,
        "told": score,
        "fields": [
            {
                "field": each.field,
                "agreement": each.agreement,
                "bits": each.bits,
                "told": each,
                "first": [each.field, list(each.first)],
                "second": [each.field, list(each.second)],
            }
            for each in score.fields
        ],
    }


def sentence(told: Score | FieldScore, language: str) -> str:
    return told.sentence(language)


TAGS: Mapping[str, tuple[Tag, ...]] = {
    "GIVEN_NAME": (Tag.NAME,),
    "HOUSEHOLD": (Tag.NAME, Tag.ADDRESS, Tag.CONTACT),
    "BIRTH_DATE": (Tag.BIRTH,),
    "GENDER": (Tag.PROFILE,),
    "MOBILE": (Tag.CONTACT,),
    "MAIL": (Tag.CONTACT,),
    "ACCOUNT": (Tag.CONTACT,),
}
"""What is told by the values that are compared in each field."""


def covered(compared: list[Any], cover: Cover) -> list[Any]:
    field, values = compared
    for tag in TAGS[field]:
        values = cover(tag, values)
    return [field, values]


def values_of(compared: list[Any]) -> list[str]:
    return compared[1]


COMPARED = Derived(frozenset(tag for tags in TAGS.values() for tag in tags), covered)


@planned("How far two source records agree in one respect, and what that is worth.", name="FieldScore")
class FieldScoreType:
    field: ComparedField = entry("field", Tag.IDENTITY, "Which of names, dates and numbers was compared.")
    agreement: Agreement = entry("agreement", Tag.IDENTITY, "How far they agree, as a fixed word.")
    bits: float = entry(
        "bits", Tag.IDENTITY, "What it adds to the evidence, a number of bits: above 0 for one person, below 0 against it."
    )
    sentence: str = prop(
        "told",
        Tag.IDENTITY,
        "How far they agree, readable for staff, without any personal value.",
        form=in_words(sentence),
        arguments=IN_WORDS,
    )
    first: list[str] = prop("first", COMPARED, "What the one record tells.", form=values_of)
    second: list[str] = prop("second", COMPARED, "What the other record tells.", form=values_of)


@planned("How far two source records agree in all. Nobody is joined by a score alone.")
class MatchScore:
    bits: float = entry("bits", Tag.IDENTITY, "Evidence for one person: the sum over all fields, a number of bits.")
    prior_bits: float = entry(
        "priorBits", Tag.IDENTITY, "How unlikely one person is before anything is compared, a number of bits below 0."
    )
    probability: float = entry(
        "probability", Tag.IDENTITY, "How likely they are one person by evidence and prior together, 0 to 1."
    )
    confidence: Confidence = entry("confidence", Tag.IDENTITY, "The probability as a fixed word.")
    sentence: str = prop(
        "told", Tag.IDENTITY, "What it says in all, readable for staff.", form=in_words(sentence), arguments=IN_WORDS
    )
    weights_version: str = entry("weightsVersion", Tag.IDENTITY, "Which table of weights was used.")
    fields: list[FieldScoreType] = read(
        Entries("fields", list), Tag.IDENTITY, "Each respect in which they were compared, also where nothing is known."
    )


def scored(score: Score) -> Any:
    """Return a score as a `MatchScore` for an answer that the ordinary executor walks: its members have the same names."""
    return score


# (:MatchCandidate)-[:BETWEEN]->(:SourceRecord) {identifiers: keys of (:Identifier)}
PAIR: LiteralString = """
COLLECT {{
  MATCH ({v})-[:BETWEEN]->({s}:SourceRecord)
  WITH {s} ORDER BY {s}.source, {s}.id
  RETURN [properties({s}), COLLECT {{
    UNWIND {s}.identifiers AS {key} MATCH ({i}:Identifier {{key: {key}}})
    RETURN [{key}, {i}.kind, {i}.value, {i}.mobile, {i}.sharing, {i}.state]
  }}]
}}
"""


def made(pair: list[Any]) -> dict[str, Any] | None:
    return as_entry(score_of_rows(pair)) if len(pair) == 2 else None


SCORE = read(
    Made(PAIR, made), Tag.IDENTITY, "How far the two records agree, in the order of `records`; computed when it is read."
)
