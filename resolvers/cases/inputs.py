"""What the mutations of cases take in common: cases as they were read."""

from __future__ import annotations

import strawberry

from graph.cases.expected import MOST_CASES, Expected
from resolvers.engine.input_value import InputValue

NOTE_LENGTH, LINE_LENGTH, WORD_LENGTH = 10_000, 500, 100


@strawberry.input(description="A case as it was read.")
class ExpectedCaseInput:
    id: strawberry.ID = strawberry.field(description="Global id of the case.")
    version: int | None = strawberry.field(
        default=None,
        description="Number that `Case.version` gave when it was read; if it has grown since, nothing is done. Null where what "
        "has happened since does not matter.",
    )


CASES = f"1 to {MOST_CASES} cases; where one is refused, nothing is done to any."
CASE = "The case."


def expected(case: InputValue) -> Expected:
    return Expected(case["id"].raw_id("Case"), case["version"].value, case.pointer)


def expected_cases(given: InputValue) -> list[Expected]:
    return [expected(each) for each in given["cases"].each()]


def word(given: InputValue) -> str | None:
    """Return a short text such as a code, None where it was left out or is empty."""
    return given.text("refusal.TEXT_LENGTH", most=WORD_LENGTH) or None


def whose_case(given: InputValue) -> list[tuple[str, InputValue]]:
    return [("Case", given["case"]["id"])]


def whose_cases(given: InputValue) -> list[tuple[str, InputValue]]:
    return [("Case", each["id"]) for each in given["cases"].each()]
