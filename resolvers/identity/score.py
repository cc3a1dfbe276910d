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
from resolvers.engine.enums import words
from resolvers.engine.planner import entry, planned, prop
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Entries, Made
from resolvers.values.sentences import IN_WORDS, in_words
from resolvers.values.words import listed

if TYPE_CHECKING:
    # To a type checker a word is text, as in `words.py`.
    Agreement: TypeAlias = str
    ComparedField: TypeAlias = str
    Confidence: TypeAlias = str
else:
    ComparedField = words(
        "ComparedField",
        "Field in which two source records are compared.",
        listed(
            FIELDS,
            {
                "GIVEN_NAME": "Given name in kanji, kana or Latin letters.",
                "HOUSEHOLD": "Surname, address and landline, compared as one because members of a household share them.",
                "BIRTH_DATE": "Date of birth; default values do not count.",
                "GENDER": "Gender, if both records have one.",
                "MOBILE": "Mobile numbers that both had at the same time.",
                "MAIL": "E-mail addresses.",
                "ACCOUNT": "Member numbers, cards, accounts and other identifiers that belong to one person.",
            },
        ),
    )
    Agreement = words(
        "Agreement",
        "How far two source records agree in one field.",
        {
            "SAME": "The values are equal.",
            "READS_ALIKE": "Written differently, or not written at all, but with the same reading.",
            "CLOSE": "The values differ by one typing error.",
            "HOME_AND_SURNAME": "Same address or landline, and the same surname.",
            "HOME": "Same address or landline; the surnames differ or one is missing.",
            "SURNAME": "Same surname; nothing shows a common address or landline.",
            "SAME_YEAR": "The dates of birth differ within one year.",
            "SAME_LOCAL_PART": "The e-mail addresses agree in the part before the @.",
            "DIFFERENT": "Both records have a value, and the values do not agree.",
            "UNKNOWN": "At least one record has no value, so there is nothing to compare.",
        },
    )
    Confidence = words(
        "Confidence",
        "The probability in four levels, or that something stands against it.",
        {
            "CONFLICTING": "Given names, surnames or dates of birth conflict, although the probability is at least 0.1.",
            "ALMOST_CERTAIN": "Probability of at least 0.999.",
            "LIKELY": "Probability of at least 0.9.",
            "OPEN": "Probability between 0.1 and 0.9.",
            "UNLIKELY": "Probability below 0.1.",
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


@planned("How far two source records agree in one field.", name="FieldScore")
class FieldScoreType:
    field: ComparedField = entry("field", Tag.IDENTITY, "Field that was compared.")
    agreement: Agreement = entry("agreement", Tag.IDENTITY, "Level of agreement.")
    bits: float = entry("bits", Tag.IDENTITY, "Weight of the agreement in bits: above 0 for the same person, below 0 against.")
    sentence: str = prop(
        "told",
        Tag.IDENTITY,
        "The agreement in words, for staff; contains no personal data.",
        form=in_words(sentence),
        arguments=IN_WORDS,
    )
    first: list[str] = prop("first", COMPARED, "Values of the first record.", form=values_of)
    second: list[str] = prop("second", COMPARED, "Values of the second record.", form=values_of)


@planned("How far two source records agree over all fields. A score alone never joins records.")
class MatchScore:
    bits: float = entry("bits", Tag.IDENTITY, "Sum of the weights of all fields in bits.")
    prior_bits: float = entry("priorBits", Tag.IDENTITY, "Prior odds in bits, below 0, before anything is compared.")
    probability: float = entry(
        "probability", Tag.IDENTITY, "Probability that both records are one person, 0 to 1, from `bits` and `priorBits`."
    )
    confidence: Confidence = entry(
        "confidence", Tag.IDENTITY, "The probability in four levels; a conflict of name or birth date comes first."
    )
    sentence: str = prop("told", Tag.IDENTITY, "The score in words, for staff.", form=in_words(sentence), arguments=IN_WORDS)
    weights_version: str = entry("weightsVersion", Tag.IDENTITY, "Version of the table of weights.")
    fields: list[FieldScoreType] = read(
        Entries("fields", list), Tag.IDENTITY, "Score of each field, also where a value is missing."
    )


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


SCORE = read(Made(PAIR, made), Tag.IDENTITY, "Score of the two records, in the order of `records`; computed when read.")
