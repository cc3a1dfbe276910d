"""Objections: each holds for the contact point that it names, or is refused aloud."""

from __future__ import annotations

from typing import Any

from tests.cases.replay import Replay

SEVERAL = "070-2222-7906、06-2222-0000"


async def an_objection_holds_or_is_refused_aloud(case: Replay) -> None:
    objections = [
        (step["body"]["data"]["contactPoint"]["value"], receipt)
        for (step, _), receipt in zip(case.of("event"), case.receipts, strict=True)
        if "consent" in step["body"]["type"]
    ]
    refused = [(value, receipt["error"]["code"]) for value, receipt in objections if receipt["error"]]
    assert refused == [(SEVERAL, "UNCERTAIN_CONTACT_POINT")]
    effects: list[list[dict[str, Any]]] = [customer["consents"] for customer in case.data("customer")]
    without = [value for (value, _), held in zip(objections, effects, strict=True) if not held]
    assert without == [SEVERAL]
    assert {consent["state"] for held in effects for consent in held} == {"REFUSED"}


EXPECTED = {"S01": an_objection_holds_or_is_refused_aloud}
